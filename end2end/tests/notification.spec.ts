import { ChatPage } from '../pages/chat_page.ts';
import { FeedPage } from '../pages/feed_page.ts';
import { NotificationsPage } from '../pages/notifications_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { block, comment, follow, like, publish, remove, reply, sendMessage, unblock } from '../support/actions.ts';
import { pressTabUntil } from '../support/keyboard.ts';
import { answered } from '../support/navigation.ts';
import { type Person } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const everywhere = { tag: ['@desktop', '@phone', '@no-script'] };
const withAndWithout = { tag: ['@desktop', '@no-script'] };

const liked = (person: Person) => `${person.fullName} liked your post`;
const follows = (person: Person) => `${person.fullName} started following you`;
const wrote = (person: Person) => `${person.fullName} sent you a message`;

test('R8.1 R8.2 R8.3 F11 a like, a comment, a reply, a follow and a message are shown in detail', everywhere, async ({ people, names }) => {
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  const text = names.sentence('The garden');
  const post = await publish(ana, text);
  const own = await comment(ana, post, 'more of it tomorrow');
  await like(ben, post);
  await comment(ben, post, 'how nice');
  await reply(ben, post, own, 'looking forward to it');
  await follow(ben, ana.person);
  await sendMessage(ben, ana.person, 'shall I bring plants?');
  await people.open(ana.page, NotificationsPage.path);
  const notifications = new NotificationsPage(ana.page);
  const name = ben.person.fullName;
  for (const [sentence, excerpt] of [
    [liked(ben.person), text],
    [`${name} commented on your post`, 'how nice'],
    [`${name} replied to your comment`, 'looking forward to it'],
    [follows(ben.person), ''],
    [wrote(ben.person), 'shall I bring plants?'],
  ] as const) {
    const row = notifications.row(sentence);
    await expect(row).toContainText(excerpt);
    await expect(row.locator('time[datetime]')).toHaveCount(1);
    await expect(row.getByRole('link', { name, exact: true })).toHaveAttribute('href', `/u/${ben.person.username}`);
  }
  await expect(notifications.rows).toHaveCount(5);
  await notifications.expectUnread(5);
});

test('R8.4 each leads to the place it comes from', everywhere, async ({ people, names, javaScriptEnabled }) => {
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  const post = await publish(ana, names.sentence('Somewhere'));
  await like(ben, post);
  const commented = await comment(ben, post, 'found it');
  await follow(ben, ana.person);
  await sendMessage(ben, ana.person, 'hello');
  const notifications = new NotificationsPage(ana.page);
  for (const [sentence, place] of [
    [liked(ben.person), new RegExp(`${post}$`)],
    ['commented on your post', new RegExp(`${post}\\?comment=${commented}#c-${commented}$`)],
    [follows(ben.person), new RegExp(`/u/${ben.person.username}$`)],
    [wrote(ben.person), new RegExp(`${ChatPage.path(ben.person)}$`)],
  ] as const) {
    await people.open(ana.page, NotificationsPage.path);
    await answered(ana.page, javaScriptEnabled !== false, 'notification/api/read', () => notifications.view(sentence).click());
    await expect(ana.page).toHaveURL(place);
    await expect(new ShellPage(ana.page).heading).toHaveCount(1);
  }
  // Whoever went there has read it; without a script, only the button says so.
  await people.open(ana.page, NotificationsPage.path);
  await notifications.expectUnread(javaScriptEnabled === false ? 4 : 0);
});

test('R8.4 a comment is found wherever it stands', async ({ people, names }) => {
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  const post = await publish(ana, names.sentence('Much talked about'));
  const commented = await comment(ben, post, 'the first of many');
  for (let number = 0; number < 25; number += 1) await comment(ana, post, `talk ${number}`);
  await people.open(ana.page, NotificationsPage.path);
  await new NotificationsPage(ana.page).view('commented on your post').click();
  await expect(ana.page.locator(`[id="c-${commented}"]`)).toBeInViewport();
});

test('R8.5 F11 the count on the icon and in the title follows what happens, on all screens', { tag: ['@desktop', '@phone'] }, async ({ people, names }) => {
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  const post = await publish(ana, names.sentence('Counted'));
  const sofa = await people.pageOf(ana, '/people');
  const [here, there] = [new NotificationsPage(ana.page), new NotificationsPage(sofa)];
  await like(ben, post);
  await follow(ben, ana.person);
  for (const screen of [here, there]) await screen.expectUnread(2);
  // Taking it back retracts it.
  await (await ben.plain.open(post)).send('Like');
  for (const screen of [here, there]) await screen.expectUnread(1);
  await like(ben, post);
  for (const screen of [here, there]) await screen.expectUnread(2);
  await here.bell.click();
  await here.readAll.click();
  for (const screen of [here, there]) await screen.expectUnread(0);
  await expect(here.rows).toHaveCount(2);
  await ana.page.reload();
  await here.expectUnread(0);
});

