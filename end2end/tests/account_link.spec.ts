import { AccountPage } from '../pages/account_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { expectUseless, resetLink } from '../support/links.ts';
import { PlainBrowser } from '../support/plain_browser.ts';
import { expect, test } from '../support/test.ts';

test('R1.3 F1 only the link in the mail makes an account usable', async ({ kith, people, mailbox }) => {
  const ana = await people.unverified('Ana');
  await expect(people.signIn(ana)).rejects.toThrow(/422/);
  const link = (await mailbox.takeWithLink(ana.email, '/verify/')).link('/verify/');
  // A mail scanner opens links, and even looks at their headers first.
  await fetch(link, { method: 'HEAD' });
  await new PlainBrowser(kith.url).open(link);
  await expect(people.signIn(ana)).rejects.toThrow(/422/);
  await (await new PlainBrowser(kith.url).open(link)).send('Verify my address');
  await people.signIn(ana);
});

test('R1.3 R1.4 F1 F2 without a verified address nobody gets in, but gets the link again', async ({ page, people, mailbox, watch }) => {
  watch.announceStatus(422);
  const ana = await people.unverified('Ana');
  await mailbox.takeWithLink(ana.email, '/verify/');
  const account = new AccountPage(page);
  await account.logIn(ana.username, ana.password);
  await expect(page.getByRole('alert')).toContainText(/verif/i);
  await new ShellPage(page).expectSignedOut();

  await account.fill({ Email: ana.email });
  await account.submit(account.sendAgain);
  const again = await mailbox.takeWithLink(ana.email, '/verify/');
  await page.goto(again.link('/verify/'));
  await account.submit(account.verify);
  await expect(account.verify).toHaveCount(0);
  await account.logIn(ana.username, ana.password);
  await new ShellPage(page).expectSignedIn();
});

test('R1.3 a used, truncated, foreign or invented link for verification says so and offers a new one', async ({ kith, people, mailbox }) => {
  const ana = await people.unverified('Ana');
  const link = (await mailbox.takeWithLink(ana.email, '/verify/')).link('/verify/');
  const reset = await resetLink(kith.url, (await people.verified('Ben')).email, mailbox);
  const foreign = reset.replace('/reset/', '/verify/');
  const invented = ['x', 'A'.repeat(43), '%00', '..%2f..%2fadmin', 'x'.repeat(2_000)].map((token) => `${kith.url}/verify/${token}`);
  for (const useless of [link.slice(0, -4), `${link}aaaa`, foreign, ...invented]) {
    await expectUseless(kith.url, useless, 'Verify my address');
  }
  await (await new PlainBrowser(kith.url).open(link)).send('Verify my address');
  await expectUseless(kith.url, link, 'Verify my address');
});

test('R1.4 a used, truncated or foreign link for a new password changes nothing', async ({ kith, people, mailbox }) => {
  const ana = await people.verified('Ana');
  const link = await resetLink(kith.url, ana.email, mailbox);
  const bens = await people.unverified('Ben');
  const foreign = (await mailbox.takeWithLink(bens.email, '/verify/')).link('/verify/').replace('/verify/', '/reset/');
  const stolen = 'a password of somebody else';
  for (const useless of [link.slice(0, -4), foreign, `${kith.url}/reset/x`]) {
    await expectUseless(kith.url, useless, 'Change password', { 'New password': stolen });
  }
  await people.signIn(ana);

  const changed = `${ana.password} again`;
  const form = await new PlainBrowser(kith.url).open(link);
  expect((await form.send('Change password', { 'New password': changed })).answer).toBe(303);
  await expectUseless(kith.url, link, 'Change password', { 'New password': stolen });
  const login = await new PlainBrowser(kith.url).open('/login');
  for (const [password, answer] of [[stolen, 422], [ana.password, 422], [changed, 303]] as const) {
    const after = await login.send('Log in', { 'Username or email': ana.username, Password: password });
    expect(after.answer).toBe(answer);
  }
});

test('R1.4 a weak new password is said at the field, and the link still works', async ({ page, kith, people, mailbox, watch }) => {
  watch.announceStatus(422);
  const ana = await people.verified('Ana');
  const account = new AccountPage(page);
  await page.goto(await resetLink(kith.url, ana.email, mailbox));
  await account.choosePassword('tr0mbone');
  await account.expectProblemAt('New password', /10/);
  await account.choosePassword('password123');
  await account.expectProblemAt('New password', /guess/i);
  await account.choosePassword(`${ana.password} again`);
  await expect(account.field('New password')).toHaveCount(0);
  await account.logIn(ana.username, `${ana.password} again`);
  await new ShellPage(page).expectSignedIn();
});
