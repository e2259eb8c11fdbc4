import { ChatPage } from '../pages/chat_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { publish, sendMessage } from '../support/actions.ts';
import { hydrated } from '../support/console.ts';
import { expect, test } from '../support/test.ts';

test('R11 whoever deletes their account is gone for everybody at once', { tag: '@no-script' }, async ({ people, names, watch }) => {
  watch.announceStatus(404);
  const { page, person, plain } = await people.arrive('Ana', '/settings/delete');
  const ben = await people.member('Ben');
  const body = names.sentence('Goodbye');
  await publish({ person, plain }, body);
  await page.getByLabel('Current password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Delete account' }).click();
  await expect(page).toHaveURL('/login?closed');
  await expect(page.getByText('Your account will be deleted')).toBeVisible();
  const profile = await ben.plain.open(`/u/${person.username}`);
  expect(profile.status).toBe(404);
  expect((await ben.plain.open('/')).text).not.toContain(body);
});

test('R11 a wrong password deletes nothing, and says so at the field', { tag: '@no-script' }, async ({ people, watch }) => {
  watch.announceStatus(422);
  const { page, person } = await people.arrive('Ana', '/settings/delete');
  await page.getByLabel('Current password', { exact: true }).fill('three loud lanterns by the pond');
  await page.getByRole('button', { name: 'Delete account' }).click();
  await expect(page.getByLabel('Current password', { exact: true })).toHaveAccessibleDescription(/Wrong password/);
  await expect(page.getByLabel('Current password', { exact: true })).toHaveValue('');
  const again = await people.signIn(person);
  expect((await again.open(`/u/${person.username}`)).status).toBe(200);
});

test('R11 logging in within the days brings everything back', async ({ people, names, mailbox }) => {
  const ana = await people.member('Ana');
  const ben = await people.member('Ben');
  const body = names.sentence('Still here');
  await publish(ana, body);
  await (await ana.plain.open('/settings/delete')).send('Delete account', { 'Current password': ana.person.password });
  await mailbox.take(ana.person.email);
  const page = await people.newPage();
  await people.open(page, '/login');
  await page.getByLabel('Username or email').fill(ana.person.username);
  await page.getByLabel('Password', { exact: true }).fill(ana.person.password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await hydrated(page);
  await expect(page.getByText(body)).toBeVisible();
  expect((await ben.plain.open('/')).text).toContain(body);
  expect((await mailbox.take(ana.person.email)).text).toContain('will not be deleted');
});

test('R11 whoever has the account open in another tab is signed out there, too', async ({ people }) => {
  const { page, person, plain } = await people.arrive('Ana');
  await (await plain.open('/settings/delete')).send('Delete account', { 'Current password': person.password });
  await new ShellPage(page).expectSignedOut();
});

test('R11 R7.2 an open chat with somebody who leaves takes no more messages', async ({ people, watch }) => {
  watch.announceStatus(404);
  const ana = await people.member('Ana');
  const ben = await people.arrive('Ben');
  await sendMessage(ana, ben.person, 'See you.');
  await people.open(ben.page, `/chat/${ana.person.username}`);
  await (await ana.plain.open('/settings/delete')).send('Delete account', { 'Current password': ana.person.password });
  const chat = new ChatPage(ben.page);
  await chat.send('Are you there?');
  await expect(ben.page.getByText('no longer available')).toBeVisible();
});
