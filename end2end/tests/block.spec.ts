import { ChatPage } from '../pages/chat_page.ts';
import { FeedPage } from '../pages/feed_page.ts';
import { PeoplePage } from '../pages/people_page.ts';
import { PostPage } from '../pages/post_page.ts';
import { confirmBlock, ProfilePage } from '../pages/profile_page.ts';
import { openMenu, ShellPage } from '../pages/shell_page.ts';
import { block, comment, follow, like, publish, sendMessage, unblock } from '../support/actions.ts';
import { expect, test } from '../support/test.ts';

test('R4.1 R4.4 who blocks sees a stub and can undo it', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ProfilePage.path(ben.person));
  const profile = new ProfilePage(ana.page);
  await profile.block();
  await expect(profile.stub(ben.person)).toBeVisible();
  await expect(profile.follow).toHaveCount(0);
  await expect(profile.message).toHaveCount(0);
  await people.open(ana.page, ProfilePage.path(ben.person));
  await expect(profile.stub(ben.person)).toBeVisible();
  await profile.unblock.click();
  await expect(profile.follow).toBeVisible();
});

test('R4.3 who is blocked meets an account that does not exist', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const ben = await people.member('Ben');
  const nobody = people.stranger('Nobody');
  const path = await publish(ana, names.sentence('Not for Ben'));
  await block(ana, ben.person);
  const hidden = await ben.plain.open(ProfilePage.path(ana.person));
  const absent = await ben.plain.open(ProfilePage.path(nobody));
  expect(hidden.status).toBe(404);
  expect(hidden.text.replaceAll(ana.person.username, '…')).toBe(absent.text.replaceAll(nobody.username, '…'));
  expect((await ben.plain.open(path)).status).toBe(404);
  expect((await ben.plain.open(ChatPage.path(ana.person))).status).toBe(404);
});

test('R4.3 R4.4 neither sees posts of the other, and no page says how many there are', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben');
  const anas = names.sentence('From Ana');
  const bens = names.sentence('From Ben');
  const anasPath = await publish(ana, anas);
  await publish(ben, bens);
  await block(ana, ben.person);
  for (const { page } of [ana, ben]) await people.open(page, '/');
  await expect(new FeedPage(ana.page).post(ana.person, anas).root).toBeVisible();
  await expect(ana.page.getByText(bens)).toHaveCount(0);
  await expect(new FeedPage(ben.page).post(ben.person, bens).root).toBeVisible();
  await expect(ben.page.getByText(anas)).toHaveCount(0);
  expect((await ben.plain.open(anasPath)).text).not.toContain(anas);
});

test('R4.3 R4.4 counts are those of the list behind them', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const ben = await people.member('Ben');
  const text = names.sentence('Common ground');
  const path = await publish(await people.member('Carl'), text);
  await like(ana, path);
  await like(ben, path);
  await comment(ana, path, names.sentence('Ana says'));
  await comment(ben, path, names.sentence('Ben says'));
  await block(ana, ben.person);
  for (const [member, other] of [[ana, ben], [ben, ana]] as const) {
    const page = await people.pageOf(member, path);
    const article = page.getByRole('article').filter({ hasText: text }).first();
    await expect(article.getByRole('link', { name: '1 like', exact: true })).toBeVisible();
    await expect(article.getByRole('link', { name: '1 comment', exact: true })).toBeVisible();
    await expect(page.getByText(other.person.fullName)).toHaveCount(0);
  }
  const dora = await people.pageOf(await people.member('Dora'), path);
  const article = dora.getByRole('article').filter({ hasText: text }).first();
  await expect(article.getByRole('link', { name: '2 likes', exact: true })).toBeVisible();
  await expect(article.getByRole('link', { name: '2 comments', exact: true })).toBeVisible();
});

test('R4.5 blocking ends following in both directions', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben');
  await follow(ana, ben.person);
  await follow(ben, ana.person);
  await block(ana, ben.person);
  await unblock(ana, ben.person);
  for (const [one, other] of [[ana, ben], [ben, ana]] as const) {
    await people.open(one.page, ProfilePage.path(other.person));
    await expect(new ProfilePage(one.page).follow).toBeVisible();
    await expect(new ProfilePage(one.page).unfollow).toHaveCount(0);
  }
});

test('R4.3 R4.4 an open conversation ends with the block', async ({ people, watch }) => {
  watch.announceStatus(404);
  watch.announceStatus(422);
  const ana = await people.member('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person));
  const chat = new ChatPage(ben.page);
  await chat.send('before');
  await expect(chat.message(ben.person, 'before')).toBeVisible();
  await block(ana, ben.person);
  await chat.send('after the block');
  await expect(new ShellPage(ben.page).failure).toBeVisible();
  await unblock(ana, ben.person);
  const anasScreen = await people.pageOf(ana, ChatPage.path(ben.person));
  await new ChatPage(anasScreen).expectConversation([{ from: ben.person, text: 'before' }]);
});

test('R4.4 who blocks cannot write either, until they unblock', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  await sendMessage(ana, ben.person, 'before');
  await block(ana, ben.person);
  await people.open(ana.page, ChatPage.path(ben.person));
  await expect(new ProfilePage(ana.page).stub(ben.person)).toBeVisible();
  await expect(new ChatPage(ana.page).composer).toHaveCount(0);
});

