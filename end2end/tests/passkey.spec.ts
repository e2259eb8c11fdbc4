import { type Page } from '@playwright/test';
import { AccountPage } from '../pages/account_page.ts';
import { SecurityPage } from '../pages/security_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { expect, test } from '../support/test.ts';

/** A device of the page that keeps passkeys, and whose owner shows at once that it is them. */
async function plugInAuthenticator(page: Page, isUserVerified = true): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  });
}

async function addPasskey(page: Page, password: string): Promise<void> {
  await new SecurityPage(page).send('Passkeys', 'Add a passkey', { 'Current password': password });
  await new AccountPage(page).submit(page.getByRole('button', { name: 'Create passkey' }));
  await expect(page.getByText('Your passkey is ready')).toBeVisible();
}

test('R1.4 a passkey logs in without a password, leads on, and is removed', async ({ people, mailbox, watch }) => {
  watch.announceStatus(422);
  const ana = await people.arrive('Ana', '/settings/security');
  const [page, account] = [ana.page, new AccountPage(ana.page)];
  await plugInAuthenticator(page);
  await addPasskey(page, ana.person.password);
  const security = new SecurityPage(page);
  await expect(security.passkeys).toHaveCount(1);
  await mailbox.take(ana.person.email, (letter) => letter.subject === 'A passkey was added');

  await new ShellPage(page).logOut();
  await people.open(page, '/people');
  await expect(page).toHaveURL(/\/login\?next=/);
  await account.submit(page.getByRole('button', { name: 'Log in with a passkey' }));
  await expect(page).toHaveURL(/\/people$/);
  await people.open(page, '/history?log-ins');
  await expect(page.getByRole('main').getByText(/passkey/i).first()).toBeVisible();

  await people.open(page, '/settings/security');
  await security.passkeys.first().getByText('Remove', { exact: true }).click();
  await security.passkeys.first().getByLabel('Current password', { exact: true }).fill('not this one 12');
  await account.submit(page.getByRole('button', { name: 'Remove passkey' }));
  await expect(page.getByText('Wrong password.')).toBeVisible();
  await security.passkeys.first().getByLabel('Current password', { exact: true }).fill(ana.person.password);
  await account.submit(page.getByRole('button', { name: 'Remove passkey' }));
  await expect(security.passkeys).toHaveCount(0);

  // The device still has it.
  await new ShellPage(page).logOut();
  await people.open(page, '/login');
  await account.submit(page.getByRole('button', { name: 'Log in with a passkey' }));
  await expect(page.getByRole('alert')).toContainText("This passkey doesn't work here");
});

test('R1.4 a device without a passkey, or whose owner says no, leaves the other ways open', async ({ people }) => {
  const page = await people.newPage();
  await plugInAuthenticator(page, false);
  await people.open(page, '/login');
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await expect(page.getByRole('alert')).toContainText('Try again');
  await expect(page.getByRole('button', { name: 'Log in with a passkey' })).toBeEnabled();
  await expect(new AccountPage(page).logInButton).toBeVisible();
});

test('R1.4 without a script nobody is offered what cannot work', { tag: ['@no-script'] }, async ({ people }) => {
  const page = await people.newPage();
  await people.open(page, '/login');
  await expect(new AccountPage(page).logInButton).toBeVisible();
  await expect(page.getByRole('button', { name: 'Log in with a passkey' })).toHaveCount(0);
});
