import { expect, type Locator, type Page } from '@playwright/test';
import { type Person } from '../support/people.ts';

/** The chat with one person, `/chat/{username}`. */
export class ChatPage {
  readonly composer: Locator;
  readonly sendButton: Locator;
  /** Where an own message is changed. */
  readonly editor: Locator;
  readonly conversations: Locator;
  /** Everybody with whom there is no conversation. */
  readonly everyoneElse: Locator;
  readonly search: Locator;
  /** Whom the search has found. */
  readonly found: Locator;
  readonly messages: Locator;
  readonly log: Locator;
  readonly earlier: Locator;
  readonly latest: Locator;
  /** The line above what was new when the conversation was opened. */
  readonly unreadLine: Locator;

  constructor(readonly page: Page) {
    this.composer = page.getByRole('textbox', { name: 'Message', exact: true });
    this.editor = page.getByRole('textbox', { name: 'Edit message', exact: true });
    this.sendButton = page.getByRole('button', { name: 'Send', exact: true });
    this.conversations = page.getByRole('list', { name: 'Conversations' });
    this.everyoneElse = page.getByRole('list', { name: 'Everyone else' });
    this.search = page.getByRole('searchbox', { name: 'Search by name' });
    this.found = page.getByRole('list', { name: 'People', exact: true });
    this.messages = page.getByRole('main').getByRole('article');
    this.log = page.getByRole('log', { name: 'Messages' });
    this.earlier = page.getByRole('button', { name: 'Earlier messages' });
    this.unreadLine = this.log.getByRole('paragraph').filter({ hasText: 'New messages' });
    this.latest = page.getByRole('button', { name: 'New messages' });
  }

  static path(person: Person): string {
    return `/chat/${person.username}`;
  }

  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.sendButton.click();
  }

  /** A row of the list. */
  conversation(person: Person): Locator {
    return this.conversations.getByRole('link', { name: person.fullName });
  }

  /** Scrolls up until the earliest message that is here. */
  async scrollUp(): Promise<void> {
    await this.log.evaluate((log) => log.scrollTo({ top: -log.scrollHeight, behavior: 'instant' }));
  }

  /** How far below the upper edge of the window a message stands. */
  async placeOf(message: Locator): Promise<number> {
    return Math.round((await message.boundingBox())?.y ?? NaN);
  }

  /** Opens the menu of a message and presses an entry. */
  async choose(message: Locator, entry: 'Reply' | 'Edit' | 'Delete'): Promise<void> {
    await message.getByRole('button', { name: 'Message options' }).click();
    await message.getByRole('link', { name: entry, exact: true }).click();
  }

  /** Deletes an own message, and says yes when asked. */
  async remove(message: Locator): Promise<void> {
    await this.choose(message, 'Delete');
    await this.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  }

  /** Writes another text for an own message. */
  async edit(message: Locator, text: string): Promise<void> {
    await this.choose(message, 'Edit');
    await this.editor.fill(text);
    await this.editor.press('Enter');
  }

  message(author: Person, text: string): Locator {
    return this.page.getByRole('article', { name: author.fullName, exact: true }).filter({ hasText: text });
  }

  /** The whole conversation is this, each message once, in this order, each with its time. */
  async expectConversation(lines: readonly Line[]): Promise<void> {
    await expect(this.messages).toContainText(lines.map((line) => line.text));
    await expect(this.messages).toHaveCount(lines.length);
    await expect(this.messages.locator('time[datetime]')).toHaveCount(lines.length);
    for (const line of lines) await expect(this.message(line.from, line.text)).toHaveCount(1);
  }
}

/** Something that somebody said. */
export interface Line {
  readonly from: Person;
  readonly text: string;
}