test('R4.3 R4.4 nothing that the other does arrives live', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const carl = await people.member('Carl');
  const text = names.sentence('Common ground');
  const path = await publish(carl, text);
  await block(ana, ben.person);
  await people.open(ana.page, path);
  const post = new PostPage(ana.page).post(carl.person, text);
  await like(ben, path);
  await comment(ben, path, names.sentence('Ben says'));
  await like(carl, path);
  // Carl's like came after what Ben did: once it is here, what Ben did would be here as well.
  await expect(post.likes(1)).toBeVisible();
  await expect(ana.page.getByText(ben.person.fullName)).toHaveCount(0);

  await people.open(ana.page, '/');
  await publish(ben, names.sentence('From Ben'));
  await publish(carl, names.sentence('From Carl'));
  await expect(new FeedPage(ana.page).newPostsButton(1)).toBeVisible();
});

test('R4.4 who blocks finds nothing of them on the way back', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const text = names.sentence('From Ben');
  await publish(ben, text);
  await people.open(ana.page, '/');
  const feed = new FeedPage(ana.page);
  await feed.post(ben.person, text).root.getByRole('link', { name: ben.person.fullName }).click();
  const profile = new ProfilePage(ana.page);
  await profile.block();
  await expect(profile.stub(ben.person)).toBeVisible();
  await ana.page.goBack();
  await expect(feed.composer).toBeVisible();
  await expect(ana.page.locator('.feed-more')).toBeVisible();
  await expect(ana.page.getByText(text)).toHaveCount(0);
});

test('R4.1 R4.2 the blocklist has whom one blocked, and the way back', { tag: ['@desktop', '@phone', '@no-script'] }, async ({ people }) => {
  const ana = await people.arrive('Ana');
  const [ben, carl] = [await people.member('Ben'), await people.member('Carl')];
  await block(ana, ben.person);
  await block(ana, ben.person);
  await people.open(ana.page, '/settings/blocked');
  const list = new PeoplePage(ana.page);
  await expect(list.rows).toHaveCount(1);
  await expect(list.row(ben.person)).toContainText('Blocked');
  await expect(list.row(carl.person)).toHaveCount(0);
  await list.button('Unblock', ben.person).click();
  await expect(ana.page.getByText('You haven’t blocked anyone')).toBeVisible();
  await people.open(ana.page, ProfilePage.path(ben.person));
  await expect(new ProfilePage(ana.page).follow).toBeVisible();
});

test('R4.1 blocking asks first, says what ends, and can be undone', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  await follow(ana, ben.person);
  await people.open(ana.page, ProfilePage.path(ben.person));
  const profile = new ProfilePage(ana.page);
  await openMenu(ana.page.getByRole('main'), 'Profile options');
  await ana.page.getByRole('button', { name: 'Block', exact: true }).click();
  const question = ana.page.getByRole('dialog', { name: `Block ${ben.person.fullName}?` });
  await expect(question).toContainText('stop following each other');
  await expect(question).toContainText('chat is closed');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(profile.unfollow).toBeVisible();
  await profile.block();
  await expect(profile.stub(ben.person)).toBeVisible();
  await ana.page.getByRole('button', { name: 'Undo' }).click();
  await expect(profile.follow).toBeVisible();
  await expect(ana.page.getByText('You don’t follow each other any more.')).toBeVisible();
});

test('R4.1 a person is blocked from a list, and from the chat', async ({ people, watch }) => {
  // The conversation is asked for again, and there is none any more.
  watch.announceStatus(422);
  const ana = await people.arrive('Ana');
  const [ben, carl] = [await people.member('Ben'), await people.member('Carl')];
  await follow(ben, ana.person);
  await sendMessage(carl, ana.person, 'hello');
  await people.open(ana.page, PeoplePage.list(ana.person, 'followers'));
  const list = new PeoplePage(ana.page);
  await list.block(ben.person);
  await expect(list.row(ben.person)).toBeHidden();
  await ana.page.getByRole('button', { name: 'Undo' }).click();
  await expect(list.row(ben.person)).toBeVisible();
  await expect(list.follow(ben.person)).toBeVisible();

  await people.open(ana.page, ChatPage.path(carl.person));
  await openMenu(ana.page.getByRole('main'), 'Chat options');
  await confirmBlock(ana.page);
  await expect(new ProfilePage(ana.page).stub(carl.person)).toBeVisible();
  await expect(new ChatPage(ana.page).composer).toHaveCount(0);
});

test('R4.1 R4.5 blocking asks first without JavaScript, too', { tag: '@no-script' }, async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ProfilePage.path(ben.person));
  const profile = new ProfilePage(ana.page);
  await profile.block();
  await expect(profile.stub(ben.person)).toBeVisible();
  await profile.unblock.click();
  await expect(profile.follow).toBeVisible();
});
