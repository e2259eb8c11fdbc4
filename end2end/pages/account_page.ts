import { expect, type Locator, type Page } from '@playwright/test';
import { type Person } from '../support/people.ts';

/** Sign-up, log-in and the pages that links from mails open. */
export class AccountPage {
  readonly createAccount: Locator;
  readonly logInButton: Locator;
  readonly verify: Locator;
  readonly sendAgain: Locator;
  readonly sendResetLink: Locator;

  constructor(readonly page: Page) {
    this.createAccount = page.getByRole('button', { name: 'Create account' });
    this.logInButton = page.getByRole('main').getByRole('button', { name: 'Log in', exact: true });
    this.verify = page.getByRole('button', { name: 'Verify my address' });
    this.sendAgain = page.getByRole('button', { name: /send .*again|resend/i });
    this.sendResetLink = page.getByRole('main').getByRole('button', { name: /send/i });
  }

  /** A field by its label. */
  field(label: string): Locator {
    return this.page.getByRole('main').getByLabel(label, { exact: true });
  }

  async fill(values: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await this.field(label).fill(value);
  }

  async signUp(person: Person): Promise<void> {
    await this.page.goto('/signup');
    await this.fill(person.signUpForm);
    await this.createAccount.click();
  }

  async logIn(name: string, password: string): Promise<void> {
    await this.page.goto('/login');
    await this.fill({ 'Username or email': name, Password: password });
    await this.logInButton.click();
  }

  async forget(address: string): Promise<void> {
    await this.page.goto('/forgot');
    await this.fill({ Email: address });
    await this.sendResetLink.click();
  }

  async choosePassword(password: string): Promise<void> {
    await this.field('New password').fill(password);
    await this.page.getByRole('button', { name: 'Change password' }).click();
  }

  /** The field says that what stands in it will not do, and why, to eyes and to assistive technology. */
  async expectProblemAt(label: string, why: RegExp): Promise<void> {
    await expect(this.field(label)).toHaveAttribute('aria-invalid', 'true');
    await expect(this.field(label)).toHaveAccessibleDescription(why);
    const sentences = this.page.getByText(why).filter({ visible: true });
    await expect(sentences.first()).toBeVisible();
  }
}
