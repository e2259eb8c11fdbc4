import { PostPage } from '../pages/post_page.ts';
import { LONGEST } from '../support/bad_input.ts';
import { expectAccessible, expectFingerSized, expectNoSidewaysScrolling } from '../support/accessibility.ts';
import { comment, publish, reply } from '../support/actions.ts';
import { expect, test } from '../support/test.ts';

const everywhere = { tag: ['@desktop', '@phone'] };

test('R6.1 an own comment is edited in its place, on all screens at once', everywhere, async ({ people, names }) => {
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const said = names.sentence('At sevn');
  await comment(ana, path, said);
  const [mine, other] = [await people.pageOf(ana, path), (await people.arrive('Ben', path)).page];
  const meant = names.sentence('At seven');
  await new PostPage(mine).comment(ana.person, said).edit(meant);
  for (const page of [mine, other]) {
    const edited = new PostPage(page).comment(ana.person, meant);
    await expect(edited.root).toBeVisible();
    await expect(edited.root.getByText('edited')).toBeVisible();
    await expect(page.getByText(said)).toHaveCount(0);
  }
  // The keyboard is back where it began.
  await expect(new PostPage(mine).comment(ana.person, meant).options).toBeFocused();
  await mine.reload();
  await expect(mine.getByText(meant)).toHaveCount(1);
});

test('R6.1 Escape leaves a comment as it was, an empty text is refused in its place', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const said = names.sentence('At seven');
  await comment(ana, path, said);
  await people.open(ana.page, path);
  const card = new PostPage(ana.page).comment(ana.person, said);
  await card.choose('Edit');
  await expect(card.editor).toBeFocused();
  for (const typed of ['', ' \n ', 'x'.repeat(LONGEST.comment + 1)]) {
    await card.editor.fill(typed);
    await card.editor.press('Control+Enter');
    await expect(card.editor).toHaveAttribute('aria-invalid', 'true');
    await expect(card.editor).toHaveValue(typed);
  }
  await card.editor.press('Escape');
  await expect(card.editor).toHaveCount(0);
  await expect(card.root).toBeVisible();
});

test('R6.1 of two windows that edit a comment the later one is told and loses nothing', async ({ people, watch, names }) => {
  watch.announceStatus(409);
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const said = names.sentence('At seven');
  await comment(ana, path, said);
  const [one, two] = [await people.pageOf(ana, path), await people.pageOf(ana, path)];
  const [sooner, later] = [names.sentence('At eight'), names.sentence('At nine')];
  const late = new PostPage(two).comment(ana.person, said);
  await late.choose('Edit');
  await late.editor.fill(later);
  await new PostPage(one).comment(ana.person, said).edit(sooner);
  // What was saved there is shown beside what is typed here.
  await expect(two.getByText(sooner)).toBeVisible();
  await late.save();
  await expect(late.editor).toHaveAccessibleDescription(/changed in another window/);
  await expect(late.editor).toHaveValue(later);
  await late.save();
  for (const page of [one, two]) await expect(new PostPage(page).comment(ana.person, later).root).toBeVisible();
});

test('R6.1 an edit of others takes neither the words nor the place from whoever is typing', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const question = names.sentence('When');
  const id = await comment(ana, path, question);
  const answer = await reply(ana, path, id, names.sentence('Or where'));
  const ben = await people.arrive('Ben', path);
  const post = new PostPage(ben.page);
  const card = post.comment(ana.person, question);
  await card.openReply();
  await card.answer.pressSequentially('half a th');
  const again = names.sentence('When and where');
  const form = await ana.plain.open(`${path}?edit=${id}`);
  await form.send('Save', { 'Edit your comment': again });
  await expect(post.comment(ana.person, again).root).toBeVisible();
  await ana.plain.request(new URL(`/c/${answer}/delete`, ana.plain.origin), {
    method: 'POST',
    body: new URLSearchParams({ back: path }),
  });
  await expect(ben.page.locator(`#c-${answer}`)).toHaveCount(0);
  await expect(card.answer).toBeFocused();
  await ben.page.keyboard.type('ought');
  await expect(card.answer).toHaveValue('half a thought');
});

