import { ChatPage, type Line } from '../pages/chat_page.ts';
import { EMPTY_TEXTS, HOSTILE_TEXTS, LONGEST, STACKED_MARKS } from '../support/bad_input.ts';
import { say } from '../support/deeds.ts';
import { stays } from '../support/screen.ts';
import { expect, test } from '../support/test.ts';

test('R7.1 R7.4 F9 messages arrive without reloading, once, in order, with their time', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person));
  await people.show(ana.page, ChatPage.path(ben.person));
  const lines: Line[] = [];
  const same = [await stays(ana.page), await stays(ben.page)];
  for (let turn = 1; turn <= 10; turn += 1) {
    const [from, to] = turn % 2 === 0 ? [ana, ben] : [ben, ana];
    const line = { from: from.person, text: `This is message ${turn}.` };
    await new ChatPage(from.page).send(line.text);
    await expect(new ChatPage(to.page).message(line.from, line.text)).toBeVisible();
    lines.push(line);
  }
  for (const still of same) await still();
  for (const { page } of [ana, ben]) await new ChatPage(page).expectConversation(lines);
});

test('R7.4 many messages in one breath keep their order on both screens', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person));
  await people.show(ana.page, ChatPage.path(ben.person));
  const lines = Array.from({ length: 12 }, (_, index) => ({ from: ana.person, text: `Line (${index})` }));
  for (const { text } of lines) await new ChatPage(ana.page).send(text);
  for (const { page } of [ana, ben]) await new ChatPage(page).expectConversation(lines);
});

test('F10 a conversation is stored with the time of each message', async ({ people }) => {
  const ana = await people.member('Ana');
  const ben = await people.arrive('Ben');
  await say(ana, ben.person, 'hey, choir at seven?');
  await say(ben, ana.person, 'sure, see you there');
  const chat = new ChatPage(ben.page);
  await people.show(ben.page, ChatPage.path(ana.person));
  await chat.expectConversation([
    { from: ana.person, text: 'hey, choir at seven?' },
    { from: ben.person, text: 'sure, see you there' },
  ]);
  const times = await chat.messages.locator('time').evaluateAll((all) => all.map((time) => time.getAttribute('datetime') ?? ''));
  for (const time of times) expect(Math.abs(Date.now() - Date.parse(time))).toBeLessThan(60_000);
  expect(times.toSorted()).toEqual(times);
});

test('R7.4 both windows of one person show what either sends', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ChatPage.path(ben.person));
  const onTheSofa = await people.screenOf(ana, ChatPage.path(ben.person));
  await new ChatPage(ana.page).send('from the desk');
  await expect(new ChatPage(onTheSofa).message(ana.person, 'from the desk')).toBeVisible();
  await new ChatPage(onTheSofa).send('from the sofa');
  const lines = [
    { from: ana.person, text: 'from the desk' },
    { from: ana.person, text: 'from the sofa' },
  ];
  for (const page of [ana.page, onTheSofa]) await new ChatPage(page).expectConversation(lines);
});

test('R7.2 the list of conversations has the one with the newest message first', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const carl = await people.member('Carl');
  await say(ben, ana.person, 'first');
  await say(carl, ana.person, 'second');
  await people.show(ana.page, '/chat');
  const { conversations } = new ChatPage(ana.page);
  await expect(conversations.getByRole('listitem')).toContainText([carl.person.fullName, ben.person.fullName]);
  await say(ben, ana.person, 'third');
  await expect(conversations.getByRole('listitem')).toContainText([ben.person.fullName, carl.person.fullName]);
  await expect(conversations).toContainText('third');
  await conversations.getByRole('link', { name: ben.person.fullName }).click();
  await new ChatPage(ana.page).expectConversation([
    { from: ben.person, text: 'first' },
    { from: ben.person, text: 'third' },
  ]);
});

test('R7.4 an empty, too long or unreadable message is not sent and stays typed', async ({ people, watch }) => {
  watch.announceStatus(422);
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ChatPage.path(ben.person));
  const chat = new ChatPage(ana.page);
  for (const typed of [...EMPTY_TEXTS, 'x'.repeat(LONGEST.message + 1), STACKED_MARKS]) {
    await chat.send(typed);
    await expect(chat.composer).toHaveAttribute('aria-invalid', 'true');
    await expect(chat.composer).toHaveAccessibleDescription(/\w/);
    await expect(chat.composer).toHaveValue(typed);
  }
  await expect(chat.messages).toHaveCount(0);
  await chat.send('x'.repeat(LONGEST.message));
  await expect(chat.messages).toHaveCount(1);
});

test('R7.4 a refused message answers 422 with the text still in the form', async ({ people }) => {
  const ana = await people.member('Ana');
  const ben = await people.member('Ben');
  const tooLong = 'x'.repeat(LONGEST.message + 1);
  const form = await ana.plain.open(ChatPage.path(ben.person));
  const again = await form.send('Send', { Message: tooLong });
  expect(again.answer).toBe(422);
  expect(again.isInvalid('Message')).toBe(true);
  expect(again.value('Message')).toBe(tooLong);
});

test('R7.4 a form that is sent twice stores one message', async ({ people }) => {
  const ana = await people.member('Ana');
  const ben = await people.arrive('Ben');
  const form = await ana.plain.open(ChatPage.path(ben.person));
  await Promise.all([1, 2, 3].map(() => form.send('Send', { Message: 'only once' })));
  await people.show(ben.page, ChatPage.path(ana.person));
  await new ChatPage(ben.page).expectConversation([{ from: ana.person, text: 'only once' }]);
});

test('R7.4 what looks like code is text on both screens', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person));
  await people.show(ana.page, ChatPage.path(ben.person));
  for (const text of HOSTILE_TEXTS) await new ChatPage(ana.page).send(text);
  const lines = HOSTILE_TEXTS.map((text) => ({ from: ana.person, text }));
  for (const { page } of [ana, ben]) {
    await new ChatPage(page).expectConversation(lines);
    await expect(page).not.toHaveTitle(/broken/);
  }
});

test('N2 there is no chat with nobody', async ({ people }) => {
  const ana = await people.member('Ana');
  const nobody = people.stranger('Nobody');
  for (const path of [ChatPage.path(nobody), '/chat/%00', '/chat/a b']) {
    expect((await ana.plain.open(path)).status, path).toBe(404);
  }
});
