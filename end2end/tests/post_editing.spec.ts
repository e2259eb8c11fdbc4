import { FeedPage } from '../pages/feed_page.ts';
import { EditorPage, PostPage } from '../pages/post_page.ts';
import { publish, remove } from '../support/actions.ts';
import { BLUE, RED } from '../support/pictures.ts';
import { expectNoReload } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

const everywhere = { tag: ['@desktop', '@phone'] };

test('R5.4 F6 an author edits a post, everybody sees it at once, and what it said before', everywhere, async ({ people, names }) => {
  const ana = await people.member('Ana');
  const [before, after] = [names.sentence('Frist light'), names.sentence('First light')];
  const path = await publish(ana, before);
  const page = await people.pageOf(ana, path);
  const ben = await people.arrive('Ben', path);
  const same = await expectNoReload(ben.page);

  await new PostPage(page).post(ana.person, before).choose('Edit');
  const editor = new EditorPage(page);
  await expect(editor.text).toHaveValue(before);
  await editor.text.fill(after);
  await editor.addImages.setInputFiles([RED]);
  await editor.save.click();
  await expect(page).toHaveURL(path);

  const seen = new PostPage(ben.page).post(ana.person, after);
  await expect(seen.root).toContainText('edited');
  await expect(seen.root.getByRole('link', { name: 'Picture' })).toBeVisible();
  await same();
  await seen.root.getByRole('link', { name: 'edited' }).click();
  await expect(ben.page.getByRole('heading', { name: 'Earlier versions' })).toBeVisible();
  await expect(ben.page.getByText(before)).toBeVisible();
});

test('R5.4 pictures are taken off and described anew', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  const text = names.sentence('Two pictures');
  await feed.composer.fill(text);
  await feed.addImages.setInputFiles([RED, BLUE]);
  await feed.postButton.click();
  const post = feed.post(ana.person, text);
  await expect(post.root.getByRole('link', { name: /^Picture/ })).toHaveCount(2);
  await post.choose('Edit');
  const editor = new EditorPage(ana.page);
  await ana.page.getByRole('button', { name: 'Remove picture 1' }).click();
  await ana.page.getByRole('textbox', { name: 'Describe this picture' }).fill('a blue field');
  await editor.save.click();
  const edited = new PostPage(ana.page).post(ana.person, text).root;
  await expect(edited.getByRole('img', { name: 'a blue field' })).toHaveCount(1);
  await expect(edited.getByRole('link', { name: /^Picture/ })).toHaveCount(0);
});

test('R5.4 the later of two windows is told, and loses nothing', async ({ people, names, watch }) => {
  watch.announceStatus(409);
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('One'));
  const [first, second] = [await people.pageOf(ana, `${path}/edit`), await people.pageOf(ana, `${path}/edit`)];
  const [quick, late] = [names.sentence('Quick'), names.sentence('Late')];
  await new EditorPage(first).text.fill(quick);
  await new EditorPage(first).save.click();
  await expect(first).toHaveURL(path);

  const editor = new EditorPage(second);
  await editor.text.fill(late);
  await editor.save.click();
  await expect(second.getByText('Changed in another window', { exact: true })).toBeVisible();
  await expect(second.getByText(quick)).toBeVisible();
  await expect(editor.text).toHaveValue(late);
  await editor.save.click();
  await expect(second).toHaveURL(path);
  await expect(new PostPage(second).post(ana.person, late).root).toBeVisible();
});

test('R5.4 a half-finished edit survives a reload', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('One'));
  const page = await people.pageOf(ana, `${path}/edit`);
  const half = names.sentence('Half');
  await new EditorPage(page).text.fill(half);
  await people.open(page, `${path}/edit`);
  await expect(new EditorPage(page).text).toHaveValue(half);
});

