import { ChatPage, type Line as Said } from '../pages/chat_page.ts';
import { FeedPage } from '../pages/feed_page.ts';
import { PostPage } from '../pages/post_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { comment, edit, like, publish, remove, sendMessage } from '../support/actions.ts';
import { expectNoReload } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

test.beforeEach(({ watch }) => watch.announceOutage());

test('R7.4 what was said while one was away is there on return, once and in order', async ({ people, cuttableProxy }) => {
  const ana = await people.member('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person), { proxy: cuttableProxy.settings });
  const chat = new ChatPage(ben.page);
  const shell = new ShellPage(ben.page);
  const said: Said[] = [];
  const anaSays = async (text: string) => {
    await sendMessage(ana, ben.person, text);
    said.push({ from: ana.person, text });
  };
  const same = await expectNoReload(ben.page);
  await anaSays('before');
  await chat.expectConversation(said);
  await expect(shell.reconnecting).toHaveCount(0);

  await cuttableProxy.cut();
  await expect(shell.reconnecting).toBeVisible();
  for (const text of ['one', 'two', 'three']) await anaSays(`${text} while away`);
  await cuttableProxy.restore();
  await chat.expectConversation(said);
  await expect(shell.reconnecting).toHaveCount(0);
  await anaSays('after');
  await chat.expectConversation(said);
  await same();
});

test('R7.4 what one writes without a connection is sent on return, once', async ({ people, cuttableProxy }) => {
  const ana = await people.member('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person), { proxy: cuttableProxy.settings });
  const chat = new ChatPage(ben.page);
  await cuttableProxy.cut();
  await expect(new ShellPage(ben.page).reconnecting).toBeVisible();
  await chat.send('from the tunnel');
  await chat.send('still in the tunnel');
  await cuttableProxy.restore();
  const anasScreen = await people.pageOf(ana, ChatPage.path(ben.person));
  const said = [
    { from: ben.person, text: 'from the tunnel' },
    { from: ben.person, text: 'still in the tunnel' },
  ];
  for (const page of [anasScreen, ben.page]) await new ChatPage(page).expectConversation(said);
});

test('R7.4 what is on its way goes out from the next page, and after a reload', async ({ people, cuttableProxy }) => {
  const ana = await people.member('Ana');
  const carl = await people.member('Carl');
  const ben = await people.arrive('Ben');
  for (const friend of [ana, carl]) await sendMessage(friend, ben.person, 'hello');
  const page = await people.pageOf(ben, ChatPage.path(ana.person), { proxy: cuttableProxy.settings });
  const chat = new ChatPage(page);
  await cuttableProxy.cut();
  await expect(new ShellPage(page).reconnecting).toBeVisible();
  await chat.send('from the tunnel');
  await chat.conversation(carl.person).click();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await cuttableProxy.restore();
  await expect(chat.message(carl.person, 'hello')).toBeVisible();
  const said = [
    { from: ana.person, text: 'hello' },
    { from: ben.person, text: 'from the tunnel' },
  ];
  const anasScreen = await people.pageOf(ana, ChatPage.path(ben.person));
  await new ChatPage(anasScreen).expectConversation(said);

  // A server that hears and does not answer.
  let answers = false;
  await ben.page.routeWebSocket(/\/live\?/, (socket) => void (answers && socket.connectToServer()));
  await people.open(ben.page, ChatPage.path(ana.person));
  await new ChatPage(ben.page).send('into the void');
  await expect(new ChatPage(ben.page).message(ben.person, 'into the void')).toBeVisible();
  answers = true;
  await ben.page.reload();
  said.push({ from: ben.person, text: 'into the void' });
  for (const screen of [anasScreen, ben.page]) await new ChatPage(screen).expectConversation(said);
});

test('R7.4 a shaky connection loses and doubles nothing', async ({ people, cuttableProxy }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person), { proxy: cuttableProxy.settings });
  await people.open(ana.page, ChatPage.path(ben.person));
  const said: Said[] = [];
  for (let turn = 1; turn <= 8; turn += 1) {
    const from = turn % 2 === 0 ? ana : ben;
    const text = `This is message ${turn}.`;
    await new ChatPage(from.page).send(text);
    cuttableProxy.breakConnections();
    said.push({ from: from.person, text });
    await expect(new ChatPage(ana.page).message(from.person, text)).toBeVisible();
  }
  for (const { page } of [ana, ben]) await new ChatPage(page).expectConversation(said);
});

