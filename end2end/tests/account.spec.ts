import { AccountPage } from '../pages/account_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { BAD_ADDRESSES, BAD_NAMES, BAD_PASSWORDS, BAD_USERNAMES } from '../support/bad_input.ts';
import { hydrated } from '../support/console.ts';
import { PlainBrowser } from '../support/plain_browser.ts';
import { expect, test } from '../support/test.ts';

const BY_FIELD = [
  ['First name', BAD_NAMES],
  ['Last name', BAD_NAMES],
  ['Username', BAD_USERNAMES],
  ['Email', BAD_ADDRESSES],
  ['Password', BAD_PASSWORDS],
] as const;

for (const [label, table] of BY_FIELD) {
  test(`R1.2 sign-up says at the field "${label}" what will not do, and loses nothing`, async ({ page, people, watch }) => {
    watch.announceStatus(422);
    const ana = people.stranger('Ana');
    const account = new AccountPage(page);
    await page.goto('/signup');
    await hydrated(page);
    await account.fill(ana.signUpForm);
    for (const { typed, why } of table) {
      await account.fill({ [label]: typed, ...(label === 'Password' ? {} : { Password: ana.password }) });
      await account.submit(account.createAccount);
      await account.expectProblemAt(label, why);
    }
    for (const [other, value] of Object.entries(ana.signUpForm)) {
      if (other !== label && other !== 'Password') await expect(account.field(other)).toHaveValue(value);
    }
  });

  test(`R1.2 a sign-up with a bad "${label}" answers 422 with everything typed, never the password`, async ({ kith, people }) => {
    const ana = people.stranger('Ana');
    for (const { typed, why } of table) {
      const form = await new PlainBrowser(kith.url).open('/signup');
      const again = await form.send('Create account', { ...ana.signUpForm, [label]: typed });
      expect(again.answer, `${label}: ${typed.slice(0, 60)}`).toBe(422);
      expect(again.isInvalid(label)).toBe(true);
      expect(again.descriptionOf(label)).toMatch(why);
      expect(again.value('Password')).toBe('');
      const kept = { ...ana.signUpForm, [label]: typed, Password: '' };
      for (const [other, value] of Object.entries(kept)) expect(again.value(other), other).toBe(value);
    }
  });
}

test('R1.2 everything that is wrong with a form is said at once', async ({ page, watch }) => {
  watch.announceStatus(422);
  const account = new AccountPage(page);
  await page.goto('/signup');
  await hydrated(page);
  await account.submit(account.createAccount);
  for (const label of ['First name', 'Last name', 'Username', 'Email', 'Password']) {
    await account.expectProblemAt(label, /\w/);
  }
  await expect(account.field('First name')).toBeFocused();
});

test('R1.2 a refused sign-up keeps what was typed', { tag: '@no-script' }, async ({ page, people, watch }) => {
  watch.announceStatus(422);
  const ana = people.stranger('Ana');
  const account = new AccountPage(page);
  await page.goto('/signup');
  await account.fill({ ...ana.signUpForm, Username: 'ana brandt' });
  await account.submit(account.createAccount);
  await account.expectProblemAt('Username', /letter/i);
  await expect(account.field('Email')).toHaveValue(ana.email);
  await expect(account.field('Password')).toHaveValue('');
});

test('R1.2 F3 a taken username, and one that looks the same, is said at the field', async ({ page, people, watch }) => {
  watch.announceStatus(422);
  const { username } = await people.unverified('Solo');
  const ana = people.stranger('Ana');
  const account = new AccountPage(page);
  await page.goto('/signup');
  await hydrated(page);
  const alike = [username, username.toUpperCase(), `@${username}`, `so_${username.slice(2)}`, `s0${username.slice(2)}`, `so1${username.slice(3)}`];
  for (const typed of alike) {
    await account.fill({ ...ana.signUpForm, Username: typed });
    await account.submit(account.createAccount);
    await account.expectProblemAt('Username', /taken|already/i);
    await expect(account.field('Username')).toHaveValue(typed);
  }
});

test('R1.4 log-in takes the username in any case, and the address', async ({ page, people }) => {
  const ana = await people.verified('Ana');
  const account = new AccountPage(page);
  const shell = new ShellPage(page);
  for (const name of [ana.username, ana.username.toUpperCase(), ana.email, ` ${ana.email} `]) {
    await account.logIn(name, ana.password);
    await shell.expectSignedIn();
    await hydrated(page);
    await shell.logOut();
    await shell.expectSignedOut();
  }
});

test('R1.4 N2 log-in does not tell a wrong password from an unknown name', async ({ kith, people }) => {
  const ana = await people.verified('Ana');
  const nobody = people.stranger('Nobody');
  const attempts = [
    [ana.username, 'not her password'],
    [ana.email, 'not her password'],
    [nobody.username, ana.password],
    [nobody.email, ana.password],
    ['', ''],
    ['no such @ name', ana.password],
    [ana.username, 'x'.repeat(10_000)],
    [ana.username, ` ${ana.password} `],
  ] as const;
  const sentences = new Set<string>();
  for (const [name, password] of attempts) {
    const form = await new PlainBrowser(kith.url).open('/login');
    const again = await form.send('Log in', { 'Username or email': name, Password: password });
    expect(again.answer, name).toBe(422);
    expect(again.value('Username or email')).toBe(name);
    expect(again.value('Password')).toBe('');
    if (name !== '') sentences.add(again.text);
  }
  expect([...sentences]).toHaveLength(1);
});

test('R1.4 a refused log-in is said on the page, and the name stays', async ({ page, people, watch }) => {
  watch.announceStatus(422);
  const ana = await people.verified('Ana');
  const account = new AccountPage(page);
  await page.goto('/login');
  await hydrated(page);
  await account.fill({ 'Username or email': ana.username, Password: 'not her password' });
  await account.submit(account.logInButton);
  await expect(page.getByRole('alert')).toContainText(/password/i);
  await expect(account.field('Username or email')).toHaveValue(ana.username);
});
