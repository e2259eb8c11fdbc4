import { FeedPage } from '../pages/feed_page.ts';
import { PostPage } from '../pages/post_page.ts';
import { EMPTY_TEXTS, HOSTILE_TEXTS, LONGEST, STACKED_MARKS } from '../support/bad_input.ts';
import { publish } from '../support/actions.ts';
import { expect, test } from '../support/test.ts';

test('R5.1 R5.2 a post appears at once for its author and on the home page of others', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const text = names.sentence('The choir meets at seven');
  const feed = new FeedPage(ana.page);
  await feed.publish(text);
  await expect(feed.post(ana.person, text).root).toBeVisible();
  await expect(feed.composer).toHaveValue('');
  await ana.page.reload();
  await expect(feed.post(ana.person, text).root).toHaveCount(1);

  const ben = await people.arrive('Ben');
  await expect(new FeedPage(ben.page).post(ana.person, text).root).toHaveCount(1);
});

test('R5.1 a double click publishes once', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const text = names.sentence('Only once');
  const feed = new FeedPage(ana.page);
  await feed.composer.fill(text);
  await feed.postButton.dblclick();
  await expect(feed.post(ana.person, text).root).toBeVisible();
  await ana.page.reload();
  await expect(ana.page.getByRole('article').filter({ hasText: text })).toHaveCount(1);
});

test('R5.1 a post that arrives while the page is on its way stands there', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const [mine, theirs] = [names.sentence('Just in time'), names.sentence('Not mine')];
  const ben = await people.member('Ben');
  // The page was made before the post was there, and comes to life after it.
  await ana.page.route(/\/kith_bg\.wasm$/, async (route) => {
    await publish(ana, mine);
    await publish(ben, theirs);
    await route.continue();
  });
  await ana.page.reload();
  const feed = new FeedPage(ana.page);
  await expect(feed.post(ana.person, mine).root).toBeVisible();
  await expect(feed.newPostsButton(1)).toBeVisible();
  await feed.newPostsButton(1).click();
  await expect(ana.page.getByRole('article').filter({ hasText: theirs })).toHaveCount(1);
});

test('R5.1 an empty post is refused at the field', async ({ people, watch }) => {
  watch.announceStatus(422);
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  for (const typed of EMPTY_TEXTS) {
    await feed.composer.fill(typed);
    await feed.postButton.click();
    await expect(feed.composer).toHaveAttribute('aria-invalid', 'true');
    await expect(feed.composer).toHaveAccessibleDescription(/\w/);
  }
  await expect(ana.page.getByRole('article', { name: ana.person.fullName })).toHaveCount(0);
});

test('R5.1 the longest post fits, one character more is refused and stays typed', async ({ people, watch, names }) => {
  watch.announceStatus(422);
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  const begin = names.sentence('Long');
  const fits = begin.padEnd(LONGEST.post, ' long');
  const tooLong = `${fits}g`.padEnd(LONGEST.post + 1, 'g');
  await feed.composer.fill(tooLong);
  await feed.postButton.click();
  await expect(feed.composer).toHaveAttribute('aria-invalid', 'true');
  await expect(feed.composer).toHaveAccessibleDescription(/5[,.\s]?000/);
  await expect(feed.composer).toHaveValue(tooLong);
  await feed.composer.fill(fits);
  await feed.postButton.click();
  await expect(feed.post(ana.person, begin).root).toBeVisible();
});

test('R5.1 a letter under a pile of marks is refused', async ({ people, watch }) => {
  watch.announceStatus(422);
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  await feed.publish(STACKED_MARKS);
  await expect(feed.composer).toHaveAttribute('aria-invalid', 'true');
  await expect(feed.composer).toHaveValue(STACKED_MARKS);
});

test('R5.1 a refused post answers 422 with the text still in the form', async ({ people }) => {
  const ana = await people.member('Ana');
  const tooLong = HOSTILE_TEXTS.join('\n').padEnd(LONGEST.post + 1, ' x');
  const form = await ana.plain.open('/');
  const again = await form.send('Post', { 'Share your thoughts': tooLong });
  expect(again.answer).toBe(422);
  expect(again.isInvalid('Share your thoughts')).toBe(true);
  expect(again.value('Share your thoughts').replaceAll('\r\n', '\n')).toBe(tooLong);
});

test('R5.1 what looks like code is text', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  for (const hostile of HOSTILE_TEXTS) {
    const text = `${names.sentence('Look')} ${hostile}`;
    await feed.publish(text);
    await expect(feed.post(ana.person, text).root).toContainText(text);
    await ana.page.reload();
    await expect(feed.post(ana.person, text).root).toContainText(text);
    await expect(ana.page).not.toHaveTitle(/broken/);
  }
});

test('R5.1 characters that would turn the text around them are gone', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  const text = names.sentence('left');
  await feed.publish(`\u202e${text}\u2066 \u05e9\u05dc\u05d5\u05dd`);
  await expect(feed.post(ana.person, `${text} \u05e9\u05dc\u05d5\u05dd`).root).toBeVisible();
  await expect(ana.page.getByRole('main')).not.toContainText(/[\u202a-\u202e\u2066-\u2069]/);
});

test('R5.2 a post has a page of its own, with its time', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const text = names.sentence('On its own');
  const path = await publish(ana, text);
  const ben = await people.arrive('Ben', path);
  const post = new PostPage(ben.page).post(ana.person, text);
  await expect(post.root).toBeVisible();
  const written = Date.parse((await post.time.getAttribute('datetime')) ?? '');
  expect(Math.abs(Date.now() - written)).toBeLessThan(60_000);
});

test('N2 a post that is not there answers 404, and nobody reads one without signing in', async ({ people, kith, names }) => {
  const ana = await people.member('Ana');
  const text = names.sentence('For members');
  const path = await publish(ana, text);
  for (const unknown of ['/p/00000000-0000-7000-8000-000000000000', '/p/nonsense', '/p/1', `${path}0`, `/p/${ana.person.username}`]) {
    expect((await ana.plain.open(unknown)).status, unknown).toBe(404);
  }
  const stranger = await fetch(`${kith.url}${path}`);
  expect(await stranger.text()).not.toContain(text);
});
