import { type Page } from '@playwright/test';
import { ChatPage } from '../pages/chat_page.ts';
import { expect, test } from '../support/test.ts';

async function turnOffReceipts(page: Page): Promise<void> {
  const receipts = page.getByRole('group', { name: 'Read receipts' });
  await receipts.getByLabel(/^Off/).check();
  const form = page.locator('form').filter({ has: receipts });
  await form.getByRole('button', { name: 'Save changes' }).click();
  await expect(page).toHaveURL(/saved/);
}

test('R7.4 the last own message says that it was read, on the page and after loading it again', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ChatPage.path(ben.person));
  const chat = new ChatPage(ana.page);
  for (const text of ['hello', 'are you there?']) await chat.send(text);
  const read = chat.log.getByText('Read', { exact: true });
  await expect(chat.messages).toHaveCount(2);
  await expect(read).toHaveCount(0);
  await people.pageOf(ben, ChatPage.path(ana.person));
  await expect(chat.message(ana.person, 'are you there?')).toContainText('Read');
  await expect(read).toHaveCount(1);
  await people.open(ana.page, ChatPage.path(ben.person));
  await expect(chat.message(ana.person, 'are you there?')).toContainText('Read');
});

test('R7.4 one sees the other type, until the message is there', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ChatPage.path(ben.person));
  await new ChatPage(ana.page).send('hello');
  const page = await people.pageOf(ben, ChatPage.path(ana.person));
  const typing = ana.page.getByText('Ben is typing');
  await expect(new ChatPage(page).message(ana.person, 'hello')).toBeVisible();
  await new ChatPage(page).composer.pressSequentially('well ');
  await expect(typing).toBeVisible();
  await expect(page.getByText('is typing')).toHaveCount(0);
  await new ChatPage(page).send('well well');
  await expect(new ChatPage(ana.page).message(ben.person, 'well well')).toBeVisible();
  await expect(typing).toHaveCount(0);
});

test('R7.4 without read receipts neither of the two is told', async ({ people }) => {
  const ben = await people.arrive('Ben', '/settings/account');
  await turnOffReceipts(ben.page);
  const ana = await people.arrive('Ana', ChatPage.path(ben.person));
  await people.open(ben.page, ChatPage.path(ana.person));
  const chats = [new ChatPage(ana.page), new ChatPage(ben.page)];
  await new ChatPage(ana.page).send('hello');
  await new ChatPage(ben.page).send('hello back');
  await new ChatPage(ana.page).send('how are you?');
  for (const chat of chats) {
    await expect(chat.messages).toHaveCount(3);
    await expect(chat.log.getByText('Read', { exact: true })).toHaveCount(0);
  }
  await people.open(ana.page, ChatPage.path(ben.person));
  await expect(new ChatPage(ana.page).messages).toHaveCount(3);
  await expect(new ChatPage(ana.page).log.getByText('Read', { exact: true })).toHaveCount(0);
});
