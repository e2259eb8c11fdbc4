import { expect, type Locator, type Page } from '@playwright/test';
import { type Person } from '../support/people.ts';
import { PostCard } from './post_page.ts';

/** The home page of somebody who is signed in. */
export class FeedPage {
  readonly composer: Locator;
  readonly postButton: Locator;
  /** Takes files, as a file chooser gives them. */
  readonly addImages: Locator;
  /** Those of the post that is being written. */
  readonly pictures: Locator;
  /** Leads to the rest of the list. */
  readonly older: Locator;

  constructor(readonly page: Page) {
    this.composer = page.getByRole('textbox', { name: 'Share your thoughts' });
    this.postButton = page.getByRole('button', { name: 'Post', exact: true });
    this.addImages = page.getByRole('button', { name: 'Add images' });
    this.pictures = page.getByRole('list', { name: 'Pictures' }).getByRole('listitem');
    this.older = page.getByRole('link', { name: /older|more posts/i });
  }

  tab(name: 'Everyone' | 'Following'): Locator {
    return this.page.getByRole('tab', { name, exact: true });
  }

  /** Says that something newer than the list is there. */
  newPostsButton(count: number): Locator {
    return this.page.getByRole('button', { name: count === 1 ? '1 new post' : `${count} new posts` });
  }

  async publish(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.postButton.click();
  }

  /** Where the picture at this place is described. */
  descriptionOf(place: number): Locator {
    return this.pictures.nth(place - 1).getByRole('textbox', { name: 'Describe this picture' });
  }

  async describe(place: number, text: string): Promise<void> {
    await this.descriptionOf(place).fill(text);
  }

  post(author: Person, text: string): PostCard {
    return PostCard.by(this.page, author, text);
  }

  /** Asks for older posts, page by page, until this one stands on the screen. */
  async readDownTo(wanted: Locator): Promise<void> {
    await expect(async () => {
      if (await wanted.isVisible()) return;
      await this.older.click();
      await expect(wanted).toBeVisible({ timeout: 1_000 });
    }).toPass();
  }
}
