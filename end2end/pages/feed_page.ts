import { type Locator, type Page } from '@playwright/test';
import { type Person } from '../support/people.ts';
import { PostCard } from './post_page.ts';

/** The home page of somebody who is signed in. */
export class FeedPage {
  readonly composer: Locator;
  readonly postButton: Locator;

  constructor(readonly page: Page) {
    this.composer = page.getByRole('textbox', { name: 'Share your thoughts' });
    this.postButton = page.getByRole('button', { name: 'Post', exact: true });
  }

  tab(name: 'Everyone' | 'Following'): Locator {
    return this.page.getByRole('tab', { name });
  }

  /** Says that something newer than the list is there. */
  pill(count: number): Locator {
    return this.page.getByRole('button', { name: count === 1 ? '1 new post' : `${count} new posts` });
  }

  async publish(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.postButton.click();
  }

  post(author: Person, text: string): PostCard {
    return PostCard.by(this.page, author, text);
  }
}