test('R8.5 all are marked as read by a button', everywhere, async ({ people, names }) => {
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  await like(ben, await publish(ana, names.sentence('Read')));
  await people.open(ana.page, NotificationsPage.path);
  const notifications = new NotificationsPage(ana.page);
  await notifications.expectUnread(1);
  await notifications.readAll.click();
  await notifications.expectUnread(0);
  await expect(notifications.readAll).toBeHidden();
  await expect(notifications.row(liked(ben.person))).toBeVisible();
});

test('R8.6 one is deleted, then all of them', everywhere, async ({ people, names }) => {
  const [ana, ben, carl] = [await people.arrive('Ana'), await people.member('Ben'), await people.member('Carl')];
  const post = await publish(ana, names.sentence('Deleted'));
  await like(ben, post);
  await follow(carl, ana.person);
  await follow(ben, ana.person);
  await people.open(ana.page, NotificationsPage.path);
  const notifications = new NotificationsPage(ana.page);
  await notifications.delete(follows(carl.person)).click();
  await expect(notifications.row(follows(carl.person))).toHaveCount(0);
  await expect(notifications.rows).toHaveCount(2);
  await notifications.deleteAll();
  await expect(ana.page.getByText('No notifications yet')).toBeVisible();
  await expect(ana.page.getByRole('main').getByRole('link', { name: 'Find people' })).toBeVisible();
  await notifications.expectUnread(0);
  await people.open(ana.page, NotificationsPage.path);
  await expect(ana.page.getByText('No notifications yet')).toBeVisible();
});

test('R8.3 likes of one post are one, and open to each person', withAndWithout, async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const post = await publish(ana, names.sentence('Much liked'));
  const fans = await Promise.all(['Ben', 'Carl', 'Dora', 'Emil'].map((name) => people.member(name)));
  for (const fan of fans) await like(fan, post);
  await people.open(ana.page, NotificationsPage.path);
  const notifications = new NotificationsPage(ana.page);
  const [, , dora, emil] = fans.map((fan) => fan.person.fullName);
  const row = notifications.row(`${emil}, ${dora} and 2 others liked your post`);
  await expect(notifications.rows).toHaveCount(1);
  await row.getByRole('link', { name: '2 others' }).click();
  await expect(ana.page).toHaveURL(`${post}/likes`);
  for (const fan of fans) await expect(ana.page.getByRole('link', { name: fan.person.fullName }).first()).toBeVisible();
});

test('R8.3 a long list goes on where it ends', withAndWithout, async ({ people }) => {
  test.slow();
  const ana = await people.arrive('Ana');
  const fans = await Promise.all(Array.from({ length: 21 }, () => people.member('Fan')));
  for (const fan of fans) await follow(fan, ana.person);
  await people.open(ana.page, NotificationsPage.path);
  const notifications = new NotificationsPage(ana.page);
  await expect(notifications.rows).toHaveCount(20);
  await notifications.older.click();
  await expect(notifications.rows).toHaveCount(1);
  await expect(notifications.row(follows(fans[0]!.person))).toBeVisible();
  await expect(notifications.older).toHaveCount(0);
});

test('R8.1 messages are one for each conversation, read with it and kept until deleted', async ({ people }) => {
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  for (const text of ['one', 'two']) await sendMessage(ben, ana.person, text);
  const notifications = new NotificationsPage(ana.page);
  await notifications.expectUnread(1);
  await people.open(ana.page, ChatPage.path(ben.person));
  await expect(new ChatPage(ana.page).message(ben.person, 'two')).toBeVisible();
  await notifications.expectUnread(0);
  await people.open(ana.page, NotificationsPage.path);
  await expect(notifications.row(wrote(ben.person))).toContainText('two');
  await expect(notifications.rows).toHaveCount(1);
});

test('R4.4 R8.3 a block hides what somebody did, and unblocking shows it again', withAndWithout, async ({ people, names }) => {
  const [ana, ben, carl] = [await people.arrive('Ana'), await people.member('Ben'), await people.member('Carl')];
  const post = await publish(ana, names.sentence('Between us'));
  await comment(ben, post, 'by Ben');
  await comment(carl, post, 'by Carl');
  const notifications = new NotificationsPage(ana.page);
  for (const [blocker, blocked] of [[ana, ben.person], [ben, ana.person]] as const) {
    await block(blocker, blocked);
    await people.open(ana.page, NotificationsPage.path);
    await expect(notifications.rows).toHaveCount(1);
    await expect(ana.page.getByRole('main')).not.toContainText(ben.person.fullName);
    await notifications.expectUnread(1);
    await unblock(blocker, blocked);
  }
  await people.open(ana.page, NotificationsPage.path);
  await expect(notifications.rows).toHaveCount(2);
});

