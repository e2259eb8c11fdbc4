import { PostPage } from '../pages/post_page.ts';
import { comment, publish, reply } from '../support/actions.ts';
import { type Member } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** As many comments as it takes for a second piece; answers their ids. */
async function manyComments(members: readonly Member[], path: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    ids.push(await comment(members[number % members.length] as Member, path, `comment number ${number}.`));
  }
  return ids;
}

test('R6.1 many comments come in pieces, and one of their own stays in sight', async ({ people, names }) => {
  const [ana, ben] = [await people.member('Ana'), await people.arrive('Ben')];
  const path = await publish(ana, names.sentence('Ask me'));
  await manyComments([ana, ben], path, 25);
  await people.open(ben.page, path);
  const post = new PostPage(ben.page);
  await expect(ben.page.getByText('comment number 19.')).toBeVisible();
  await expect(ben.page.getByText('comment number 20.')).toHaveCount(0);
  // What others say behind the gap waits there; what one says oneself is shown.
  await comment(ana, path, 'by somebody else');
  await post.write('by myself');
  await expect(post.comment(ben.person, 'by myself').root).toBeVisible();
  await expect(ben.page.getByText('by somebody else')).toHaveCount(0);
  await post.more.click();
  await expect(post.more).toHaveCount(0);
  const texts = await ben.page.locator('.comment-list .comment-body').allInnerTexts();
  const expected = Array.from({ length: 25 }, (_, number) => `comment number ${number}.`);
  expect(texts).toEqual([...expected, 'by somebody else', 'by myself']);
});

test('R6.1 many comments are read without JavaScript', { tag: '@no-script' }, async ({ people, names }) => {
  const [ana, ben] = [await people.member('Ana'), await people.member('Ben')];
  const path = await publish(ana, names.sentence('Ask me'));
  const ids = await manyComments([ana, ben], path, 25);
  for (let number = 0; number < 7; number += 1) await reply(ana, path, ids[24] as string, `reply number ${number}.`);
  const page = await people.pageOf(ana, path);
  const post = new PostPage(page);
  await post.more.click();
  await expect(page.getByText('comment number 24.')).toBeVisible();
  await expect(page.getByText('comment number 19.')).toHaveCount(0);
  await expect(page.getByText('reply number 5.')).toHaveCount(0);
  await post.moreReplies.click();
  await expect(page.getByText('reply number 6.')).toBeVisible();
  await post.earlier.click();
  await expect(page.getByText('comment number 4.')).toBeVisible();
});

test('R6.3 a long thread shows its first replies, and the rest on demand', async ({ people, names }) => {
  const [ana, ben] = [await people.member('Ana'), await people.arrive('Ben')];
  const path = await publish(ana, names.sentence('Ask me'));
  const id = await comment(ana, path, 'a long story');
  for (let number = 0; number < 8; number += 1) await reply(ana, path, id, `reply number ${number}.`);
  await people.open(ben.page, path);
  const post = new PostPage(ben.page);
  await expect(ben.page.getByText('reply number 4.')).toBeVisible();
  await expect(ben.page.getByText('reply number 5.')).toHaveCount(0);
  await post.moreReplies.click();
  await expect(ben.page.getByText('reply number 7.')).toBeVisible();
  await expect(post.moreReplies).toHaveCount(0);
});

test('R6.1 the address of a comment leads to it, and marks it', async ({ people, names }) => {
  const [ana, ben] = [await people.member('Ana'), await people.arrive('Ben')];
  const path = await publish(ana, names.sentence('Ask me'));
  const ids = await manyComments([ana, ben], path, 24);
  // On the page already, behind what was loaded at first, and asked of the server.
  for (const address of [`${path}#c-${ids[12]}`, `${path}#c-${ids[22]}`, `${path}?comment=${ids[23]}`]) {
    await ben.page.goto('about:blank');
    await people.open(ben.page, address);
    const wanted = ben.page.locator(`#c-${address.slice(-36)}`);
    await expect(wanted).toBeInViewport();
    await expect(wanted).toHaveAttribute('data-marked', /.*/);
    await expect(wanted).toBeFocused();
  }
  await expect(new PostPage(ben.page).earlier).toBeVisible();
});

