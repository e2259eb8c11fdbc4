import { type Locator, type Page } from '@playwright/test';
import { ChatPage } from '../pages/chat_page.ts';
import { FeedPage } from '../pages/feed_page.ts';
import { PostPage } from '../pages/post_page.ts';
import { expectAccessible, expectNoSidewaysScrolling } from '../support/accessibility.ts';
import { hydrated } from '../support/console.ts';
import { block, comment, publish } from '../support/actions.ts';
import { expectNoReload } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

const everywhere = { tag: ['@desktop', '@phone'] };

test('N3 what is written offline counts in one line and goes out without a reload', async ({ people, cuttableProxy, names, watch }) => {
  watch.announceOutage();
  const ana = await people.member('Ana');
  const page = await people.pageOf(ana, '/', { proxy: cuttableProxy.settings });
  const feed = new FeedPage(page);
  const [first, second] = [names.sentence('First'), names.sentence('Second')];
  const same = await expectNoReload(page);
  await cuttableProxy.cut();
  await feed.publish(first);
  await expect(quietLine(page)).toHaveText('Offline. 1 thing will be sent.');
  await feed.publish(second);
  await expect(quietLine(page)).toHaveText('Offline. 2 things will be sent.');
  await cuttableProxy.restore();
  for (const text of [first, second]) await expect(feed.post(ana.person, text).like).toBeVisible();
  await expect(quietLine(page)).toHaveText('');
  await expect(page.getByText(/Can't reach Kith|back online/)).toHaveCount(0);
  // In the order in which they were written.
  const posts = page.getByRole('article', { name: ana.person.fullName });
  await expect(posts).toContainText([second, first]);
  await same();
});

test('N3 what was said about the connection leaves when it is there again', async ({ people, cuttableProxy, names, watch }) => {
  watch.announceOutage();
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Like me'));
  const page = await people.pageOf(ana, path, { proxy: cuttableProxy.settings });
  await cuttableProxy.cut();
  await page.getByRole('button', { name: 'Like', exact: true }).click();
  const said = page.getByText("Can't reach Kith");
  await expect(said).toBeVisible();
  await cuttableProxy.restore();
  await expect(said).toHaveCount(0);
});

test('R5.1 a post that is refused shows properly: its author, why, Edit and Discard', everywhere, async ({ people, names, watch }) => {
  watch.announceStatus(422);
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  const [first, second] = [names.sentence('Refused'), names.sentence('Refused again')];
  await refuse(ana.page, '**/post/api/publish', { invalid: { fields: [{ field: 'body', reason: 'stacked_marks' }] } });
  await feed.publish(first);
  const card = ana.page.getByRole('article', { name: ana.person.fullName, exact: true }).filter({ hasText: first });
  await expect(card).toContainText('Not sent. This has too many marks stacked on one letter.');
  await expect(card).toHaveAccessibleName(ana.person.fullName);
  await expect(card.getByText(ana.person.fullName)).toBeVisible();
  await expect(buttons(card)).toHaveText(['Edit', 'Discard']);
  await expectAccessible(ana.page);
  await expectNoSidewaysScrolling(ana.page);
  await expect(quietLine(ana.page)).toHaveText('');
  await ana.page.reload();
  await hydrated(ana.page);
  await expect(card).toContainText('Not sent.');
  await card.getByRole('button', { name: 'Edit' }).click();
  await expect(feed.composer).toHaveValue(first);
  await expect(card).toHaveCount(0);
  await feed.publish(second);
  const other = ana.page.getByRole('article').filter({ hasText: second });
  await other.getByRole('button', { name: 'Discard' }).click();
  await expect(other).toHaveCount(0);
  await ana.page.reload();
  await hydrated(ana.page);
  await expect(other).toHaveCount(0);
});

test('R5.1 a defect of the server is not the fault of a post: it can be tried again', async ({ people, names, watch }) => {
  watch.announceStatus(422);
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  const text = names.sentence('Fine');
  await refuse(ana.page, '**/post/api/publish', 'internal');
  await feed.publish(text);
  const card = ana.page.getByRole('article').filter({ hasText: text });
  await expect(buttons(card)).toHaveText(['Try again', 'Edit', 'Discard']);
  await ana.page.unrouteAll();
  await card.getByRole('button', { name: 'Try again' }).click();
  await expect(feed.post(ana.person, text).like).toBeVisible();
});

test('R5.1 what one tab has on its way no other one erases, and it is shown once', async ({ people, names, watch }) => {
  watch.announceOutage();
  const ana = await people.arrive('Ana');
  const two = await ana.page.context().newPage();
  await people.open(two, '/');
  const [one, other] = [names.sentence('First tab'), names.sentence('Second tab')];
  await ana.page.route('**/post/api/publish', (route) => route.abort());
  await new FeedPage(ana.page).publish(one);
  await expect(ana.page.getByRole('article').filter({ hasText: one })).toContainText('Not sent yet');
  await new FeedPage(two).publish(other);
  await expect(new FeedPage(two).post(ana.person, other).like).toBeVisible();
  await expect(two.getByRole('article').filter({ hasText: one })).toHaveCount(0);
  await expect(ana.page.getByRole('article').filter({ hasText: one })).toContainText('Not sent yet');
  // A tab that is closed leaves it to the other one.
  await ana.page.close({ runBeforeUnload: true });
  await expect(new FeedPage(two).post(ana.person, one).like).toBeVisible();
});

test('R6.1 a comment that is written offline goes out once, below its post', async ({ people, cuttableProxy, names, watch }) => {
  watch.announceOutage();
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const page = await people.pageOf(ana, path, { proxy: cuttableProxy.settings });
  const post = new PostPage(page);
  // The same words twice are two comments.
  const text = names.sentence('Again');
  await cuttableProxy.cut();
  for (let time = 0; time < 2; time += 1) await post.write(text);
  await expect(quietLine(page)).toHaveText('Offline. 2 things will be sent.');
  await cuttableProxy.restore();
  await expect(page.locator('article.comment').filter({ hasText: text }).locator('time')).toHaveCount(2);
  await expect(page.getByText(text)).toHaveCount(2);
});

test('R6.1 a comment whose answer was lost is known by its id when the socket tells of it', async ({ people, names, watch }) => {
  watch.announceOutage();
  const ana = await people.arrive('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  await people.open(ana.page, path);
  const post = new PostPage(ana.page);
  const text = names.sentence('Once');
  let sent = 0;
  await ana.page.route('**/comment/api/write', async (route) => {
    sent += 1;
    await route.fetch();
    await route.abort();
  });
  await post.write(text);
  await expect(post.comment(ana.person, text).time).toBeVisible();
  await expect(ana.page.getByText(text)).toHaveCount(1);
  await expect(quietLine(ana.page)).toHaveText('');
  expect(sent).toBe(1);
});

test('R6.3 a reply to what is gone can be taken back', async ({ people, names, watch }) => {
  watch.announceStatus(404);
  const ana = await people.arrive('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const [said, text] = [names.sentence('Soon gone'), names.sentence('An answer')];
  await comment(ana, path, said);
  await people.open(ana.page, path);
  const post = new PostPage(ana.page);
  await refuse(ana.page, '**/comment/api/write', 'not_found', 404);
  await post.comment(ana.person, said).reply(text);
  const card = post.comment(ana.person, text).root;
  await expect(card).toContainText('Not sent.');
  await expect(buttons(card)).toHaveText(['Edit', 'Discard']);
  await card.getByRole('button', { name: 'Edit' }).click();
  await expect(post.comment(ana.person, said).answer).toHaveValue(text);
});

test('R7.4 a message that can never be sent can be thrown away', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ChatPage.path(ben.person));
  await block(ben, ana.person);
  const chat = new ChatPage(ana.page);
  await chat.send('hello?');
  const message = chat.message(ana.person, 'hello?');
  await expect(message).toContainText('Not sent.');
  await expect(buttons(message)).toHaveText(['Discard']);
  await message.getByRole('button', { name: 'Discard' }).click();
  await expect(message).toHaveCount(0);
});

/** The line that says whether the server is there and what waits for it. */
function quietLine(page: Page): Locator {
  return page.locator('.connection');
}

function buttons(scope: Locator): Locator {
  return scope.getByRole('button', { name: /^(Try again|Edit|Discard)$/ });
}

/** Answers a server function with a problem. */
async function refuse(page: Page, path: string, problem: unknown, status = 422): Promise<void> {
  await page.route(path, (route) =>
    route.fulfill({ status, contentType: 'application/json', body: JSON.stringify({ Problem: problem }) }),
  );
}
