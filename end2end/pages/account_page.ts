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

  /** Presses a button that posts its form, and waits for the page that answers. */
  async submit(button: Locator): Promise<void> {
    const answered = this.page.waitForEvent('domcontentloaded');
    await button.click();
    await answered;
  }

  async signUp(person: Person): Promise<void> {
    await this.page.goto('/signup');
    await this.fill(person.signUpForm);
    await this.submit(this.createAccount);
  }

  async logIn(name: string, password: string): Promise<void> {
    await this.page.goto('/login');
    await this.fill({ 'Username or email': name, Password: password });
    await this.submit(this.logInButton);
  }

  async requestReset(address: string): Promise<void> {
    await this.page.goto('/forgot');
    await this.fill({ Email: address });
    await this.submit(this.sendResetLink);
  }

  async choosePassword(password: string): Promise<void> {
    await this.field('New password').fill(password);
    await this.submit(this.page.getByRole('button', { name: 'Change password' }));
  }

  /** The field says that what stands in it will not do, and why, to eyes and to assistive technology. */
  async expectProblemAt(label: string, why: RegExp): Promise<void> {
    await expect(this.field(label)).toHaveAttribute('aria-invalid', 'true');
    await expect(this.field(label)).toHaveAccessibleDescription(why);
    const sentences = this.page.getByText(why).filter({ visible: true });
    await expect(sentences.first()).toBeVisible();
  }
}
