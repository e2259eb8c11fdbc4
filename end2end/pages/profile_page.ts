import { type Locator, type Page } from '@playwright/test';
import { type Person } from '../support/people.ts';
import { openMenu } from './shell_page.ts';

/** Presses "Block" in the menu that is open, and says yes where it asks: in a dialog, or on a page without a script. */
export async function confirmBlock(page: Page): Promise<void> {
  await page.locator('.menu:popover-open').getByRole('button', { name: 'Block', exact: true }).click();
  const question = page.getByRole('dialog').or(page.locator('main form[action="/block"]'));
  await question.getByRole('button', { name: 'Block', exact: true }).click();
}

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
    await confirmBlock(this.page);
  }

  get followsYou(): Locator {
    return this.page.getByRole('main').getByText('Follows you', { exact: true });
  }

  stub(person: Person): Locator {
    return this.page.getByRole('main').getByText(`You blocked ${person.firstName}`).first();
  }
}
