import { ChatPage, type Line } from '../pages/chat_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { EMPTY_TEXTS, HOSTILE_TEXTS, LONGEST, STACKED_MARKS } from '../support/bad_input.ts';
import { block, sendMessage } from '../support/actions.ts';
import { type Member, type People } from '../support/people.ts';
import { expectNoReload } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

test('R7.1 R7.4 F9 messages arrive without reloading, once, in order, with their time', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person));
  await people.open(ana.page, ChatPage.path(ben.person));
  const lines: Line[] = [];
  const same = [await expectNoReload(ana.page), await expectNoReload(ben.page)];
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
  await people.open(ana.page, ChatPage.path(ben.person));
  const lines = Array.from({ length: 12 }, (_, index) => ({ from: ana.person, text: `Line (${index})` }));
  for (const { text } of lines) await new ChatPage(ana.page).send(text);
  for (const { page } of [ana, ben]) await new ChatPage(page).expectConversation(lines);
});

test('F10 a conversation is stored with the time of each message', async ({ people }) => {
  const ana = await people.member('Ana');
  const ben = await people.arrive('Ben');
  await sendMessage(ana, ben.person, 'hey, choir at seven?');
  await sendMessage(ben, ana.person, 'sure, see you there');
  const chat = new ChatPage(ben.page);
  await people.open(ben.page, ChatPage.path(ana.person));
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
  const onTheSofa = await people.pageOf(ana, ChatPage.path(ben.person));
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
  await sendMessage(ben, ana.person, 'first');
  await sendMessage(carl, ana.person, 'second');
  await people.open(ana.page, '/chat');
  const { conversations } = new ChatPage(ana.page);
  await expect(conversations.getByRole('listitem')).toContainText([carl.person.fullName, ben.person.fullName]);
  await sendMessage(ben, ana.person, 'third');
  await expect(conversations.getByRole('listitem')).toContainText([ben.person.fullName, carl.person.fullName]);
  await expect(conversations).toContainText('third');
  await conversations.getByRole('link', { name: ben.person.fullName }).click();
  await new ChatPage(ana.page).expectConversation([
    { from: ben.person, text: 'first' },
    { from: ben.person, text: 'third' },
  ]);
});

test('R7.2 everybody who is registered can be found and written to from the chat page', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana');
  await people.open(ana.page, '/chat');
  const chat = new ChatPage(ana.page);
  await expect(chat.everyoneElse.getByRole('listitem').first()).toBeVisible();
  await chat.search.fill(ben.person.username);
  await chat.found.getByRole('link', { name: ben.person.fullName }).click();
  await expect(ana.page).toHaveURL(ChatPage.path(ben.person));
  await chat.send('hello');
  await expect(chat.conversation(ben.person)).toContainText('You: hello');
  await expect(chat.everyoneElse.getByRole('link', { name: ben.person.fullName })).toHaveCount(0);
  await chat.search.fill('nobody is called this');
  await expect(chat.conversations).toBeHidden();
  await expect(ana.page.getByText('Nobody here is called “nobody is called this”.')).toBeVisible();
  await expect(chat.message(ana.person, 'hello')).toBeVisible();
  await chat.search.fill('');
  await expect(chat.conversation(ben.person)).toBeVisible();
});

test('R7.2 without JavaScript one finds and writes to somebody, but nobody who has blocked one', async ({ people }) => {
  const ana = await people.member('Ana');
  const ben = await people.member('Ben');
  const carl = await people.member('Carl');
  await block(carl, ana.person);
  const find = async (name: string): Promise<string[]> => {
    const page = await ana.plain.open(`/chat?q=${encodeURIComponent(name)}`);
    return page.root.querySelectorAll('.partner a').map((link) => link.getAttribute('href') ?? '');
  };
  expect(await find(carl.person.username)).toEqual([]);
  const found = await find(ben.person.username);
  expect(found).toEqual([ChatPage.path(ben.person)]);
  const sent = await (await ana.plain.open(found[0] ?? '')).send('Send', { Message: 'hello' });
  expect(sent.text).toContain('hello');
});

test('R7.4 links and mentions in messages lead where they say, on both screens', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person));
  await people.open(ana.page, ChatPage.path(ben.person));
  const text = `See https://kith.example/a?b=c.\nAsk @${ana.person.username}, not @nobody_of_this_name`;
  await new ChatPage(ana.page).send(text);
  for (const { page } of [ana, ben]) {
    const message = new ChatPage(page).message(ana.person, 'See');
    await expect(message.getByRole('link')).toHaveText(['https://kith.example/a?b=c', `@${ana.person.username}`]);
    const link = message.getByRole('link').first();
    await expect(link).toHaveAttribute('target', '_blank');
    await expect(link).toHaveAttribute('rel', 'noopener nofollow ugc');
  }
  await new ChatPage(ben.page).message(ana.person, 'See').getByRole('link').last().click();
  await expect(ben.page).toHaveURL(`/u/${ana.person.username}`);
});

