import { ChatPage } from '../pages/chat_page.ts';
import { FeedPage } from '../pages/feed_page.ts';
import { PostPage } from '../pages/post_page.ts';
import { comment, publish } from '../support/actions.ts';
import { expect, test } from '../support/test.ts';
import { endCompositionLikeSafari, transfer } from '../support/typing.ts';

test('R7.4 the Enter that ends a composition sends no message, in Safari\'s order too', async ({ people }) => {
  const ana = await people.member('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person));
  const chat = new ChatPage(ben.page);
  await chat.composer.fill('こんにちは');
  await endCompositionLikeSafari(chat.composer, 'Enter');
  await expect(chat.composer).toHaveValue('こんにちは');
  await expect(chat.messages).toHaveCount(0);
  await chat.composer.press('Enter');
  await chat.expectConversation([{ from: ben.person, text: 'こんにちは' }]);
});

test('R5.1 R6.1 R6.3 the keys that end a composition neither publish nor close anything', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const question = names.sentence('When?');
  await comment(ana, path, question);
  const feed = new FeedPage(ana.page);
  await feed.composer.fill('こんにちは');
  await endCompositionLikeSafari(feed.composer, 'Enter', { ctrlKey: true });
  await expect(feed.composer).toHaveValue('こんにちは');

  await people.open(ana.page, path);
  const card = new PostPage(ana.page).comment(ana.person, question);
  await card.openReply();
  await card.answer.fill('はい');
  await endCompositionLikeSafari(card.answer, 'Escape');
  await endCompositionLikeSafari(card.answer, 'Enter', { ctrlKey: true });
  await expect(card.answer).toHaveValue('はい');
  await card.answer.press('Escape');
  await expect(card.answer).toHaveCount(0);

  await card.choose('Edit');
  await card.editor.fill('いいえ');
  await endCompositionLikeSafari(card.editor, 'Escape');
  await endCompositionLikeSafari(card.editor, 'Enter', { ctrlKey: true });
  await expect(card.editor).toHaveValue('いいえ');
  await card.editor.press('Control+Enter');
  await expect(card.editor).toHaveCount(0);
  await expect(new PostPage(ana.page).comment(ana.person, 'いいえ').root).toBeVisible();
});

test('R5.1 cells of a spreadsheet are pasted as text, a picture as a picture', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  const cells = { text: 'Apples\t3\nPears\t5\n', html: '<table><tr><td>Apples<td>3</table>', image: 'image.png' };
  expect(await transfer(feed.composer, 'paste', cells), 'the browser pastes the text').toBe(false);
  await expect(feed.pictures).toHaveCount(0);
  expect(await transfer(feed.composer, 'paste', { html: '<img src="https://kith.example/a.png">', image: 'image.png' })).toBe(true);
  await expect(feed.pictures).toHaveCount(1);
  expect(await transfer(feed.composer, 'paste', { text: 'holiday.png', image: 'holiday.png' }), 'a file of a file manager').toBe(true);
  await expect(feed.pictures).toHaveCount(2);
});

test('R5.1 a text that is dropped with its image is written below, a picture is taken', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  await feed.composer.fill('Harvest');
  expect(await transfer(feed.postButton, 'drop', { text: 'Apples\t3', html: '<b>Apples</b>', image: 'image.png' })).toBe(true);
  await expect(feed.composer).toHaveValue('Harvest\n\nApples\t3');
  await expect(feed.pictures).toHaveCount(0);
  expect(await transfer(feed.composer, 'drop', { image: 'image.png' })).toBe(true);
  await expect(feed.pictures).toHaveCount(1);
});
