import { expect, type Locator, type Page } from '@playwright/test';
import { type Person } from '../support/people.ts';
import { menuButton } from './shell_page.ts';

/** A post wherever it stands: in a list or on its own page. */
export class PostCard {
  readonly like: Locator;
  readonly time: Locator;
  readonly commentsLink: Locator;
  /** Opens what an author can do; nobody else has it. */
  readonly options: Locator;

  constructor(readonly root: Locator) {
    this.like = root.getByRole('button', { name: 'Like', exact: true });
    this.time = root.locator('time[datetime]').first();
    this.options = root.getByRole('button', { name: 'Post options' });
    this.commentsLink = root.getByRole('link', { name: /^\d+ comments?$/ });
  }

  /** The outermost article of this author with this text; comments stand inside or below it. */
  static by(page: Page, author: Person, text: string): PostCard {
    return new PostCard(page.getByRole('article', { name: author.fullName, exact: true }).filter({ hasText: text }).first());
  }

  /** Opens the menu and presses an entry. */
  async choose(entry: 'Edit' | 'Delete'): Promise<void> {
    // A post that is on its way becomes another one when it arrives, and moves the menu from under the pointer.
    await expect(this.root.page().getByText('Publishing…')).toHaveCount(0);
    await this.options.click();
    await this.root.getByRole(entry === 'Edit' ? 'link' : 'button', { name: entry, exact: true }).click();
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

  /** Where comments stood whose replies are still there. */
  get removed(): Locator {
    return this.page.getByRole('article', { name: 'Removed comment' });
  }

  get more(): Locator {
    return this.page.getByRole('link', { name: 'Show more comments' });
  }

  get earlier(): Locator {
    return this.page.getByRole('link', { name: 'Show earlier comments' });
  }

  get moreReplies(): Locator {
    return this.page.getByRole('link', { name: 'Show more replies' });
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.commentButton.click();
  }
}

/** Where an author changes a post, `/p/{id}/edit`. */
export class EditorPage {
  readonly text: Locator;
  readonly addImages: Locator;
  readonly save: Locator;

  constructor(page: Page) {
    this.text = page.getByRole('textbox', { name: 'Your post' });
    this.addImages = page.getByRole('button', { name: 'Add images' });
    this.save = page.getByRole('button', { name: 'Save changes' });
  }
}

/** A comment or a reply. */
export class CommentCard {
  readonly root: Locator;
  readonly time: Locator;
  readonly options: Locator;
  readonly answer: Locator;
  readonly editor: Locator;

  constructor(page: Page, author: Person, text: string) {
    // The innermost article with the text: a thread may stand inside the article that it belongs to.
    this.root = page.getByRole('article', { name: author.fullName, exact: true }).filter({ hasText: text }).last();
    this.time = this.root.locator('time[datetime]').first();
    this.options = menuButton(this.root, 'Comment options');
    this.answer = page.getByRole('textbox', { name: 'Write a reply' });
    this.editor = page.getByRole('textbox', { name: 'Edit your comment' });
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

  async choose(option: 'Edit' | 'Delete'): Promise<void> {
    await this.options.click();
    await this.root.getByRole('button', { name: option, exact: true }).click();
  }

  async edit(text: string): Promise<void> {
    await this.choose('Edit');
    await this.editor.fill(text);
    await this.save();
  }

  async save(): Promise<void> {
    await this.root.page().getByRole('button', { name: 'Save', exact: true }).click();
  }

  /** Deletes it, and answers the question that comes before. */
  async remove(): Promise<void> {
    await this.choose('Delete');
    await this.root.page().getByRole('dialog', { name: 'Delete this comment?' }).getByRole('button', { name: 'Delete' }).click();
  }
}