test('R5.4 F6 an author deletes a post, it leaves every screen, and can be brought back', everywhere, async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  const text = names.sentence('Oops');
  await feed.publish(text);
  const post = feed.post(ana.person, text);
  await expect(post.like).toBeVisible();
  const ben = await people.arrive('Ben');
  const seen = new FeedPage(ben.page).post(ana.person, text).root;
  await expect(seen).toBeVisible();

  await post.choose('Delete');
  const dialog = ana.page.getByRole('dialog', { name: 'Delete this post?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(post.root).toBeVisible();
  await post.choose('Delete');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(post.root).toHaveCount(0);
  await expect(seen).toHaveCount(0);

  await ana.page.getByRole('button', { name: 'Undo' }).click();
  await expect(post.root).toBeVisible();
  await people.open(ben.page, '/');
  await expect(seen).toBeVisible();
});

test('R5.4 somebody who reads a post is told when it is deleted', async ({ people, names, watch }) => {
  // The page may just be looking for new comments.
  watch.announceStatus(404);
  const ana = await people.member('Ana');
  const text = names.sentence('Oops');
  const path = await publish(ana, text);
  const ben = await people.arrive('Ben', path);
  await remove(ana, path);
  await expect(ben.page.getByText('This post is no longer available')).toBeVisible();
});

test('R5.4 nobody else finds the way to edit or delete', async ({ people, names, watch }) => {
  watch.announceStatus(404);
  const ana = await people.member('Ana');
  const text = names.sentence('Mine');
  const path = await publish(ana, text);
  const ben = await people.arrive('Ben', path);
  await expect(new PostPage(ben.page).post(ana.person, text).options).toHaveCount(0);
  const edit = await ben.plain.open(`${path}/edit`);
  expect(edit.text).not.toContain(text);
  expect((await (await ben.plain.open(`${path}/delete`)).send('Delete')).status).toBe(404);
  await people.open(ben.page, path);
  await expect(new PostPage(ben.page).post(ana.person, text).root).toBeVisible();
});

test('R5.4 edit, delete and bring back', { tag: '@no-script' }, async ({ page, people, names }) => {
  const ana = await people.member('Ana');
  await page.context().addCookies(ana.plain.cookies);
  const [before, after] = [names.sentence('Frist'), names.sentence('First')];
  const path = await publish(ana, before);
  await page.goto(path);
  await new PostPage(page).post(ana.person, before).choose('Edit');
  const editor = new EditorPage(page);
  await editor.text.fill(after);
  await editor.addImages.setInputFiles([RED]);
  await editor.save.click();
  const post = new PostPage(page).post(ana.person, after);
  await expect(post.root.getByRole('link', { name: 'Picture' })).toBeVisible();

  await post.choose('Edit');
  await page.getByRole('textbox', { name: 'Describe this picture' }).fill('a red field');
  await editor.save.click();
  await expect(post.root.getByRole('img', { name: 'a red field' })).toHaveCount(1);
  await post.choose('Edit');
  await page.getByRole('checkbox', { name: 'Remove' }).check();
  await editor.save.click();
  await expect(post.root.getByRole('img', { name: 'a red field' })).toHaveCount(0);

  await post.choose('Delete');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Your post is deleted.')).toBeVisible();
  await expect(page.getByText(after)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(post.root).toBeVisible();
});

test('R5.4 whoever leaves while an edit is being saved stays where they went, and it is saved', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const [before, after] = [names.sentence('Frist'), names.sentence('First')];
  const path = await publish(ana, before);
  const page = await people.pageOf(ana, `${path}/edit`);
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/post/api/edit', async (route) => {
    await answered;
    await route.continue();
  });
  const editor = new EditorPage(page);
  await editor.text.fill(after);
  await editor.save.click();
  await page.getByRole('link', { name: 'Home' }).first().click();
  await expect(new FeedPage(page).composer).toBeVisible();
  const saved = page.waitForResponse('**/post/api/edit');
  answer();
  await saved;
  await expect(page).toHaveURL('/');
  await people.open(page, '/');
  await expect(new PostPage(page).post(ana.person, after).root).toBeVisible();
  await page.getByRole('link', { name: 'Chat' }).first().click();
  await expect(page).toHaveURL('/chat');
});

test('R5.4 a deleted post is not met again on the way back', async ({ people, names, watch }) => {
  watch.announceStatus(404);
  const ana = await people.member('Ana');
  const [kept, text] = [names.sentence('Kept'), names.sentence('Deleted')];
  for (const one of [kept, text]) await publish(ana, one);
  const page = await people.pageOf(ana, `/u/${ana.person.username}`);
  await new PostPage(page).post(ana.person, text).time.click();
  await expect(page).toHaveURL(/\/p\//);
  await new PostPage(page).post(ana.person, text).choose('Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL('/');
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(/\/u\//);
  await expect(new PostPage(page).post(ana.person, kept).root).toBeVisible();
  await expect(new PostPage(page).post(ana.person, text).root).toHaveCount(0);
});
