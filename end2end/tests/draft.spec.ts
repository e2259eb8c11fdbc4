import { type Page } from '@playwright/test';
import { ChatPage } from '../pages/chat_page.ts';
import { FeedPage } from '../pages/feed_page.ts';
import { EditorPage, PostPage } from '../pages/post_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { expectAccessible, expectNoSidewaysScrolling } from '../support/accessibility.ts';
import { hydrated } from '../support/console.ts';
import { comment, edit, publish } from '../support/actions.ts';
import { type Names } from '../support/names.ts';
import { type People, type Present } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const everywhere = { tag: ['@desktop', '@phone'] };

test('R5.1 what one tab types and deletes empties no other one', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const two = await ana.page.context().newPage();
  await people.open(two, '/');
  const [first, second] = [new FeedPage(ana.page), new FeedPage(two)];
  const text = names.sentence('A long thought');
  await first.composer.fill(text);
  await second.composer.fill('x');
  await second.composer.fill('');
  await ana.page.reload();
  await hydrated(ana.page);
  await expect(first.composer).toHaveValue(text);
  // And each keeps its own.
  const other = names.sentence('Another thought');
  await second.composer.fill(other);
  for (const [page, feed, kept] of [[ana.page, first, text], [two, second, other]] as const) {
    await page.reload();
    await hydrated(page);
    await expect(feed.composer).toHaveValue(kept);
  }
});

test('R6.1 a comment that is being edited survives a reload and Escape', everywhere, async ({ people, names }) => {
  const { ana, card, said } = await commented(people, names);
  const better = names.sentence('At seven');
  await card.choose('Edit');
  await card.editor.fill(better);
  await ana.page.reload();
  await hydrated(ana.page);
  await expectAccessible(ana.page);
  await expectNoSidewaysScrolling(ana.page);
  await unsavedChanges(ana.page).click();
  await expect(card.editor).toHaveValue(better);
  await card.editor.press('Escape');
  await expect(card.editor).toHaveCount(0);
  await expect(card.root).toBeVisible();
  await card.choose('Edit');
  await expect(card.editor).toHaveValue(better);
  await ana.page.getByRole('link', { name: 'Discard changes' }).click();
  await expect(unsavedChanges(ana.page)).toHaveCount(0);
  await card.choose('Edit');
  await expect(card.editor).toHaveValue(said);
  await card.editor.fill(better);
  await card.save();
  await expect(new PostPage(ana.page).comment(ana.person, better).root).toBeVisible();
  await ana.page.reload();
  await hydrated(ana.page);
  await expect(unsavedChanges(ana.page)).toHaveCount(0);
});

test('R6.1 an edit that its session did not outlive is there after the next log-in', async ({ people, names }) => {
  const { ana, card } = await commented(people, names);
  const better = names.sentence('At seven');
  await card.choose('Edit');
  await card.editor.fill(better);
  const url = ana.page.url();
  const tab = await ana.page.context().newPage();
  await people.open(tab, '/chat');
  await logOut(tab, 'Keep and log out');
  await new ShellPage(ana.page).expectSignedOut();
  await logIn(ana);
  await people.open(ana.page, url);
  await unsavedChanges(ana.page).click();
  await expect(card.editor).toHaveValue(better);
});

test('R5.4 an edit that was begun before another one is kept, and says so', async ({ people, names, watch }) => {
  watch.announceStatus(409);
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('One'));
  const page = await people.pageOf(ana, `${path}/edit`);
  const [half, other] = [names.sentence('Half'), names.sentence('Meanwhile')];
  await new EditorPage(page).text.fill(half);
  await edit(ana, path, other);
  await people.open(page, `${path}/edit`);
  await expect(new EditorPage(page).text).toHaveValue(half);
  await new EditorPage(page).save.click();
  await expect(page.getByText('Changed in another window', { exact: true })).toBeVisible();
  await expect(page.getByRole('blockquote')).toContainText(other);
});

test('R1.4 whoever logs out is asked about what they were writing in another tab, and may keep it', everywhere, async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const text = names.sentence('Not finished');
  await new FeedPage(ana.page).composer.fill(text);
  const tab = await ana.page.context().newPage();
  await people.open(tab, '/chat');
  const dialog = await askToLogOut(tab);
  await expectAccessible(tab);
  await expectNoSidewaysScrolling(tab);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await new ShellPage(tab).expectSignedIn();
  await logOut(tab, 'Keep and log out');
  for (const page of [tab, ana.page]) await new ShellPage(page).expectSignedOut();
  await logIn(ana);
  await expect(new FeedPage(ana.page).composer).toHaveValue(text);
});

test('R1.4 whoever deletes it leaves nothing typed behind', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ChatPage.path(ben.person));
  await new ChatPage(ana.page).composer.fill('for nobody else');
  const kept = () => ana.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  await expect.poll(kept).toContain('for nobody else');
  await logOut(ana.page, 'Delete and log out');
  await new ShellPage(ana.page).expectSignedOut();
  expect(await kept()).not.toContain('for nobody else');
});

test('R1.4 whoever has nothing unsent logs out without a question', async ({ people }) => {
  const ana = await people.arrive('Ana');
  await new FeedPage(ana.page).composer.fill('typed');
  await new FeedPage(ana.page).composer.fill('');
  await new ShellPage(ana.page).logOut();
  await new ShellPage(ana.page).expectSignedOut();
});

/** Somebody in front of an own comment. */
async function commented(people: People, names: Names) {
  const ana = await people.arrive('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const said = names.sentence('At sevn');
  await comment(ana, path, said);
  await people.open(ana.page, path);
  return { ana, said, card: new PostPage(ana.page).comment(ana.person, said) };
}

function unsavedChanges(page: Page) {
  return page.getByRole('button', { name: 'Unsaved changes' });
}

async function askToLogOut(page: Page) {
  await new ShellPage(page).logOut();
  const dialog = page.getByRole('dialog', { name: 'You have unsent drafts' });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function logOut(page: Page, answer: string): Promise<void> {
  await (await askToLogOut(page)).getByRole('button', { name: answer }).click();
}

async function logIn({ page, person }: Present): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('Username or email').fill(person.username);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await new ShellPage(page).expectSignedIn();
  await hydrated(page);
}
