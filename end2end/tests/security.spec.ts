import { AccountPage } from '../pages/account_page.ts';
import { SecurityPage } from '../pages/security_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { authenticatorCode } from '../support/authenticator.ts';
import { expect, test } from '../support/test.ts';

const BOTH = { tag: ['@desktop', '@no-script'] };

test('R1.4 N2 logging in asks for a code once two-factor authentication is on', BOTH, async ({ people, watch }) => {
  watch.announceStatus(422);
  const ana = await people.arrive('Ana', '/settings/security');
  const security = new SecurityPage(ana.page);
  await security.send('Two-factor authentication', 'Set up two-factor authentication', { 'Current password': ana.person.password });
  await expect(ana.page.getByRole('img', { name: /code to scan/i })).toBeVisible();
  const key = await ana.page.locator('code').innerText();
  await ana.page.getByLabel('Code', { exact: true }).fill(authenticatorCode(key));
  await new AccountPage(ana.page).submit(ana.page.getByRole('button', { name: 'Turn on' }));
  await expect(security.recoveryCodes).toHaveCount(10);
  const recoveryCode = await security.recoveryCodes.first().innerText();

  const elsewhere = await people.newPage();
  const account = new AccountPage(elsewhere);
  await account.logIn(ana.person.username, ana.person.password);
  await expect(elsewhere).toHaveURL(/\/login\/code$/);
  await account.fill({ Code: '000000' });
  await account.submit(account.logInButton);
  await account.expectProblemAt('Code', /wrong code/i);
  await account.fill({ Code: authenticatorCode(key, 1) });
  await account.submit(account.logInButton);
  await new ShellPage(elsewhere).expectSignedIn();

  const lost = await people.newPage();
  const again = new AccountPage(lost);
  await again.logIn(ana.person.username, ana.person.password);
  await again.fill({ Code: recoveryCode });
  await again.submit(again.logInButton);
  await new ShellPage(lost).expectSignedIn();
  await lost.goto('/settings/security');
  await expect(lost.getByText('9 recovery codes left')).toBeVisible();
});

test('R1.4 N2 a device that is signed out elsewhere leaves at once', async ({ people }) => {
  const ana = await people.member('Ana');
  const phone = await people.pageOf({ ...ana, plain: await people.signIn(ana.person) });
  const page = await people.pageOf(ana, '/settings/security');
  const security = new SecurityPage(page);
  await expect(security.devices).toHaveCount(2);
  await expect(security.devices.first()).toContainText('This device');
  await security.devices.nth(1).getByRole('button', { name: /^Sign out/ }).click();
  await expect(phone.getByRole('link', { name: 'Log in' }).or(phone.getByRole('button', { name: 'Log in', exact: true })).first()).toBeVisible({
    timeout: 3_000,
  });
  await expect(security.devices).toHaveCount(1);
});

test('R1.4 a new password is chosen with the old one and signs out all other devices', BOTH, async ({ people, mailbox, watch }) => {
  watch.announceStatus(422);
  const ana = await people.arrive('Ana', '/settings/account');
  const other = await people.signIn(ana.person);
  const settings = new SecurityPage(ana.page);
  await settings.send('Password', 'Change password', { 'Current password': 'not this one 12', 'New password': 'quiet river lamp 27' });
  await expect(ana.page.getByText('Wrong password.')).toBeVisible();
  await settings.send('Password', 'Change password', { 'Current password': ana.person.password, 'New password': 'quiet river lamp 27' });
  await expect(ana.page.getByText('Your password is changed')).toBeVisible();
  expect((await other.open('/chat')).url.pathname).toBe('/login');
  const mail = await mailbox.take(ana.person.email, (letter) => letter.subject === 'Your password was changed');
  expect(mail.text).toContain('/forgot');
});

test('R1.3 another address is verified at the new one and announced at the old one', BOTH, async ({ people, mailbox }) => {
  const ana = await people.arrive('Ana', '/settings/account');
  const wanted = `new.${ana.person.email}`;
  const settings = new SecurityPage(ana.page);
  await settings.send('Email address', 'Change email', { 'New email': wanted, 'Current password': ana.person.password });
  await expect(ana.page.getByText('We sent a link to your new address.')).toBeVisible();
  const told = await mailbox.take(ana.person.email, (mail) => mail.subject === 'Your address is about to change');
  expect(told.text).toContain(wanted);
  const link = (await mailbox.takeWithLink(wanted, '/email/')).link('/email/');
  await ana.page.goto(link);
  await new AccountPage(ana.page).submit(ana.page.getByRole('button', { name: 'Confirm this address' }));
  await expect(ana.page.getByText(wanted)).toBeVisible();
  await mailbox.take(ana.person.email, (mail) => mail.subject === 'Your address has changed');
});

test('N2 a log-in from a new device is told by mail', async ({ people, mailbox }) => {
  const ana = await people.member('Ana');
  await people.signIn(ana.person);
  const mail = await mailbox.take(ana.person.email, (letter) => letter.subject === 'A log-in from a new device');
  expect(mail.link('/settings/security')).toContain('/settings/security');
});

test('the theme that one chose is there before any script', BOTH, async ({ people }) => {
  const ana = await people.arrive('Ana', '/settings/account');
  await ana.page.emulateMedia({ colorScheme: 'light' });
  await ana.page.getByLabel('Dark').check();
  await ana.page.getByLabel('2026-11-30').check();
  await new AccountPage(ana.page).submit(ana.page.getByRole('button', { name: 'Save changes' }));
  await expect(ana.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(ana.page.getByLabel('Dark')).toBeChecked();
  await ana.page.goto('/history');
  await expect(ana.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const paper = await ana.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(paper).not.toMatch(/^oklch\(0\.9/);
});
