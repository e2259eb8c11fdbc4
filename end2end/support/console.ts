import { type BrowserContext, expect, type Page } from '@playwright/test';

/** The mark that the app sets on the html element once it is alive. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator('html'), `${page.url()} must become alive`).toHaveAttribute('data-hydrated', /.*/, {
    timeout: 30_000,
  });
}

/**
 * Listens to everything that could go wrong unseen: the console, page errors, requests that fail, the server's log.
 * What a test provokes on purpose, it announces; the rest fails it at its end.
 */
export class Watch {
  private readonly found: string[] = [];
  private readonly announced: RegExp[] = [];

  constructor(private readonly scripted: boolean) {
    // A browser without scripts fetches what they would need, and then wonders.
    if (!scripted) this.announce(/\/pkg\/\w+\/\w+\.wasm was preloaded using link preload but not used/);
  }

  /** Says that lines like this are part of the test. */
  announce(...patterns: RegExp[]): void {
    this.announced.push(...patterns);
  }

  /** Says that the server will answer with this status. */
  announceStatus(status: number): void {
    this.announce(new RegExp(`^response ${status} `), new RegExp(`the server responded with a status of ${status} `));
  }

  /** Says that the network will be cut. */
  announceOutage(): void {
    this.announce(/net::ERR_/, /Failed to fetch/, /WebSocket connection to .* failed/);
  }

  /** Says what the server will complain about. */
  announceServerLog(pattern: RegExp): void {
    this.announce(new RegExp(`^server log: .*(?:${pattern.source})`, pattern.flags));
  }

  listenTo(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.find(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (thrown) => {
      const { name, message, stack } = thrown.error();
      this.find(`page error: ${name} ${message} ${stack ?? ''} (${thrown.page()?.url() ?? 'closed'})`);
    });
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? 'unknown';
      // A page that is left drops what it was still waiting for.
      const dropped = reason === 'net::ERR_ABORTED';
      // A browser without scripts does not fetch them.
      const unwanted = !this.scripted && request.resourceType() === 'script';
      if (!dropped && !unwanted) this.find(`request ${reason} ${request.method()} ${request.url()}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) {
        this.find(`response ${response.status()} ${response.request().method()} ${response.url()}`);
      }
    });
  }

  find(line: string): void {
    this.found.push(line);
  }

  /** Everything that happened and was not announced. */
  get unannounced(): string[] {
    return this.found.filter((line) => !this.announced.some((pattern) => pattern.test(line)));
  }

  /** Before pages close: each one that is still open must have become alive. */
  async settle(context: BrowserContext): Promise<void> {
    for (const page of context.pages()) {
      if (page.url().startsWith('http')) await hydrated(page);
    }
  }
}
