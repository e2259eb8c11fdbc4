import { AccountPage } from '../pages/account_page.ts';
import { FeedPage } from '../pages/feed_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { hydrated } from '../support/console.ts';
import { edit, like, publish } from '../support/actions.ts';
import { pressTabUntil } from '../support/keyboard.ts';
import { memberPaths, MISSING_PATH, PUBLIC_PATHS } from '../support/paths.ts';
import { expectNoReload } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

test('every page has one heading, one main part and a title of its own that ends in Kith', async ({ people, watch }) => {
  watch.announceStatus(404);
  watch.announceStatus(410);
  const { member, paths } = await memberPaths(people);
  const within = await people.pageOf(member);
  const without = await people.newPage();
  for (const [page, places] of [[without, PUBLIC_PATHS], [within, paths]] as const) {
    const titles = new Set<string>();
    for (const path of places) {
      await people.open(page, path);
      await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
      await expect(page.getByRole('main'), path).toHaveCount(1);
      await expect(page, path).toHaveTitle(/Kith$/);
      titles.add(await page.title());
    }
    expect([...titles], 'each title once').toHaveLength(places.length);
  }
});

test('a page that is not there says so with status 404 and leads home', async ({ people, watch }) => {
  watch.announceStatus(404);
  const { page } = await people.arrive('Ana');
  const answer = await page.goto(MISSING_PATH);
  expect(answer?.status()).toBe(404);
  await hydrated(page);
  await expect(new ShellPage(page).heading).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: /home/i }).click();
  await expect(page).toHaveURL('/');
});

test('N2 whoever is not signed in is asked to, whether a page exists or not, and gets there afterwards', async ({ page, people }) => {
  const ana = await people.verified('Ana');
  const account = new AccountPage(page);
  for (const path of ['/u/nobody_of_ours', '/chat', `/u/${ana.username}`]) {
    await people.open(page, path);
    await expect(page).toHaveURL(/\/login\?next=/);
  }
  await account.fill({ 'Username or email': ana.username, Password: ana.password });
  await account.submit(account.logInButton);
  await expect(page).toHaveURL(`/u/${ana.username}`);
});

test('the first stop of the keyboard leads past the navigation', async ({ people }) => {
  const { page } = await people.arrive('Ana');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: /skip to/i });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => Boolean(document.activeElement?.closest('main')))).toBe(true);
});

test('going to another page moves the focus to its heading and changes the title, without a reload', async ({ people }) => {
  const { page } = await people.arrive('Ana');
  const shell = new ShellPage(page);
  const same = await expectNoReload(page);
  await shell.place('Chat').first().click();
  await expect(page).toHaveURL('/chat');
  await expect(page).toHaveTitle(/Chat/);
  await expect(shell.heading).toBeFocused();
  await page.goBack();
  await expect(page).toHaveURL('/');
  await expect(new FeedPage(page).composer).toBeVisible();
  await same();
});

test('wherever one goes, the focus is on the heading of the page when it is there', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const text = names.sentence('Focus');
  const path = await publish(ana, text);
  await edit(ana, path, `${text} And more.`);
  await like(ana, path);
  const { page } = await people.arrive('Ben');
  const shell = new ShellPage(page);
  const feed = new FeedPage(page);
  const card = feed.post(ana.person, text).root;
  for (const [link, address] of [
    [card.locator('time'), path],
    [card.getByRole('link', { name: 'edited' }), `${path}/history`],
    [card.getByRole('link', { name: '1 like' }), `${path}/likes`],
    [card.getByRole('link', { name: ana.person.fullName }), `/u/${ana.person.username}`],
  ] as const) {
    await link.first().click();
    await expect(page).toHaveURL(address);
    await expect(shell.heading).toBeFocused();
    await page.goBack();
    await expect(feed.composer).toBeVisible();
  }
});

test('R1.4 R5.1 from log-in to a post without a mouse', async ({ page, people, names }) => {
  const ana = await people.verified('Ana');
  const account = new AccountPage(page);
  const feed = new FeedPage(page);
  const text = names.sentence('No mouse');
  await people.open(page, '/login');
  await pressTabUntil(page, account.field('Username or email'));
  await page.keyboard.type(ana.username);
  await pressTabUntil(page, account.field('Password'));
  await page.keyboard.type(ana.password);
  await page.keyboard.press('Enter');
  await expect(feed.composer).toBeVisible();
  await hydrated(page);
  await pressTabUntil(page, feed.composer);
  await page.keyboard.type(text);
  await pressTabUntil(page, feed.postButton);
  await page.keyboard.press('Enter');
  await expect(feed.post(ana, text).root).toBeVisible();
  await pressTabUntil(page, feed.post(ana, text).like);
  await page.keyboard.press('Space');
  await expect(feed.post(ana, text).like).toHaveAttribute('aria-pressed', 'true');
});

test('whatever the keyboard stops at can be seen to be there', async ({ people }) => {
  const { member } = await memberPaths(people);
  const page = await people.pageOf(member);
  for (let stop = 0; stop < 25; stop += 1) {
    await page.keyboard.press('Tab');
    const ring = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return 'outside';
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 ? 'seen' : element.outerHTML.slice(0, 160);
    });
    expect(['seen', 'outside']).toContain(ring);
  }
});

test('the page follows the system between light and dark', async ({ people }) => {
  const { page } = await people.arrive('Ana');
  const lightness = (scheme: 'light' | 'dark') =>
    page.emulateMedia({ colorScheme: scheme }).then(() =>
      page.evaluate(() => {
        const canvas = document.createElement('canvas').getContext('2d')!;
        canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data[1] ?? 0;
      }),
    );
  expect(await lightness('light')).toBeGreaterThan(200);
  expect(await lightness('dark')).toBeLessThan(60);
});