test('R6.1 the time of a comment is its address', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const [one, two] = [await comment(ana, path, 'one'), await comment(ana, path, 'two')];
  await people.open(ana.page, path);
  for (const [id, text] of [[one, 'one'], [two, 'two']] as const) {
    await new PostPage(ana.page).comment(ana.person, text).time.click();
    await expect(ana.page).toHaveURL(`${path}#c-${id}`);
    await expect(ana.page.locator('[data-marked]')).toHaveAttribute('id', `c-${id}`);
  }
});

test('R6.1 the address of a comment that is gone leads to the others', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const id = await comment(ana, path, 'soon gone');
  await comment(ana, path, 'still here');
  await ana.plain.request(new URL(`/c/${id}/delete`, ana.plain.origin), { method: 'POST', body: new URLSearchParams({ back: path }) });
  const page = await people.pageOf(ana, `${path}#c-${id}`);
  await expect(page.getByRole('status').filter({ hasText: "This comment no longer exists" })).toBeVisible();
  await expect(page.getByText('still here')).toBeVisible();
});

test('R6.1 R6.3 a comment is there at once, and goes out later when it cannot be stored', async ({ people, watch, names }) => {
  watch.announceOutage();
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const question = names.sentence('When');
  await comment(ana, path, question);
  const ben = await people.arrive('Ben', path);
  const post = new PostPage(ben.page);
  let fail: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (fail = resolve));
  await ben.page.route('**/api/app/comment/api/write', async (route) => {
    await held;
    await route.abort();
  });
  const [said, answer] = [names.sentence('First'), names.sentence('At seven')];
  await post.composer.fill(said);
  await post.composer.press('Control+Enter');
  await post.comment(ana.person, question).reply(answer);
  for (const text of [said, answer]) await expect(post.comment(ben.person, text).root).toContainText('Sending');
  await expect(post.composer).toHaveValue('');
  await post.composer.fill('and what is typed meanwhile');
  fail();
  for (const text of [said, answer]) await expect(post.comment(ben.person, text).root).toContainText('Not sent yet');
  await ben.page.unroute('**/api/app/comment/api/write');
  for (const text of [said, answer]) await expect(post.comment(ben.person, text).root.getByRole('button', { name: 'Reply' })).toBeVisible();
  await expect(post.composer).toHaveValue('and what is typed meanwhile');
});

test('R6.1 R6.5 what was edited, removed and written during a break is there after it', async ({ people, cuttableProxy, names, kith, watch }) => {
  watch.announceOutage();
  const ana = await people.member('Ana');
  const text = names.sentence('Ask me');
  const path = await publish(ana, text);
  const edited = await comment(ana, path, 'before the edit');
  const gone = await comment(ana, path, 'soon gone');
  const ben = await people.arrive('Ben', path, { proxy: cuttableProxy.settings });
  await expect(ben.page.getByText('soon gone')).toBeVisible();
  await cuttableProxy.cut();
  const form = await ana.plain.open(`${path}?edit=${edited}`);
  await form.send('Save', { 'Edit your comment': 'after the edit' });
  await ana.plain.request(new URL(`/c/${gone}/delete`, kith.url), { method: 'POST', body: new URLSearchParams({ back: path }) });
  await comment(ana, path, 'newly written');
  await cuttableProxy.restore();
  await expect(ben.page.getByText('after the edit')).toBeVisible();
  await expect(ben.page.getByText('newly written')).toBeVisible();
  await expect(ben.page.getByText('soon gone')).toHaveCount(0);
  await expect(new PostPage(ben.page).post(ana.person, text).comments(2)).toBeVisible();
});