test('R5.2 R6.5 counts and posts of the time away are there on return', async ({ people, cuttableProxy, names }) => {
  const ana = await people.member('Ana');
  const text = names.sentence('Count');
  const path = await publish(ana, text);
  const ben = await people.arrive('Ben', '/', { proxy: cuttableProxy.settings });
  const feed = new FeedPage(ben.page);
  const shell = new ShellPage(ben.page);
  await expect(feed.post(ana.person, text).root).toBeVisible();
  await cuttableProxy.cut();
  await expect(shell.reconnecting).toBeVisible();
  await like(ana, path);
  await comment(ana, path, names.sentence('Ana says'));
  await publish(ana, names.sentence('New'));
  await cuttableProxy.restore();
  await expect(feed.post(ana.person, text).likes(1)).toBeVisible();
  await expect(feed.post(ana.person, text).comments(1)).toBeVisible();
  await expect(feed.newPostsButton(1)).toBeVisible();
});

test('R5.4 edits and removals of the time away are there on return', async ({ people, cuttableProxy, names, watch }) => {
  // The page of the removed one looks for new comments.
  watch.announceStatus(404);
  const ana = await people.member('Ana');
  const [before, after, doomed] = [names.sentence('Before'), names.sentence('After'), names.sentence('Doomed')];
  const [edited, removed] = [await publish(ana, before), await publish(ana, doomed)];
  const ben = await people.arrive('Ben', '/', { proxy: cuttableProxy.settings });
  const one = await people.pageOf(ben, edited, { proxy: cuttableProxy.settings });
  const other = await people.pageOf(ben, removed, { proxy: cuttableProxy.settings });
  const feed = new FeedPage(ben.page);
  await expect(feed.post(ana.person, before).root).toBeVisible();
  await cuttableProxy.cut();
  for (const page of [ben.page, one, other]) await expect(new ShellPage(page).reconnecting).toBeVisible();
  await edit(ana, edited, after);
  await remove(ana, removed);
  await cuttableProxy.restore();
  await expect(feed.post(ana.person, after).root).toBeVisible();
  await expect(feed.post(ana.person, doomed).root).toHaveCount(0);
  await expect(one.getByRole('article').getByText(after)).toBeVisible();
  await expect(other.getByText('This post is no longer available')).toBeVisible();
});

test('R6.1 a comment of the time away is there on return', async ({ people, cuttableProxy, names }) => {
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const ben = await people.arrive('Ben', path, { proxy: cuttableProxy.settings });
  const question = names.sentence('When?');
  await cuttableProxy.cut();
  await expect(new ShellPage(ben.page).reconnecting).toBeVisible();
  await comment(ana, path, question);
  await cuttableProxy.restore();
  await expect(new PostPage(ben.page).comment(ana.person, question).root).toHaveCount(1);
});

test('R5.1 what cannot be sent is not lost: it can be taken back, changed and sent', async ({ people, cuttableProxy, names }) => {
  const ben = await people.arrive('Ben', '/', { proxy: cuttableProxy.settings });
  const feed = new FeedPage(ben.page);
  const text = names.sentence('Not lost');
  await cuttableProxy.cut();
  await feed.publish(text);
  const unsent = feed.post(ben.person, text).root;
  await expect(unsent).toContainText('Not sent yet');
  await unsent.getByRole('button', { name: 'Edit' }).click();
  await expect(feed.composer).toHaveValue(text);
  await expect(unsent).toHaveCount(0);
  await cuttableProxy.restore();
  await feed.publish(`${text} at all`);
  await expect(feed.post(ben.person, `${text} at all`).like).toBeVisible();
});

test('R6.4 a like that did not arrive is taken back on the screen', async ({ people, cuttableProxy, names }) => {
  const ana = await people.member('Ana');
  const text = names.sentence('Like me');
  const path = await publish(ana, text);
  const ben = await people.arrive('Ben', path, { proxy: cuttableProxy.settings });
  const post = new PostPage(ben.page).post(ana.person, text);
  await cuttableProxy.cut();
  await post.like.click();
  await expect(new ShellPage(ben.page).failure).toBeVisible();
  await expect(post.like).toHaveAttribute('aria-pressed', 'false');
  await expect(post.likes(1)).toHaveCount(0);
});

test('N3 the server restarts under two people who talk, and they go on', async ({ people, kith }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person));
  await people.open(ana.page, ChatPage.path(ben.person));
  await new ChatPage(ana.page).send('before the update');
  await expect(new ChatPage(ben.page).message(ana.person, 'before the update')).toBeVisible();
  const same = [await expectNoReload(ana.page), await expectNoReload(ben.page)];
  await kith.restart();
  await new ChatPage(ben.page).send('after the update');
  const said = [
    { from: ana.person, text: 'before the update' },
    { from: ben.person, text: 'after the update' },
  ];
  for (const { page } of [ana, ben]) await new ChatPage(page).expectConversation(said);
  for (const still of same) await still();
});

test('R1.4 N2 logging out ends the other tabs of the same session too', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const tab = await ana.page.context().newPage();
  await people.open(tab, '/chat');
  await new ShellPage(ana.page).logOut();
  await new ShellPage(ana.page).expectSignedOut();
  await new ShellPage(tab).expectSignedOut();
});