test('R7.4 each paragraph of a message begins where its script begins', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ChatPage.path(ben.person));
  const chat = new ChatPage(ana.page);
  // The time stands beside the last line.
  await chat.send('a line that is longer than the other\n\u05e9\u05dc\u05d5\u05dd\nand the end');
  const body = chat.message(ana.person, 'a line').locator('.message-body');
  const [latin, hebrew] = await body.evaluate((element) => {
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode() as Text;
    const [first, second] = [text.data.indexOf('\n'), text.data.lastIndexOf('\n')];
    return [[0, first], [first + 1, second]].map(([from, to]) => {
      const range = document.createRange();
      range.setStart(text, from ?? 0);
      range.setEnd(text, to ?? 0);
      const { left, right } = range.getBoundingClientRect();
      return { left, right };
    });
  });
  expect(Math.abs((latin?.right ?? 0) - (hebrew?.right ?? 99))).toBeLessThan(2);
  expect((hebrew?.left ?? 0) - (latin?.left ?? 0)).toBeGreaterThan(50);
});

test('R7.4 Enter sends, Shift+Enter begins a line, and the field keeps the focus', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ChatPage.path(ben.person));
  const chat = new ChatPage(ana.page);
  await chat.composer.click();
  await ana.page.keyboard.type('one line');
  await ana.page.keyboard.press('Shift+Enter');
  await ana.page.keyboard.type('and another');
  await ana.page.keyboard.press('Enter');
  await ana.page.keyboard.type('next');
  await expect(chat.messages).toHaveText(/one line\nand another/);
  await expect(chat.composer).toHaveValue('next');
  await expect(chat.composer).toBeFocused();
});

test('R7.4 what is typed waits for its own conversation, through other pages and a reload', async ({ people }) => {
  const ben = await people.member('Ben');
  const carl = await people.member('Carl');
  const ana = await people.arrive('Ana');
  for (const friend of [ben, carl]) await sendMessage(friend, ana.person, 'hello');
  await people.open(ana.page, ChatPage.path(ben.person));
  const chat = new ChatPage(ana.page);
  await chat.composer.fill('for Ben only');
  await chat.conversation(carl.person).click();
  await expect(chat.message(carl.person, 'hello')).toBeVisible();
  await expect(chat.composer).toHaveValue('');
  await chat.conversation(ben.person).click();
  await expect(chat.composer).toHaveValue('for Ben only');
  await ana.page.reload();
  await expect(chat.composer).toHaveValue('for Ben only');
  await chat.sendButton.click();
  await expect(chat.message(ana.person, 'for Ben only')).toBeVisible();
  await people.open(ana.page, ChatPage.path(ben.person));
  await expect(chat.composer).toHaveValue('');
});

test('R7.4 what is unread is counted until it is on a screen, on all screens', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', '/chat');
  const chat = new ChatPage(ana.page);
  const count = new ShellPage(ana.page).place('Chat');
  for (const text of ['one', 'two']) await sendMessage(ben, ana.person, text);
  await expect(chat.conversation(ben.person)).toHaveAccessibleName(/two.*2 unread/);
  await expect(count).toHaveAccessibleName('Chat 1 unread');
  const onTheSofa = await people.pageOf(ana, ChatPage.path(ben.person));
  await expect(count).toHaveAccessibleName('Chat');
  await expect(chat.conversation(ben.person)).not.toHaveAccessibleName(/unread/);
  await expect(new ChatPage(onTheSofa).conversation(ben.person)).toHaveAttribute('aria-current', 'page');
});

test('R7.4 earlier messages come in front of what one reads', async ({ people }) => {
  const [ana, ben] = await long(people, 60);
  const page = await people.pageOf(ana, ChatPage.path(ben.person));
  const chat = new ChatPage(page);
  await expect(chat.messages).toHaveCount(50);
  await expect(chat.message(ben.person, 'Line (60)')).toBeInViewport();
  await chat.scrollUp();
  const read = chat.message(ben.person, 'Line (12)');
  const before = await chat.placeOf(read);
  await chat.earlier.click();
  await expect(chat.messages).toHaveCount(60);
  await expect.poll(() => chat.placeOf(read)).toBe(before);
  await expect(chat.earlier).toHaveCount(0);
});

test('R7.4 a message that comes while one reads further up moves nothing and says so', async ({ people }) => {
  const [ana, ben] = await long(people, 40);
  const page = await people.pageOf(ana, ChatPage.path(ben.person));
  const chat = new ChatPage(page);
  await expect(new ShellPage(page).place('Chat')).toHaveAccessibleName('Chat');
  await chat.scrollUp();
  const read = chat.message(ben.person, 'Line (3)');
  const before = await chat.placeOf(read);
  await sendMessage(ben, ana.person, 'News');
  await expect(chat.latest).toBeVisible();
  expect(await chat.placeOf(read)).toBe(before);
  await expect(new ShellPage(page).place('Chat')).toHaveAccessibleName('Chat 1 unread');
  await chat.latest.click();
  await expect(chat.message(ben.person, 'News')).toBeInViewport();
  await expect(chat.latest).toHaveCount(0);
  await expect(new ShellPage(page).place('Chat')).toHaveAccessibleName('Chat');
  await chat.scrollUp();
  await chat.send('An answer');
  await expect(chat.message(ana.person, 'An answer')).toBeInViewport();
});

