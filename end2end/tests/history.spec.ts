import { publish } from '../support/actions.ts';
import { AccountPage } from '../pages/account_page.ts';
import { openMenu } from '../pages/shell_page.ts';
import { expect, test } from '../support/test.ts';

test('R10 the owner sees totals, posts and log-ins', { tag: ['@desktop', '@no-script'] }, async ({ people, names, watch }) => {
  watch.announceStatus(422);
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  const text = names.sentence('The choir meets at seven.');
  const post = await publish(ana, text);
  await (await ben.plain.open(post)).send('Like');
  await (await ben.plain.open(post)).send('Comment', { 'Write a comment': 'See you there.' });
  const stranger = new AccountPage(await people.newPage());
  await stranger.logIn(ana.person.username, 'not this one 12');

  await ana.page.goto('/history');
  const figure = (what: string) => ana.page.locator('.figure').filter({ hasText: what }).getByRole('definition');
  await expect(figure('Posts')).toHaveText('1');
  await expect(figure('Likes received')).toHaveText('1');
  await expect(figure('Comments received')).toHaveText('1');

  await ana.page.getByRole('tab', { name: 'Posts' }).click();
  const entry = ana.page.getByRole('listitem').filter({ hasText: text });
  await expect(entry).toContainText('1 like');
  await expect(entry.getByRole('link', { name: text })).toHaveAttribute('href', post);

  await ana.page.getByRole('tab', { name: 'Log-ins' }).click();
  await expect(ana.page.getByRole('list', { name: 'Log-ins' }).getByText('This device')).toHaveCount(1);
  await expect(ana.page.getByRole('list', { name: 'Failed tries' })).toContainText('1 try with a wrong password');
});

test('R10 the account menu leads to the history', async ({ people }) => {
  const ana = await people.arrive('Ana');
  await openMenu(ana.page.getByRole('navigation', { name: 'Main' }), 'Account menu');
  await ana.page.getByRole('link', { name: 'Account history' }).click();
  await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText('Account history');
});