test('R6.3 R6.5 a removed comment leaves its place to its replies, and goes with the last of them', everywhere, async ({ people, names }) => {
  const ana = await people.member('Ana');
  const text = names.sentence('Ask me');
  const path = await publish(ana, text);
  const ben = await people.arrive('Ben', path);
  const [question, answer] = [names.sentence('When'), names.sentence('At seven')];
  const id = await comment(ben, path, question);
  await reply(ana, path, id, answer);
  const anas = new PostPage(await people.pageOf(ana, path));
  const bens = new PostPage(ben.page);
  await bens.comment(ben.person, question).remove();
  for (const post of [anas, bens]) {
    await expect(post.removed).toHaveText('This comment was deleted.');
    await expect(post.page.getByText(question)).toHaveCount(0);
    await expect(post.comment(ana.person, answer).root).toBeVisible();
    await expect(post.post(ana.person, text).comments(1)).toBeVisible();
  }
  // Its thread goes on, and who is there is not thrown out.
  await anas.comment(ana.person, answer).reply(names.sentence('Sharp'));
  await expect(bens.post(ana.person, text).comments(2)).toBeVisible();
  await anas.comment(ana.person, 'Sharp').remove();
  await anas.comment(ana.person, answer).remove();
  for (const post of [anas, bens]) {
    await expect(post.removed).toHaveCount(0);
    await expect(post.post(ana.person, text).comments(0)).toBeVisible();
  }
});

test('R6.1 the author of a post removes any comment below it, a stranger none', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const ben = await people.member('Ben');
  const said = names.sentence('Buy my shoes');
  await comment(ben, path, said);
  const cid = await people.arrive('Cid', path);
  await expect(new PostPage(cid.page).comment(ben.person, said).options).toHaveCount(0);
  await people.open(ana.page, path);
  const card = new PostPage(ana.page).comment(ben.person, said);
  await card.options.click();
  await expect(card.root.getByRole('button', { name: 'Edit', exact: true })).toHaveCount(0);
  await ana.page.keyboard.press('Escape');
  await card.remove();
  for (const page of [ana.page, cid.page]) await expect(page.getByText(said)).toHaveCount(0);
  await expect(ana.page.getByRole('status').filter({ hasText: 'The comment is deleted.' })).toBeVisible();
  await expect(ana.page.getByRole('heading', { name: 'Comments' })).toBeFocused();
});

test('R6.1 what one was writing about something that is removed is kept', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const said = names.sentence('Half of it');
  const id = await comment(ana, path, said);
  const ben = await people.arrive('Ben', path);
  const post = new PostPage(ben.page);
  const card = post.comment(ana.person, said);
  await card.openReply();
  await card.answer.fill('a long answer');
  await ana.plain.request(new URL(`/c/${id}/delete`, ana.plain.origin), {
    method: 'POST',
    body: new URLSearchParams({ back: path }),
  });
  await expect(post.composer).toHaveValue('a long answer');
  await expect(post.composer).toHaveAccessibleDescription(/deleted/);
});

test('R6.1 R6.3 comments are edited and removed without JavaScript', { tag: '@no-script' }, async ({ people, watch, names }) => {
  watch.announceStatus(422);
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const said = names.sentence('At sevn');
  await comment(ana, path, said);
  const page = await people.pageOf(ana, path);
  const post = new PostPage(page);
  const card = post.comment(ana.person, said);
  await card.choose('Edit');
  await card.editor.fill('   ');
  await card.save();
  await expect(card.editor).toHaveAttribute('aria-invalid', 'true');
  const meant = names.sentence('At seven');
  await card.editor.fill(meant);
  await card.save();
  const edited = post.comment(ana.person, meant);
  await expect(edited.root.getByText('edited')).toBeVisible();
  await edited.reply(names.sentence('Sharp'));
  await edited.choose('Delete');
  await edited.root.getByRole('link', { name: 'Cancel' }).click();
  await edited.choose('Delete');
  await page.locator('form').filter({ hasText: 'Delete this comment?' }).getByRole('button', { name: 'Delete' }).click();
  await expect(post.removed).toBeVisible();
  await expect(post.comment(ana.person, 'Sharp').root).toBeVisible();
});

test('R6.1 the form and the menu of a comment fit every screen and every reader', everywhere, async ({ people, names }, info) => {
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const id = await comment(ana, path, names.sentence('At seven'));
  await reply(ana, path, id, names.sentence('Sharp'));
  for (const query of ['', `?reply=${id}`, `?edit=${id}`, `?delete=${id}`]) {
    const page = await people.pageOf(ana, path + query);
    await expectAccessible(page);
    await expectNoSidewaysScrolling(page);
    if (info.project.name === 'phone') await expectFingerSized(page);
  }
});