test('R7.4 earlier messages are links without JavaScript', async ({ people }) => {
  const [ana, ben] = await long(people, 60);
  const newest = await ana.plain.open(ChatPage.path(ben.person));
  const link = newest.root.querySelectorAll('a').find((anchor) => anchor.text.trim() === 'Earlier messages');
  const earlier = await ana.plain.open(link?.getAttribute('href') ?? '');
  const texts = earlier.root.querySelectorAll('article').map((article) => article.text.match(/Line \(\d+\)/)?.[0]);
  expect(texts).toEqual(Array.from({ length: 10 }, (_, index) => `Line (${index + 1})`));
});

test('R4.4 whom one has blocked can be unblocked where one would write', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana');
  await block(ana, ben.person);
  await people.open(ana.page, ChatPage.path(ben.person));
  await ana.page.getByRole('button', { name: 'Unblock' }).click();
  const chat = new ChatPage(ana.page);
  await chat.send('Sorry.');
  await expect(chat.message(ana.person, 'Sorry.')).toBeVisible();
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
  await people.open(ben.page, ChatPage.path(ana.person));
  await new ChatPage(ben.page).expectConversation([{ from: ana.person, text: 'only once' }]);
});

test('R7.4 what looks like code is text on both screens', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben', ChatPage.path(ana.person));
  await people.open(ana.page, ChatPage.path(ben.person));
  for (const text of HOSTILE_TEXTS) await new ChatPage(ana.page).send(text);
  const lines = HOSTILE_TEXTS.map((text) => ({ from: ana.person, text }));
  for (const { page } of [ana, ben]) {
    await new ChatPage(page).expectConversation(lines);
    await expect(page).not.toHaveTitle(/broken/);
  }
});

test('R7.4 a line stands where reading stopped, until it is opened again', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana');
  const chat = new ChatPage(ana.page);
  await sendMessage(ben, ana.person, 'first');
  await sendMessage(ana, ben.person, 'an answer');
  await sendMessage(ben, ana.person, 'second');
  await people.open(ana.page, ChatPage.path(ben.person));
  const lines = [chat.message(ana.person, 'an answer'), chat.unreadLine, chat.message(ben.person, 'second')];
  const places = await Promise.all(lines.map((line) => chat.placeOf(line)));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  await expect(new ShellPage(ana.page).place('Chat')).toHaveAccessibleName('Chat');
  await sendMessage(ben, ana.person, 'third');
  await expect(chat.message(ben.person, 'third')).toBeVisible();
  await expect(chat.unreadLine).toHaveCount(1);
  await expect(new ShellPage(ana.page).place('Chat')).toHaveAccessibleName('Chat');
  await people.open(ana.page, ChatPage.path(ben.person));
  await expect(chat.message(ben.person, 'third')).toBeVisible();
  await expect(chat.unreadLine).toHaveCount(0);
});

test('R7.4 bubbles say the hour, the list is short, both name the whole moment', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana');
  await sendMessage(ben, ana.person, 'hello');
  await people.open(ana.page, ChatPage.path(ben.person));
  const chat = new ChatPage(ana.page);
  const times = [chat.messages.locator('time'), chat.conversation(ben.person).locator('time')];
  for (const time of times) {
    await expect(time).toHaveText(/^\d\d:\d\d$/);
    await expect(time).toHaveAttribute('title', /^[A-Z][a-z]+day, \d+ [A-Z][a-z]+ \d{4}, \d\d:\d\d$/);
  }
});

test('R7.4 without JavaScript one says oneself that a conversation is read', async ({ people }) => {
  const ana = await people.member('Ana');
  const ben = await people.member('Ben');
  await sendMessage(ben, ana.person, 'hello');
  const opened = await ana.plain.open(ChatPage.path(ben.person));
  expect(opened.text).toMatch(/Chat 1 unread.*New messages/s);
  const read = await opened.send('Mark as read');
  expect([read.answer, read.status, read.url.pathname]).toEqual([303, 200, ChatPage.path(ben.person)]);
  expect(read.hasButton('Mark as read')).toBe(false);
  expect(read.text).not.toMatch(/unread|New messages/);
});

test('N2 there is no chat with nobody', async ({ people }) => {
  const ana = await people.member('Ana');
  const nobody = people.stranger('Nobody');
  for (const path of [ChatPage.path(nobody), '/chat/%00', '/chat/a b']) {
    expect((await ana.plain.open(path)).status, path).toBe(404);
  }
});

/** Two people, and what the second one has said to the first. */
async function long(people: People, lines: number): Promise<[Member, Member]> {
  const ana = await people.member('Ana');
  const ben = await people.member('Ben');
  for (let line = 1; line <= lines; line += 1) await sendMessage(ben, ana.person, `Line (${line})`);
  return [ana, ben];
}
