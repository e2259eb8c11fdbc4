import { FeedPage } from '../pages/feed_page.ts';
import { hydrated } from '../support/console.ts';
import { edit, like, publish, publishMany } from '../support/actions.ts';
import { LiveFrames } from '../support/live_frames.ts';
import { expectNoReload } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

for (const count of [250, 1_000]) {
  test(`R5.2 a feed of ${count} posts stays alive, watches what is near the screen and never loads the page again`, async ({ people, names }) => {
    const ana = await people.member('Ana');
    const ben = await people.member('Ben');
    const [first, last] = [names.sentence('The first'), names.sentence('The last')];
    const firstPath = await publish(ana, first);
    await publishMany(ana, Array.from({ length: count - 2 }, (_, index) => `Post number ${index}`));
    const lastPath = await publish(ana, last);

    const page = await people.newPage();
    await page.context().addCookies(ben.plain.cookies);
    const frames = new LiveFrames(page);
    await people.open(page, `/u/${ana.person.username}`);
    const feed = new FeedPage(page);
    const same = await expectNoReload(page);
    await readToTheEnd(count);

    const oldest = feed.post(ana.person, first);
    await like(ana, firstPath);
    await expect(oldest.likes(1)).toBeInViewport();
    const newest = feed.post(ana.person, last);
    await like(ana, lastPath);
    await edit(ana, lastPath, `${last} of all`);
    await expect(newest.likes(0)).toHaveCount(1);

    // What changed far away is there before one is.
    await newest.root.scrollIntoViewIfNeeded();
    await expect(newest.likes(1)).toBeInViewport();
    await expect(newest.root).toContainText(`${last} of all`);
    await like(ben, lastPath);
    await expect(newest.likes(2)).toBeInViewport();
    expect(frames.mostWatched, 'posts that are watched at once').toBeLessThan(120);
    expect(frames.largest, 'characters of a frame').toBeLessThan(16 * 1024);
    expect(frames.sockets, 'one socket for all of it').toBe(1);
    await same();

    async function readToTheEnd(posts: number): Promise<void> {
      await expect(page.locator('html')).toHaveAttribute('data-hydrated', /.*/);
      await page.evaluate(async (wanted) => {
        while (document.querySelectorAll('article.post').length < wanted) {
          window.scrollTo(0, document.documentElement.scrollHeight);
          await new Promise(requestAnimationFrame);
        }
        window.scrollTo(0, document.documentElement.scrollHeight);
      }, posts);
    }
  });
}

test('R7.4 a server that does not take what was said is asked again, and the page stays', async ({ people, names, watch }) => {
  watch.announceOutage();
  const ana = await people.member('Ana');
  const text = names.sentence('Count me');
  const path = await publish(ana, text);
  const page = await people.newPage();
  await page.context().addCookies(ana.plain.cookies);
  let sockets = 0;
  await page.routeWebSocket(/\/live\?/, (socket) => {
    sockets += 1;
    if (sockets < 3) {
      socket.close({ code: 4002 });
      return;
    }
    socket.connectToServer();
  });
  await people.open(page, '/');
  const same = await expectNoReload(page);
  const feed = new FeedPage(page);
  await feed.composer.fill('half a thought');
  await expect.poll(() => sockets).toBe(3);
  await expect(async () => {
    await like(ana, path);
    await expect(feed.post(ana.person, text).likes(1)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(feed.composer).toHaveValue('half a thought');
  await same();
});

test('R7.4 a page that is older than its server goes on, and is loaded again once, at a step to another page', async ({ people }) => {
  const ana = await people.member('Ana');
  const page = await people.newPage();
  await page.context().addCookies(ana.plain.cookies);
  await page.routeWebSocket(/\/live\?/, (socket) => {
    socket.connectToServer().onMessage((frame) => socket.send(String(frame).replace(/"version":\d+/, '"version":9999')));
  });
  await people.open(page, '/');
  let loads = 0;
  page.on('load', () => (loads += 1));
  const [feed, updated] = [new FeedPage(page), page.getByText('Kith was updated. Reload this page.')];
  await expect(updated).toBeVisible();
  await feed.composer.fill('half a thought');
  await page.getByRole('link', { name: 'Chat' }).first().click();
  await expect(page).toHaveURL(/\/chat$/);
  await page.goBack();
  await expect.poll(() => loads).toBe(1);
  await expect(feed.composer).toHaveValue('half a thought');
  await hydrated(page);
  await expect(updated).toBeVisible();
  await page.getByRole('link', { name: 'Chat' }).first().click();
  await expect(page).toHaveURL(/\/chat$/);
  await page.goBack();
  await expect(feed.composer).toHaveValue('half a thought');
  expect(loads, 'the server has no newer page').toBe(1);
});
