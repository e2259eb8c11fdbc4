import { parse } from 'node-html-parser';
import { PlainPage } from './plain_page.ts';

/** Somebody with a very old browser: cookies, links, forms, and nothing that moves. Quick, so good for arranging. */
export class PlainBrowser {
  private readonly jar = new Map<string, string>();
  /** For which account the page was made that was opened last. */
  private account = '';

  constructor(readonly origin: string) {}

  /** What a browser context needs to go on as the same person. */
  get cookies(): { name: string; value: string; url: string; httpOnly: boolean; sameSite: 'Lax' }[] {
    return [...this.jar].map(([name, value]) => ({ name, value, url: this.origin, httpOnly: true, sameSite: 'Lax' }));
  }

  /** Opens a page and follows where it leads. */
  async open(address: string): Promise<PlainPage> {
    return this.follow(new URL(address, this.origin), { method: 'GET' });
  }

  /** Sends one request with the cookies and headers that a browser would add, and keeps the cookies that come back. */
  async request(url: URL, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('accept', 'text/html');
    headers.set('cookie', [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '));
    headers.set('sec-fetch-site', 'same-origin');
    headers.set('sec-fetch-mode', 'navigate');
    if (init.method === 'POST' && !headers.has('origin')) headers.set('origin', this.origin);
    // What is sent by hand says what a form of the page would.
    const fields = init.body instanceof URLSearchParams || init.body instanceof FormData ? init.body : undefined;
    if (init.method === 'POST' && fields?.has('account') !== true) headers.set('x-kith-account', this.account);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    return response;
  }

  /** The page that a request ends at; `answer` is the status of the first response. */
  async follow(url: URL, init: RequestInit): Promise<PlainPage> {
    let response = await this.request(url, init);
    const answer = response.status;
    for (let hops = 0; response.status >= 300 && response.status < 400; hops += 1) {
      const location = response.headers.get('location');
      if (location === null || hops > 5) throw new Error(`${url} redirects to nowhere`);
      await response.arrayBuffer();
      url = new URL(location, url);
      response = await this.request(url, { method: 'GET' });
    }
    // Leptos marks places with an empty comment, `<!>`, which browsers drop and this parser takes for text.
    const html = (await response.text()).replaceAll('<!>', '');
    const root = parse(html);
    this.account = root.querySelector('html')?.getAttribute('data-account') ?? this.account;
    return new PlainPage(this, url, answer, response.status, root);
  }

  private keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(';');
    const [name = '', ...value] = pair.trim().split('=');
    const gone = attributes.some((attribute) => /^\s*max-age=(0|-\d+)\s*$/i.test(attribute));
    if (gone || value.join('=') === '') this.jar.delete(name);
    else this.jar.set(name, value.join('='));
  }
}
