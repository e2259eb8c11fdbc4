import { type Locator, type Page } from '@playwright/test';
import { type Person } from '../support/people.ts';
import { openMenu } from './shell_page.ts';

/** Somebody's page, `/u/{username}`. */
export class ProfilePage {
  readonly follow: Locator;
  readonly unfollow: Locator;
  readonly message: Locator;
  readonly unblock: Locator;

  constructor(readonly page: Page) {
    const main = page.getByRole('main');
    this.follow = main.getByRole('button', { name: 'Follow', exact: true });
    this.unfollow = main.getByRole('button', { name: 'Unfollow', exact: true });
    this.message = main.getByRole('button', { name: 'Message' }).or(main.getByRole('link', { name: 'Message' }));
    this.unblock = main.getByRole('button', { name: 'Unblock', exact: true });
  }

  static path(person: Person): string {
    return `/u/${person.username}`;
  }

  /** Blocks through the menu, and says yes where it asks. */
  async block(): Promise<void> {
    await openMenu(this.page.getByRole('main'), 'Profile options');
    await this.page.getByRole('button', { name: 'Block', exact: true }).click();
  }

  stub(person: Person): Locator {
    return this.page.getByRole('main').getByText(`You blocked ${person.firstName}`).first();
  }
}
