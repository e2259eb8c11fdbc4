import { type HTMLElement, NodeType } from 'node-html-parser';
import { type PlainBrowser } from './plain_browser.ts';

/** A page as its HTML says it, with controls found by the names that people read. */
export class PlainPage {
  constructor(
    private readonly browser: PlainBrowser,
    readonly url: URL,
    /** The status of the request itself, before any redirect. */
    readonly answer: number,
    /** The status of the page that it ended at. */
    readonly status: number,
    readonly root: HTMLElement,
  ) {}

  get text(): string {
    return textOf(this.root.querySelector('body') ?? this.root);
  }

  /** The article of this author that has this text. */
  article(author: string, text: string): HTMLElement {
    // Where a link begins or ends, a space may have come between.
    const bare = (words: string) => words.replaceAll(/\s+/g, '');
    const found = this.root
      .querySelectorAll('article')
      .filter((article) => nameOf(this.root, article) === author && bare(textOf(article)).includes(bare(text)));
    return found.at(-1) ?? this.missing(`an article by ${author} with "${text}"`);
  }

  /** What stands in a field. */
  value(label: string): string {
    const control = this.control(this.root, label);
    return control.rawTagName.toLowerCase() === 'textarea' ? textareaValue(control) : (control.getAttribute('value') ?? '');
  }

  /** What the page says about a field: the texts that its `aria-describedby` names. */
  descriptionOf(label: string): string {
    const ids = (this.control(this.root, label).getAttribute('aria-describedby') ?? '').split(/\s+/);
    return ids.map((id) => textOf(this.root.getElementById(id))).join(' ').trim();
  }

  /** Whether a field says that what stands in it will not do. */
  isInvalid(label: string): boolean {
    return this.control(this.root, label).getAttribute('aria-invalid') === 'true';
  }

  hasButton(name: string): boolean {
    return this.buttons(this.root, name).length > 0;
  }

  /** Fills the form that this button belongs to, and sends it. */
  async send(button: string | RegExp, fields: Record<string, string> = {}, inside: HTMLElement = this.root): Promise<PlainPage> {
    const { url, body } = this.filled(button, fields, inside);
    return this.browser.follow(url, { method: 'POST', body });
  }

  /** The same without going where it leads, for arranging much. Answers the status. */
  async sendOnly(button: string, fields: Record<string, string>): Promise<number> {
    const { url, body } = this.filled(button, fields, this.root);
    const response = await this.browser.request(url, { method: 'POST', body });
    await response.arrayBuffer();
    return response.status;
  }

  private filled(button: string | RegExp, fields: Record<string, string>, inside: HTMLElement): { url: URL; body: URLSearchParams | FormData } {
    const pressed = this.button(inside, button);
    const form = pressed.closest('form') ?? this.missing(`a form around "${button}"`);
    const data = new URLSearchParams(valuesOf(form));
    for (const [label, value] of Object.entries(fields)) {
      data.set(this.control(form, label).getAttribute('name') ?? this.missing(`a name for "${label}"`), value);
    }
    const name = pressed.getAttribute('name');
    if (name !== undefined) data.set(name, pressed.getAttribute('value') ?? '');
    const action = pressed.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
    const url = new URL(action || this.url, this.url);
    if (form.getAttribute('enctype') !== 'multipart/form-data') return { url, body: data };
    const parts = new FormData();
    for (const [key, value] of data) parts.append(key, value);
    return { url, body: parts };
  }

  private button(inside: HTMLElement, name: string | RegExp): HTMLElement {
    return this.buttons(inside, name)[0] ?? this.missing(`a button "${name}"`);
  }

  private buttons(inside: HTMLElement, name: string | RegExp): HTMLElement[] {
    const matches = (found: string) => (typeof name === 'string' ? found === name : name.test(found));
    const buttons = inside.querySelectorAll('button, input[type=submit]');
    return buttons.filter((button) => matches(nameOf(this.root, button)));
  }

  private control(inside: HTMLElement, label: string): HTMLElement {
    const controls = inside.querySelectorAll('input, textarea, select');
    return controls.find((control) => nameOf(this.root, control) === label) ?? this.missing(`a field "${label}"`);
  }

  private missing(what: string): never {
    throw new Error(`${this.url.pathname} (${this.status}) has not ${what}: ${this.text.slice(0, 600)}`);
  }
}

/** The visible words of an element, without what is hidden from assistive technology. */
function textOf(element: HTMLElement | null): string {
  if (!element) return '';
  const words = element.childNodes.map((node) => {
    if (node.nodeType === NodeType.TEXT_NODE) return node.text;
    if (node.nodeType !== NodeType.ELEMENT_NODE) return '';
    const child = node as HTMLElement;
    const silent = child.getAttribute('aria-hidden') === 'true' || /^(script|style|template)$/i.test(child.rawTagName);
    return silent ? '' : textOf(child);
  });
  return words.join(' ').replaceAll(/\s+/g, ' ').trim();
}

function nameOf(root: HTMLElement, element: HTMLElement): string {
  const by = element.getAttribute('aria-labelledby');
  if (by !== undefined) {
    return by.split(/\s+/).map((id) => textOf(root.getElementById(id))).join(' ').trim();
  }
  const own = element.getAttribute('aria-label');
  if (own !== undefined) return own;
  if (/^(button|a)$/i.test(element.rawTagName)) return textOf(element);
  const label = element.id === '' ? null : root.querySelector(`label[for="${element.id}"]`);
  return textOf(label ?? element.closest('label')) || (element.getAttribute('value') ?? '');
}

/** What a form sends when nobody has touched it. */
function valuesOf(form: HTMLElement): [string, string][] {
  const values: [string, string][] = [];
  for (const control of form.querySelectorAll('input, textarea, select')) {
    const name = control.getAttribute('name');
    const type = control.getAttribute('type') ?? 'text';
    const off = /^(checkbox|radio)$/.test(type) && !control.hasAttribute('checked');
    if (name === undefined || off || /^(submit|button|file)$/.test(type)) continue;
    const chosen = control.querySelector('option[selected]')?.getAttribute('value');
    const written = control.rawTagName.toLowerCase() === 'textarea' ? textareaValue(control) : control.getAttribute('value');
    values.push([name, chosen ?? written ?? '']);
  }
  return values;
}

/** A browser drops the line break that follows the opening tag. */
function textareaValue(textarea: HTMLElement): string {
  return textarea.text.replace(/^\r?\n/, '');
}
