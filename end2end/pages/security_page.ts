import { type Locator, type Page } from '@playwright/test';

/** The settings of account and security. */
export class SecurityPage {
  readonly recoveryCodes: Locator;
  readonly devices: Locator;
  readonly passkeys: Locator;
  readonly signOutOthers: Locator;

  constructor(readonly page: Page) {
    this.recoveryCodes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    this.devices = this.setting('Signed-in devices').getByRole('listitem');
    this.passkeys = this.setting('Passkeys').getByRole('listitem');
    this.signOutOthers = page.getByRole('button', { name: 'Sign out everywhere else' });
  }

  /** The block of the settings with this heading. */
  setting(title: string): Locator {
    return this.page.getByRole('main').locator('section').filter({ has: this.page.getByRole('heading', { name: title }) });
  }

  /** Fills the form of a setting and sends it. */
  async send(title: string, button: string, fields: Record<string, string>): Promise<void> {
    const setting = this.setting(title);
    for (const [label, value] of Object.entries(fields)) await setting.getByLabel(label, { exact: true }).fill(value);
    const answered = this.page.waitForEvent('domcontentloaded');
    await setting.getByRole('button', { name: button, exact: true }).click();
    await answered;
  }
}
