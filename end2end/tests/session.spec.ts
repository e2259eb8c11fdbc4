import { FeedPage } from '../pages/feed_page.ts';
import { ProfilePage } from '../pages/profile_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { expectNoReload } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

test('N2 a tab whose browser is signed in as somebody else now says so, does nothing, and keeps what was typed', async ({
  people,
  names,
  watch,
}) => {
  watch.announceStatus(409);
  watch.announceOutage();
  const [old, ben] = [await people.member('Old'), await people.member('Ben')];
  const page = await people.newPage();
  await page.context().addCookies(old.plain.cookies);
  // Nothing tells this tab of what happens in another one.
  await page.routeWebSocket(/\/live/, (socket) => void socket.close());
  await page.goto('/');
  const feed = new FeedPage(page);
  await expect(feed.composer).toBeEditable();
  await page.context().addCookies(ben.plain.cookies);
  const text = names.sentence('as whom?');
  await feed.publish(text);
  await expect(page.getByText(`now signed in as @${ben.person.username}`).first()).toBeVisible();
  const written = () =>
    page.evaluate(() => document.body.innerText + [...document.querySelectorAll('textarea')].map((field) => field.value).join());
  expect(await written()).toContain(text);
  for (const person of [old.person, ben.person]) {
    expect((await ben.plain.open(ProfilePage.path(person))).text).not.toContain(text);
  }
});

test('N2 a tab that comes back to a browser of somebody else says so and stays', async ({ people, cuttableProxy, watch }) => {
  watch.announceOutage();
  const [old, ben] = [await people.arrive('Old', '/', { proxy: cuttableProxy.settings }), await people.member('Ben')];
  await expect(new ShellPage(old.page).reconnecting).toHaveCount(0);
  const same = await expectNoReload(old.page);
  await old.page.context().addCookies(ben.plain.cookies);
  cuttableProxy.breakConnections();
  await expect(old.page.getByText(`now signed in as @${ben.person.username}`).first()).toBeVisible();
  await same();
});

test('F2 whoever logs out arrives where it says so, and other tabs leave as well', async ({ people }) => {
  for (let round = 1; round <= 4; round += 1) {
    const ana = await people.arrive('Ana');
    const other = await people.pageOf(ana);
    await new ShellPage(ana.page).logOut();
    await expect(ana.page.getByText('You are logged out.')).toBeVisible();
    await expect(ana.page).toHaveURL(/\/login\?left$/);
    await new ShellPage(other).expectSignedOut();
  }
});
