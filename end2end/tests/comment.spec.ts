import { PostPage } from '../pages/post_page.ts';
import { EMPTY_TEXTS, HOSTILE_TEXTS, LONGEST, STACKED_MARKS } from '../support/bad_input.ts';
import { hydrated } from '../support/console.ts';
import { comment, publish } from '../support/actions.ts';
import { expect, test } from '../support/test.ts';

test('R5.3 R6.1 R6.2 own and other posts can be commented on', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const own = await publish(ana, names.sentence('Mine'));
  const other = await publish(await people.member('Ben'), names.sentence('Yours'));
  for (const path of [own, other]) {
    const text = names.sentence('I think');
    const post = new PostPage(ana.page);
    await people.open(ana.page, path);
    await post.write(text);
    await expect(post.comment(ana.person, text).root).toBeVisible();
    await expect(post.comment(ana.person, text).time).toBeVisible();
    await expect(post.composer).toHaveValue('');
    await ana.page.reload();
    await expect(ana.page.getByText(text, { exact: true })).toHaveCount(1);
  }
});

test('R6.3 comments and replies to them can be answered', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const question = names.sentence('When?');
  await comment(ana, path, question);
  const ben = await people.arrive('Ben', path);
  const post = new PostPage(ben.page);
  const first = names.sentence('At seven');
  const second = names.sentence('Sharp');
  await post.comment(ana.person, question).reply(first);
  await expect(post.comment(ben.person, first).root).toBeVisible();
  await post.comment(ben.person, first).reply(second);
  await expect(post.comment(ben.person, second).root).toBeVisible();
  await ben.page.reload();
  for (const text of [question, first, second]) await expect(ben.page.getByText(text)).toHaveCount(1);
});

test('R6.5 the total of comments and replies stands on the post and moves by itself', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const text = names.sentence('Count');
  const path = await publish(ana, text);
  const ben = await people.arrive('Ben', path);
  const post = new PostPage(ben.page);
  const question = names.sentence('One');
  await comment(ana, path, question);
  await expect(post.comment(ana.person, question).root).toBeVisible();
  await expect(post.post(ana.person, text).comments(1)).toBeVisible();
  await post.comment(ana.person, question).reply(names.sentence('Two'));
  await expect(post.post(ana.person, text).comments(2)).toBeVisible();
});

test('R6.1 an empty, too long or unreadable comment is refused at the field and stays typed', async ({ people, watch, names }) => {
  watch.announceStatus(422);
  const ana = await people.member('Ana');
  const ben = await people.arrive('Ben', await publish(ana, names.sentence('Ask me')));
  const post = new PostPage(ben.page);
  for (const typed of [...EMPTY_TEXTS, 'x'.repeat(LONGEST.comment + 1), STACKED_MARKS]) {
    await post.write(typed);
    await expect(post.composer).toHaveAttribute('aria-invalid', 'true');
    await expect(post.composer).toHaveAccessibleDescription(/\w/);
    await expect(post.composer).toHaveValue(typed);
  }
  await expect(ben.page.getByRole('article', { name: ben.person.fullName })).toHaveCount(0);
  await post.write('x'.repeat(LONGEST.comment));
  await expect(ben.page.getByRole('article', { name: ben.person.fullName })).toHaveCount(1);
});

test('R6.1 a refused comment answers 422 with the text still in the form', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const tooLong = 'x'.repeat(LONGEST.comment + 1);
  const again = await (await ana.plain.open(path)).send('Comment', { 'Write a comment': tooLong });
  expect(again.answer).toBe(422);
  expect(again.isInvalid('Write a comment')).toBe(true);
  expect(again.value('Write a comment')).toBe(tooLong);
});

test('R6.1 what looks like code is text', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const ben = await people.arrive('Ben', await publish(ana, names.sentence('Ask me')));
  const post = new PostPage(ben.page);
  for (const hostile of HOSTILE_TEXTS) {
    await post.write(hostile);
    await expect(post.comment(ben.person, hostile).root).toBeVisible();
  }
  await ben.page.reload();
  for (const hostile of HOSTILE_TEXTS) await expect(post.comment(ben.person, hostile).root).toBeVisible();
  await expect(ben.page).not.toHaveTitle(/broken/);
});

test('R6.1 R6.3 half a comment and half a reply survive a reload', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const path = await publish(ana, names.sentence('Ask me'));
  const question = names.sentence('When?');
  await comment(ana, path, question);
  const ben = await people.arrive('Ben', path);
  const post = new PostPage(ben.page);
  const [half, answer] = [names.sentence('I was about to'), names.sentence('At sev')];
  await post.composer.fill(half);
  await post.comment(ana.person, question).openReply();
  await post.comment(ana.person, question).answer.fill(answer);
  await ben.page.reload();
  await hydrated(ben.page);
  await expect(post.composer).toHaveValue(half);
  await post.comment(ana.person, question).openReply();
  await expect(post.comment(ana.person, question).answer).toHaveValue(answer);
  await post.commentButton.click();
  await expect(post.comment(ben.person, half).time).toBeVisible();
  await ben.page.reload();
  await hydrated(ben.page);
  await expect(post.composer).toHaveValue('');
  await expect(ben.page.getByText(half)).toHaveCount(1);
});

test('R6.1 a comment whose answer gets lost is written once, however often it is sent', async ({ people, names, watch }) => {
  watch.announceOutage();
  const ana = await people.arrive('Ana');
  const path = await publish(ana, names.sentence('Say something'));
  // Nor does the socket tell of it.
  await ana.page.routeWebSocket(/\/live\?/, () => {});
  await people.open(ana.page, path);
  const post = new PostPage(ana.page);
  const text = names.sentence('Only once');
  await ana.page.route('**/comment/api/write', async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 2 });
  await post.write(text);
  await expect(post.comment(ana.person, text).root).toContainText('Not sent yet');
  await expect(post.comment(ana.person, text).time).toBeVisible();
  await expect(post.composer).toHaveValue('');
  await ana.page.reload();
  await expect(ana.page.getByText(text)).toHaveCount(1);
});

test('R6.1 a comment goes out after one has left the page', async ({ people, names, watch }) => {
  watch.announceOutage();
  const ana = await people.arrive('Ana');
  const path = await publish(ana, names.sentence('Say something'));
  await people.open(ana.page, path);
  let fail = () => {};
  const failed = new Promise<void>((resolve) => (fail = resolve));
  await ana.page.route('**/comment/api/write', async (route) => {
    await failed;
    await route.abort();
  }, { times: 1 });
  const post = new PostPage(ana.page);
  const text = names.sentence('Not lost');
  await post.write(text);
  await ana.page.getByRole('link', { name: 'Home' }).first().click();
  await expect(ana.page).toHaveURL('/');
  fail();
  await expect(ana.page.getByRole('status').filter({ hasText: 'Offline. 1 thing will be sent.' })).toBeVisible();
  await ana.page.goBack();
  await expect(post.comment(ana.person, text).time).toBeVisible();
  await expect(ana.page.getByText(text)).toHaveCount(1);
});
