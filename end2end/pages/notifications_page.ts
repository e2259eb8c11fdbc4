import { expect, type Locator, type Page } from '@playwright/test';

/** What somebody is told of, `/notifications`. */
export class NotificationsPage {
  static readonly path = '/notifications';
  readonly rows: Locator;
  readonly readAll: Locator;
  readonly older: Locator;

  constructor(readonly page: Page) {
    const main = page.getByRole('main');
    this.rows = main.getByRole('listitem');
    this.readAll = main.getByRole('button', { name: 'Mark all read', exact: true });
    this.older = main.getByRole('link', { name: 'Older notifications', exact: true });
  }

  /** The one that says this. */
  row(sentence: string | RegExp): Locator {
    return this.rows.filter({ has: this.page.getByRole('paragraph').filter({ hasText: sentence }) });
  }

  view(sentence: string | RegExp): Locator {
    return this.row(sentence).getByRole('link', { name: 'View', exact: true });
  }

  delete(sentence: string | RegExp): Locator {
    return this.row(sentence).getByRole('button', { name: 'Delete', exact: true });
  }

  async deleteAll(): Promise<void> {
    await this.page.locator('summary').filter({ hasText: 'Delete all' }).click();
    await this.page.getByRole('button', { name: 'Delete all notifications', exact: true }).click();
  }

  /** The way here, from any page. */
  get bell(): Locator {
    return this.page.getByRole('navigation').getByRole('link', { name: /^Notifications\b/ });
  }

  /** The icon and the title say how many are unread. */
  async expectUnread(count: number): Promise<void> {
    await expect(this.bell).toHaveAccessibleName(count === 0 ? 'Notifications' : `Notifications, ${count} unread`);
    await expect(this.page).toHaveTitle(count === 0 ? /^(?!\()/ : new RegExp(`^\\(${count}\\) `));
  }
}
