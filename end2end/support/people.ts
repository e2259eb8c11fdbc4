import { type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { hydrated, type Watch } from './console.ts';
import { type Mailbox } from './mailbox.ts';
import { type Names } from './names.ts';
import { PlainBrowser } from './plain_browser.ts';

/** Somebody who may or may not have an account yet. */
export class Person {
  readonly username: string;
  readonly email: string;
  /** Hard to guess, and without anything that is known of the person. */
  readonly password: string = 'four quiet lanterns by the pond';

  constructor(
    readonly firstName: string,
    readonly lastName: string,
  ) {
    // Usernames have no accents.
    this.username = `${firstName}${lastName}`.toLowerCase().normalize('NFD').replaceAll(/\p{Mn}/gu, '');
    this.email = `${this.username}@example.org`;
  }

  get fullName(): string {
    return `${this.firstName} ${this.lastName}`;
  }

  /** The sign-up form, filled in. */
  get signUpForm(): Record<string, string> {
    return {
      'First name': this.firstName,
      'Last name': this.lastName,
      Username: this.username,
      Email: this.email,
      Password: this.password,
    };
  }
}

/** A person with an account, signed in without a screen. */
export interface Member {
  readonly person: Person;
  readonly plain: PlainBrowser;
}

/** A person with an account, signed in at a screen of their own. */
export interface Present extends Member {
  readonly page: Page;
}

/** Brings people into a test: each test has its own, and nobody else's. */
export class People {
  private readonly contexts: BrowserContext[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly origin: string,
    private readonly mailbox: Mailbox,
    private readonly names: Names,
    private readonly watch: Watch,
    private readonly scripted: boolean,
  ) {}

  /** Somebody who has not signed up. */
  stranger(firstName: string): Person {
    return new Person(firstName, this.names.lastName());
  }

  /** An account whose address is not verified, made by the plain form. */
  async unverified(firstName: string): Promise<Person> {
    const person = this.stranger(firstName);
    const form = await new PlainBrowser(this.origin).open('/signup');
    const after = await form.send('Create account', person.signUpForm);
    if (after.answer !== 303) throw new Error(`${person.fullName} could not sign up (${after.answer}): ${after.text}`);
    return person;
  }

  /** An account with a verified address, not signed in anywhere. */
  async verified(firstName: string): Promise<Person> {
    const person = await this.unverified(firstName);
    const mail = await this.mailbox.takeWithLink(person.email, '/verify/');
    const page = await new PlainBrowser(this.origin).open(mail.link('/verify/'));
    const after = await page.send('Verify my address');
    if (after.answer !== 303) throw new Error(`${person.fullName} was not verified (${after.answer}): ${after.text}`);
    return person;
  }

  /** A verified person, signed in by the plain forms; no screen. */
  async member(firstName: string): Promise<Member> {
    const person = await this.verified(firstName);
    return { person, plain: await this.signIn(person) };
  }

  /** A verified person, signed in, looking at the home page. */
  async arrive(firstName: string, path = '/', options?: BrowserContextOptions): Promise<Present> {
    const member = await this.member(firstName);
    return { ...member, page: await this.pageOf(member, path, options) };
  }

  /** Signs a person in by the plain form. */
  async signIn(person: Person): Promise<PlainBrowser> {
    const plain = new PlainBrowser(this.origin);
    const form = await plain.open('/login');
    const after = await form.send('Log in', { 'Username or email': person.username, Password: person.password });
    if (after.answer !== 303) throw new Error(`${person.fullName} could not log in (${after.answer}): ${after.text}`);
    return plain;
  }

  /** A screen for somebody who is signed in already: another device, another person. */
  async pageOf(member: Member, path = '/', options?: BrowserContextOptions): Promise<Page> {
    const page = await this.newPage(options);
    await page.context().addCookies(member.plain.cookies);
    await this.open(page, path);
    return page;
  }

  /** A fresh browser where nobody is signed in. */
  async newPage(options?: BrowserContextOptions): Promise<Page> {
    const context = await this.browser.newContext(options);
    this.contexts.push(context);
    return context.newPage();
  }

  /** Opens an address and waits until the page is alive, where it can be. */
  async open(page: Page, path: string): Promise<void> {
    await page.goto(path);
    if (this.scripted) await hydrated(page);
  }

  /** Everybody goes home. */
  async close(): Promise<void> {
    for (const context of this.contexts) {
      if (this.scripted) await this.watch.settle(context);
      await context.close();
    }
  }
}
