import { type Locator, type Page } from '@playwright/test';
import { type Person } from '../support/people.ts';
import { menuButton } from './shell_page.ts';

/** A post wherever it stands: in a list or on its own page. */
export class PostCard {
  readonly like: Locator;
  readonly time: Locator;
  readonly commentsLink: Locator;

  constructor(readonly root: Locator) {
    this.like = root.getByRole('button', { name: 'Like', exact: true });
    this.time = root.locator('time[datetime]').first();
    this.commentsLink = root.getByRole('link', { name: /^\d+ comments?$/ });
  }

  /** The outermost article of this author with this text; comments stand inside or below it. */
  static by(page: Page, author: Person, text: string): PostCard {
    return new PostCard(page.getByRole('article', { name: author.fullName, exact: true }).filter({ hasText: text }).first());
  }

  likes(count: number): Locator {
    return this.root.getByRole('link', { name: count === 1 ? '1 like' : `${count} likes`, exact: true });
  }

  comments(count: number): Locator {
    return this.root.getByRole('link', { name: count === 1 ? '1 comment' : `${count} comments`, exact: true });
  }
}

/** A post's own page, `/p/{id}`, with its comments. */
export class PostPage {
  readonly composer: Locator;
  readonly commentButton: Locator;

  constructor(readonly page: Page) {
    this.composer = page.getByRole('textbox', { name: 'Write a comment' });
    this.commentButton = page.getByRole('button', { name: 'Comment', exact: true });
  }

  post(author: Person, text: string): PostCard {
    return PostCard.by(this.page, author, text);
  }

  comment(author: Person, text: string): CommentCard {
    return new CommentCard(this.page, author, text);
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.commentButton.click();
  }
}

/** A comment or a reply. */
export class CommentCard {
  readonly root: Locator;
  readonly time: Locator;
  readonly answer: Locator;

  constructor(page: Page, author: Person, text: string) {
    // The innermost article with the text: a thread may stand inside the article that it belongs to.
    this.root = page.getByRole('article', { name: author.fullName, exact: true }).filter({ hasText: text }).last();
    this.time = this.root.locator('time[datetime]').first();
    this.answer = page.getByRole('textbox', { name: 'Write a reply' });
  }

  async openReply(): Promise<void> {
    await menuButton(this.root, 'Reply').first().click();
  }

  async reply(text: string): Promise<void> {
    await this.openReply();
    await this.answer.fill(text);
    const form = this.root.page().locator('form').filter({ has: this.answer });
    await form.getByRole('button', { name: /reply/i }).click();
  }
}
