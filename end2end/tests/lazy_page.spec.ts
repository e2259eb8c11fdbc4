import { type Page } from '@playwright/test';
import { FeedPage } from '../pages/feed_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { hydrated } from '../support/console.ts';
import { publish } from '../support/actions.ts';
import { expectNoReload } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

/** The files of the client that come after its first part. */
const LATER = /\/pkg\/\w+\/(?:split|chunk)_\w+\.wasm$/;
/** What only the pages of the chat need. */
const CHAT = /\/split_chat\.wasm$/;
const CHAT_STYLES = /\/pkg\/\w+\/chat\.css$/;

test('the feed fetches none of the parts that other pages need, but for a column beside it', async ({ people, names }) => {
  const ana = await people.member('Ana');
  // Whoever is new is shown people to follow, which come from another page's part.
  await publish(ana, names.sentence('Hello'));
  const page = await people.pageOf(ana, '/', { viewport: { width: 1000, height: 800 } });
  expect(await fetched(page)).toEqual([]);
});

test('reaching for a link fetches what its page needs, and opening it fetches nothing twice', async ({ people }) => {
  const { page } = await people.arrive('Ana');
  const shell = new ShellPage(page);
  await shell.place('Chat').first().hover();
  await expect.poll(() => fetched(page)).toContainEqual(expect.stringMatching(CHAT));
  const before = await fetched(page);
  const same = await expectNoReload(page);
  await shell.place('Chat').first().click();
  await expect(page).toHaveTitle(/Chat/);
  await expect(shell.heading).toBeFocused();
  await same();
  expect(await fetched(page)).toEqual(before);
});

test('a page that is opened first has its part named in its head, so that it comes with the rest', async ({ people }) => {
  const { page } = await people.arrive('Ana', '/chat');
  const named = await page.locator('head link[rel="preload"][type="application/wasm"]').evaluateAll((links) =>
    links.map((link) => (link as HTMLLinkElement).href),
  );
  expect(named.filter((address) => LATER.test(address)).sort()).toEqual(await fetched(page));
});

test('a page is not shown before its stylesheet is there', async ({ people }) => {
  const { page } = await people.arrive('Ana');
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route(CHAT_STYLES, async (route) => {
    await arrived;
    await route.continue();
  });
  const shell = new ShellPage(page);
  const asked = page.waitForRequest(CHAT_STYLES);
  await shell.place('Chat').first().click();
  await asked;
  await expect(page.locator('head link[href$="/chat.css"]')).toHaveCount(1);
  await expect(new FeedPage(page).composer).toBeVisible();
  arrive();
  await expect(page).toHaveTitle(/Chat/);
  await shell.place('Home').first().click();
  await shell.place('Chat').first().click();
  await expect(page).toHaveTitle(/Chat/);
  await expect(page.locator('head link[href$="/chat.css"]')).toHaveCount(1);
});

test('when a stylesheet cannot be had, the page is loaded from the server instead', async ({ people, watch }) => {
  watch.announceOutage();
  const { page } = await people.arrive('Ana');
  await page.route(CHAT_STYLES, (route) => route.abort());
  await page.route('/chat', async (route) => {
    await page.unroute(CHAT_STYLES);
    await route.continue();
  });
  await new ShellPage(page).place('Chat').first().click();
  await expect(page).toHaveURL('/chat');
  await hydrated(page);
  await expect(new ShellPage(page).heading).toBeVisible();
});

test('while a part is on its way the page before stays, and the keyboard with it', async ({ people }) => {
  const { page } = await people.arrive('Ana');
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route(CHAT, async (route) => {
    await arrived;
    await route.continue();
  });
  const shell = new ShellPage(page);
  await shell.place('Chat').first().click();
  await expect(shell.place('Chat').first()).toHaveAttribute('aria-current', 'page');
  await expect(new FeedPage(page).composer).toBeVisible();
  await expect(shell.heading).not.toBeFocused();
  arrive();
  await expect(page).toHaveTitle(/Chat/);
  await expect(shell.heading).toBeFocused();
});

test('when a part cannot be had, the page is loaded from the server instead', async ({ people, watch }) => {
  watch.announceOutage();
  watch.announce(/Failed to fetch/, /the part of the client with this page did not come/);
  const { page } = await people.arrive('Ana');
  await page.route(CHAT, (route) => route.abort());
  const shell = new ShellPage(page);
  await shell.place('Chat').first().click();
  await expect(page).toHaveURL('/chat');
  await expect(shell.heading).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-hydration', 'failed');
  await page.unroute(CHAT);
  await page.reload();
  await hydrated(page);
});

test('without a connection a page that was not fetched before says so, and comes by itself', async ({ people, cuttableProxy, watch }) => {
  watch.announceOutage();
  watch.announce(/Failed to fetch/);
  const { page } = await people.arrive('Ana', '/', { proxy: cuttableProxy.settings });
  const shell = new ShellPage(page);
  const same = await expectNoReload(page);
  await cuttableProxy.cut();
  await shell.place('Chat').first().click();
  await expect(page.getByRole('heading', { name: 'No connection' })).toBeVisible();
  await expect(page).toHaveURL('/chat');
  await shell.place('Home').first().click();
  await expect(new FeedPage(page).composer).toBeVisible();
  await shell.place('Chat').first().click();
  await expect(page.getByRole('heading', { name: 'No connection' })).toBeVisible();
  await same();
  await cuttableProxy.restore();
  await expect(page).toHaveTitle(/Chat/);
  await hydrated(page);
});

test('a client that the server has no longer leads to the new one', async ({ people, watch }) => {
  watch.announceStatus(404);
  watch.announce(/WebAssembly|wasm/);
  const { page } = await people.arrive('Ana');
  await page.route(CHAT, (route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'gone' }));
  await page.route('/chat', async (route) => {
    await page.unroute(CHAT);
    await route.continue();
  });
  await new ShellPage(page).place('Chat').first().click();
  await expect(page).toHaveURL('/chat');
  await hydrated(page);
  await expect(new ShellPage(page).heading).toBeVisible();
});

/** The later parts that a page has fetched so far. */
async function fetched(page: Page): Promise<string[]> {
  const names = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name));
  return [...new Set(names.filter((name) => LATER.test(name)))].sort();
}

test('whoever goes on to another page of the same kind while its part is on its way gets there', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const [one, other] = [names.sentence('One'), names.sentence('Other')];
  await publish(ana, one);
  const path = await publish(ana, other);
  const page = await people.pageOf(ana);
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route(/\/split_post\.wasm$/, async (route) => {
    await arrived;
    await route.continue();
  });
  const feed = new FeedPage(page);
  await feed.post(ana.person, one).time.click();
  await feed.post(ana.person, other).time.click();
  await expect(page).toHaveURL(path);
  arrive();
  await expect(page).toHaveTitle(/on Kith/);
  await hydrated(page);
  await expect(page.getByRole('article').getByText(other)).toBeVisible();
  await expect(page.getByText(one)).toHaveCount(0);
});
