import { type AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { parse } from 'node-html-parser';
import { SMTPServer } from 'smtp-server';

/** How long a mail may take from the click that causes it. */
const PATIENCE_MS = 15_000;

/** One mail as its reader sees it. */
export class Mail {
  constructor(
    readonly to: string,
    readonly subject: string,
    readonly text: string,
    readonly html: string,
  ) {}

  /** Every address that the HTML part links to, in order, each once. */
  get links(): string[] {
    const anchors = parse(this.html).querySelectorAll('a[href]');
    return [...new Set(anchors.map((anchor) => anchor.getAttribute('href') ?? ''))];
  }

  /** The one link whose path starts like this; the plain-text twin must have it too. */
  link(path: string): string {
    const found = this.links.filter((link) => new URL(link).pathname.startsWith(path));
    const [link] = found;
    if (link === undefined || found.length > 1) {
      throw new Error(`"${this.subject}" has ${found.length} links to ${path}, not one: ${this.links.join(' ')}`);
    }
    if (!this.text.includes(link)) {
      throw new Error(`"${this.subject}" has ${link} in its HTML part only`);
    }
    return link;
  }
}

interface Waiting {
  readonly to: string;
  readonly wanted: (mail: Mail) => boolean;
  readonly hand: (mail: Mail) => void;
}

/** A real SMTP server on a loopback port, and the letters that arrived there. */
export class Mailbox {
  private readonly arrived: Mail[] = [];
  private readonly waiting = new Set<Waiting>();
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onData: (stream, session, done) => {
        const recipients = session.envelope.rcptTo.map((recipient) => recipient.address.toLowerCase());
        simpleParser(stream).then((letter) => {
          for (const to of recipients) {
            this.deliver(new Mail(to, letter.subject ?? '', letter.text ?? '', letter.html || ''));
          }
          done();
        }, done);
      },
    });
  }

  /** Opens a mail server on a port that nobody uses. */
  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    await new Promise<void>((resolve, reject) => {
      mailbox.server.once('error', reject);
      mailbox.server.listen(0, '127.0.0.1', resolve);
    });
    return mailbox;
  }

  get url(): string {
    const { port } = this.server.server.address() as AddressInfo;
    return `smtp://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  /** Takes the oldest mail to this address that has a link to `path` out of the box, waiting for it to arrive. */
  async takeWithLink(to: string, path: string): Promise<Mail> {
    return this.take(to, (mail) => mail.links.some((link) => new URL(link).pathname.startsWith(path)), `a link to ${path}`);
  }

  /** Takes the oldest mail to this address that meets the condition out of the box, waiting for it to arrive. */
  async take(to: string, wanted: (mail: Mail) => boolean = () => true, what = 'anything'): Promise<Mail> {
    const address = to.toLowerCase();
    const here = this.arrived.findIndex((mail) => mail.to === address && wanted(mail));
    const [mail] = here < 0 ? [] : this.arrived.splice(here, 1);
    return mail ?? this.nextWith(address, wanted, what);
  }

  /** How many mails to this address nobody has taken. */
  left(to: string): number {
    return this.arrived.filter((mail) => mail.to === to.toLowerCase()).length;
  }

  private deliver(mail: Mail): void {
    for (const waiting of this.waiting) {
      if (waiting.to === mail.to && waiting.wanted(mail)) {
        this.waiting.delete(waiting);
        waiting.hand(mail);
        return;
      }
    }
    this.arrived.push(mail);
  }

  private nextWith(to: string, wanted: (mail: Mail) => boolean, what: string): Promise<Mail> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.waiting.delete(waiting);
        const others = this.arrived.filter((mail) => mail.to === to).map((mail) => `"${mail.subject}"`);
        reject(new Error(`No mail with ${what} came to ${to}; there are ${others.join(', ') || 'none'}`));
      }, PATIENCE_MS);
      const waiting: Waiting = {
        to,
        wanted,
        hand: (mail) => {
          clearTimeout(late);
          resolve(mail);
        },
      };
      this.waiting.add(waiting);
    });
  }
}
