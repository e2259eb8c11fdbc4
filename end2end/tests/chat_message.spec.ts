import { ChatPage } from '../pages/chat_page.ts';
import { sendMessage } from '../support/actions.ts';
import { STACKED_MARKS } from '../support/bad_input.ts';
import { type Member, type People, type Present } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** What becomes of a message after it was sent: edited, deleted, answered. */

test('R7.4 an edited message says so, on every screen of both, and in both lists', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person));
  await people.open(ana.page, ChatPage.path(ben.person));
  const onTheSofa = await people.pageOf(ana, ChatPage.path(ben.person));
  const chat = new ChatPage(ana.page);
  await chat.send('at sevn');
  await expect(new ChatPage(ben.page).message(ana.person, 'at sevn')).toBeVisible();
  await chat.edit(chat.message(ana.person, 'at sevn'), 'at seven');
  for (const page of [ana.page, onTheSofa, ben.page]) {
    const message = new ChatPage(page).message(ana.person, 'at seven');
    await expect(message).toContainText('edited');
    await expect(message.locator('time')).toHaveText(/^\d\d:\d\d$/);
    await expect(new ChatPage(page).messages).toHaveCount(1);
  }
  await expect(new ChatPage(ben.page).conversation(ana.person)).toContainText('at seven');
  await expect(chat.conversation(ben.person)).toContainText('You: at seven');
  await expect(chat.composer).toBeFocused();
});

test('R7.4 a deleted message leaves its place and no words, on both screens, also after loading again', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person));
  await people.open(ana.page, ChatPage.path(ben.person));
  const chat = new ChatPage(ana.page);
  for (const text of ['first', 'a slip', 'last']) await chat.send(text);
  await expect(new ChatPage(ben.page).message(ana.person, 'last')).toBeVisible();
  await chat.remove(chat.message(ana.person, 'a slip'));
  for (const page of [ana.page, ben.page]) {
    await expect(new ChatPage(page).messages).toContainText(['first', 'Message deleted', 'last']);
    await expect(page.getByText('a slip')).toHaveCount(0);
    await page.reload();
    await expect(new ChatPage(page).messages).toContainText(['first', 'Message deleted', 'last']);
  }
  const gone = new ChatPage(ana.page).message(ana.person, 'Message deleted');
  await expect(gone.getByRole('button', { name: 'Message options' })).toHaveCount(0);
  const own = new ChatPage(ben.page).message(ana.person, 'first');
  await own.getByRole('button', { name: 'Message options' }).click();
  await expect(own.getByRole('link')).toHaveText(['Reply']);
});

test('R7.4 what was edited and deleted while one was away is so on return', async ({ people, cuttableProxy, watch }) => {
  watch.announceOutage();
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person), { proxy: cuttableProxy.settings });
  await people.open(ana.page, ChatPage.path(ben.person));
  const [chat, bens] = [new ChatPage(ana.page), new ChatPage(ben.page)];
  for (const text of ['one', 'two', 'three']) await chat.send(text);
  await expect(bens.message(ana.person, 'three')).toBeVisible();
  await cuttableProxy.cut();
  await chat.edit(chat.message(ana.person, 'one'), 'another one');
  await chat.remove(chat.message(ana.person, 'two'));
  await chat.send('four');
  await expect(chat.message(ana.person, 'four')).toBeVisible();
  await cuttableProxy.restore();
  await expect(bens.messages).toContainText(['another one', 'Message deleted', 'three', 'four']);
  await expect(bens.messages).toHaveCount(4);
});

test('R7.4 an answer quotes what it answers, and shows when that was deleted', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person));
  await sendMessage(ana, ben.person, 'choir at seven?');
  await people.open(ana.page, ChatPage.path(ben.person));
  const [chat, bens] = [new ChatPage(ana.page), new ChatPage(ben.page)];
  await bens.choose(bens.message(ana.person, 'choir at seven?'), 'Reply');
  await expect(bens.composer).toBeFocused();
  await bens.send('sure');
  await expect(ben.page.getByRole('link', { name: 'Cancel reply' })).toHaveCount(0);
  for (const page of [ana.page, ben.page]) {
    const answer = new ChatPage(page).message(ben.person, 'sure');
    await expect(answer.locator('.message-quote')).toContainText('choir at seven?');
  }
  await bens.send('and then?');
  await expect(chat.message(ben.person, 'and then?').locator('.message-quote')).toHaveCount(0);
  await chat.message(ben.person, 'sure').locator('.message-quote').click();
  await expect(chat.message(ana.person, 'choir at seven?').first()).toBeFocused();
  await chat.remove(chat.message(ana.person, 'choir at seven?').first());
  for (const page of [ana.page, ben.page]) {
    await expect(new ChatPage(page).message(ben.person, 'sure').locator('.message-quote')).toContainText('Message deleted');
    await expect(page.getByText('choir at seven?')).toHaveCount(0);
  }
});

test('R7.4 a text that cannot be a message stays in the form, and what was typed survives a reload', async ({ people }) => {
  const [ana, ben] = await talked(people);
  const chat = new ChatPage(ana.page);
  await people.open(ana.page, ChatPage.path(ben.person));
  await chat.choose(chat.message(ana.person, 'hello'), 'Edit');
  for (const typed of ['', STACKED_MARKS]) {
    await chat.editor.fill(typed);
    await chat.editor.press('Enter');
    await expect(chat.editor).toHaveAttribute('aria-invalid', 'true');
    await expect(chat.editor).toHaveValue(typed);
  }
  await chat.editor.fill('half a thought');
  await ana.page.reload();
  await expect(chat.message(ana.person, 'hello')).toBeVisible();
  await chat.choose(chat.message(ana.person, 'hello'), 'Edit');
  await expect(chat.editor).toHaveValue('half a thought');
  await chat.editor.press('Escape');
  await expect(chat.composer).toBeFocused();
  await chat.choose(chat.message(ana.person, 'hello'), 'Edit');
  await expect(chat.editor).toHaveValue('hello');
});

test('R7.4 without JavaScript one edits, answers and deletes messages', async ({ people }) => {
  const [ana, ben] = await talked(people);
  const path = ChatPage.path(ben.person);
  const edited = await (await ana.plain.open(`${path}?edit=1`)).send('Save', { 'Edit message': 'hello again' });
  expect([edited.answer, edited.url.pathname]).toEqual([303, path]);
  expect(edited.article(ana.person.fullName, 'hello again').text).toContain('edited');
  const refused = await (await ana.plain.open(`${path}?edit=1`)).send('Save', { 'Edit message': ' ' });
  expect(refused.answer).toBe(422);
  expect(refused.isInvalid('Edit message')).toBe(true);
  const answered = await (await ana.plain.open(`${path}?reply=1`)).send('Send', { Message: 'and again' });
  const answer = answered.article(ana.person.fullName, 'and again');
  expect(answer.querySelector('.message-quote')?.text).toContain('hello again');
  const removed = await (await ana.plain.open(`${path}?delete=1`)).send('Delete');
  expect([removed.answer, removed.url.pathname]).toEqual([303, path]);
  expect(removed.text).not.toContain('hello again');
  expect(removed.text).toContain('Message deleted');
  for (const nothing of ['edit=1', 'delete=1', 'edit=9', 'reply=x', 'delete=-1']) {
    expect((await ana.plain.open(`${path}?${nothing}`)).hasButton('Send'), nothing).toBe(true);
  }
});

/** Two people, the first of whom has said hello. */
async function talked(people: People): Promise<[Present, Member]> {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  await sendMessage(ana, ben.person, 'hello');
  return [ana, ben];
}