test('R8.4 what points to something gone is gone with it', withAndWithout, async ({ people, names }) => {
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  const post = await publish(ana, names.sentence('Going'));
  const answered = await comment(ben, post, 'by Ben');
  await reply(ana, post, answered, 'by Ana');
  const bens = new NotificationsPage(await people.pageOf(ben, NotificationsPage.path));
  await expect(bens.rows).toHaveCount(1);
  await remove(ana, post);
  await people.open(bens.page, NotificationsPage.path);
  await expect(bens.page.getByText('No notifications yet')).toBeVisible();
  await bens.expectUnread(0);
});

test('R8.3 F11 the list on the screen follows what happens', async ({ people, names }) => {
  const [ana, ben] = [await people.arrive('Ana', NotificationsPage.path), await people.member('Ben')];
  const notifications = new NotificationsPage(ana.page);
  await expect(ana.page.getByText('No notifications yet')).toBeVisible();
  await like(ben, await publish(ana, names.sentence('Live')));
  await expect(notifications.row(liked(ben.person))).toBeVisible();
  await follow(ben, ana.person);
  await expect(notifications.rows.first()).toContainText(follows(ben.person));
  // What is on the screen already does not pop up as well.
  await expect(new ShellPage(ana.page).status.filter({ hasText: ben.person.fullName })).toHaveCount(0);
});

test('F11 a new one pops up, and leads there', { tag: ['@desktop', '@phone'] }, async ({ people, names }) => {
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  const post = await publish(ana, names.sentence('Popping up'));
  const toast = new ShellPage(ana.page).status.filter({ hasText: liked(ben.person) });
  await like(ben, post);
  await expect(toast).toBeVisible();
  await toast.getByRole('button', { name: 'View', exact: true }).click();
  await expect(ana.page).toHaveURL(post);
  // A page that leads back has its own bar on a phone, without the icon.
  await expect(ana.page).not.toHaveTitle(/^\(/);
});

test('F11 a kind that is switched off does not pop up, and nothing does in the quiet time', async ({ people, names }) => {
  const [ana, ben, carl] = [await people.arrive('Ana', '/settings/notifications'), await people.member('Ben'), await people.member('Carl')];
  const post = await publish(ana, names.sentence('Quiet'));
  const [page, shell, notifications] = [ana.page, new ShellPage(ana.page), new NotificationsPage(ana.page)];
  await page.getByRole('checkbox', { name: 'Likes', exact: true }).uncheck();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Your changes are saved.')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Likes', exact: true })).not.toBeChecked();
  await people.open(page, '/people');
  await like(ben, post);
  await notifications.expectUnread(1);
  await follow(ben, ana.person);
  await expect(shell.status.filter({ hasText: follows(ben.person) })).toBeVisible();
  await expect(shell.status.filter({ hasText: liked(ben.person) })).toHaveCount(0);
  // All day but for one minute, which is over by now or yet to come.
  await people.open(page, '/settings/notifications');
  const minute = await page.evaluate(() => new Date(Date.now() - 120_000).toTimeString().slice(0, 5));
  const before = await page.evaluate(() => new Date(Date.now() - 180_000).toTimeString().slice(0, 5));
  await page.getByRole('checkbox', { name: 'No pop-ups between these times' }).check();
  await page.getByLabel('From').fill(minute);
  await page.getByLabel('Until').fill(before);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Your changes are saved.')).toBeVisible();
  await people.open(page, '/people');
  const asked = page.waitForResponse('**/api/app/notification/api/preview');
  await follow(carl, ana.person);
  await (await asked).finished();
  await notifications.expectUnread(3);
  await expect(shell.status.filter({ hasText: carl.person.fullName })).toHaveCount(0);
});

test('R8.5 R8.6 without a mouse', async ({ people, names }) => {
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  await like(ben, await publish(ana, names.sentence('Keys')));
  await people.open(ana.page, '/people');
  const notifications = new NotificationsPage(ana.page);
  await pressTabUntil(ana.page, notifications.bell);
  await ana.page.keyboard.press('Enter');
  await expect(notifications.row(liked(ben.person))).toBeVisible();
  await pressTabUntil(ana.page, notifications.delete(liked(ben.person)));
  await ana.page.keyboard.press('Enter');
  await expect(ana.page.getByText('No notifications yet')).toBeVisible();
});

test('R8.3 what came while one was away is there', async ({ people, names }) => {
  const [ana, ben] = [await people.member('Ana'), await people.member('Ben')];
  const post = await publish(ana, names.sentence('Away'));
  await like(ben, post);
  const page = await people.pageOf(ana);
  await expect(new FeedPage(page).composer).toBeVisible();
  await new NotificationsPage(page).expectUnread(1);
});
