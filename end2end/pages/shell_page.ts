import { expect, type Locator, type Page } from '@playwright/test';

/** What stands around every page: navigation, menus, messages. */
export class ShellPage {
  readonly status: Locator;
  readonly heading: Locator;

  constructor(readonly page: Page) {
    this.status = page.getByRole('status');
    this.heading = page.getByRole('heading', { level: 1 });
  }

  /** A place in the navigation; its name may end in a count. */
  place(name: string): Locator {
    return this.page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}\\b`) });
  }

  async logOut(): Promise<void> {
    await openMenu(this.page, 'Account menu');
    await this.page.getByRole('button', { name: 'Log out' }).click();
  }

  async expectSignedIn(): Promise<void> {
    await expect(menuButton(this.page, 'Account menu')).toBeVisible();
  }

  async expectSignedOut(): Promise<void> {
    await expect(this.page.getByRole('link', { name: 'Log in' }).or(this.logInForm).first()).toBeVisible();
    await expect(menuButton(this.page, 'Account menu')).toHaveCount(0);
  }

  /** The connection indicator speaks while the socket is down. */
  get reconnecting(): Locator {
    return this.status.filter({ hasText: 'Reconnecting' });
  }

  /** A sentence about what did not work, wherever the page says it. */
  get failure(): Locator {
    return this.page.getByRole('alert').or(this.status).filter({ hasText: /can't|isn't|again|not |no longer/i }).first();
  }

  private get logInForm(): Locator {
    return this.page.getByRole('button', { name: 'Log in', exact: true });
  }
}

/** A button that opens a menu: a popover's button, or the summary of a `<details>`. */
export function menuButton(scope: Page | Locator, name: string): Locator {
  const named = scope.getByLabel(name, { exact: true }).or(scope.getByText(name, { exact: true }));
  return scope.getByRole('button', { name, exact: true }).or(scope.locator('summary').and(named));
}

export async function openMenu(scope: Page | Locator, name: string): Promise<void> {
  await menuButton(scope, name).click();
}
