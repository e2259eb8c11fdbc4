import { FeedPage } from '../pages/feed_page.ts';
import { hydrated } from '../support/console.ts';
import { follow, publish } from '../support/actions.ts';
import { expectNoReload } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

test('R5.2 "Following" holds the posts of those one follows and one\'s own, "Everyone" all', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const carl = await people.member('Carl');
  const texts = { ana: names.sentence('Ana'), ben: names.sentence('Ben'), carl: names.sentence('Carl') };
  await publish(ana, texts.ana);
  await publish(ben, texts.ben);
  await publish(carl, texts.carl);
  await follow(ana, ben.person);
  await people.open(ana.page, '/');
  const feed = new FeedPage(ana.page);
  await expect(feed.tab('Everyone')).toHaveAttribute('aria-selected', 'true');
  for (const text of Object.values(texts)) await expect(ana.page.getByText(text)).toBeVisible();

  await feed.tab('Following').click();
  await expect(feed.tab('Following')).toHaveAttribute('aria-selected', 'true');
  await expect(ana.page.getByText(texts.ben)).toBeVisible();
  await expect(ana.page.getByText(texts.ana)).toBeVisible();
  await expect(ana.page.getByText(texts.carl)).toHaveCount(0);

  await feed.tab('Everyone').click();
  await expect(ana.page.getByText(texts.carl)).toBeVisible();
});

test('R5.2 a tab has an address, so a reload and the way back keep it', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  await publish(ana, names.sentence('Ana'));
  await feed.tab('Following').click();
  await expect(feed.tab('Following')).toHaveAttribute('aria-selected', 'true');
  await ana.page.reload();
  await hydrated(ana.page);
  await expect(feed.tab('Following')).toHaveAttribute('aria-selected', 'true');
  await ana.page.goBack();
  await expect(feed.tab('Everyone')).toHaveAttribute('aria-selected', 'true');
});

test('R5.2 new posts wait behind a button that counts them, newest first once opened', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const feed = new FeedPage(ana.page);
  const same = await expectNoReload(ana.page);
  const texts = [names.sentence('One'), names.sentence('Two'), names.sentence('Three')];
  for (const [index, text] of texts.entries()) {
    await publish(ben, text);
    await expect(feed.newPostsButton(index + 1)).toBeVisible();
  }
  await expect(ana.page.getByText(texts[0]!)).toHaveCount(0);
  await feed.newPostsButton(3).click();
  await expect(ana.page.getByRole('article', { name: ben.person.fullName })).toContainText(texts.toReversed());
  await expect(feed.newPostsButton(3)).toHaveCount(0);
  await same();
});

test('R5.2 one\'s own post needs no button', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  const text = names.sentence('Mine');
  await feed.publish(text);
  await expect(feed.post(ana.person, text).root).toBeVisible();
  await expect(ana.page.getByRole('button', { name: /new posts?$/ })).toHaveCount(0);
});

test('R5.2 in "Following" only posts of people one follows are announced', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const carl = await people.member('Carl');
  await follow(ana, ben.person);
  await people.open(ana.page, '/');
  const feed = new FeedPage(ana.page);
  await feed.tab('Following').click();
  await expect(feed.tab('Following')).toHaveAttribute('aria-selected', 'true');
  await publish(carl, names.sentence('Carl'));
  await publish(ben, names.sentence('Ben'));
  await expect(feed.newPostsButton(1)).toBeVisible();
});

test('R5.2 the feed goes on to the oldest post, each once', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  await follow(ana, ben.person);
  const texts = Array.from({ length: 45 }, (_, index) => names.sentence(`Number ${index}`));
  for (const text of texts) await publishOnly(text);
  await people.open(ana.page, '/');
  const feed = new FeedPage(ana.page);
  await feed.tab('Following').click();
  const posts = ana.page.getByRole('article', { name: ben.person.fullName });
  await feed.readDownTo(feed.post(ben.person, texts[0]!).root);
  await expect(posts).toHaveCount(texts.length);
  await expect(posts).toContainText(texts.toReversed());

  async function publishOnly(text: string): Promise<void> {
    await (await ben.plain.open('/')).send('Post', { 'Share your thoughts': text });
  }
});

test('R5.2 older posts come on the way down, and going back leads to where one was', { tag: ['@desktop', '@phone'] }, async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  await follow(ana, ben.person);
  const texts = Array.from({ length: 45 }, (_, index) => names.sentence(`Number ${index}`));
  for (const text of texts) await (await ben.plain.open('/')).send('Post', { 'Share your thoughts': text });
  await people.open(ana.page, '/?tab=following');
  const feed = new FeedPage(ana.page);
  const posts = ana.page.getByRole('article', { name: ben.person.fullName });
  const wanted = feed.post(ben.person, texts[10]!);
  await expect(async () => {
    await ana.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await expect(posts).toHaveCount(texts.length, { timeout: 1_000 });
  }).toPass();
  await wanted.root.scrollIntoViewIfNeeded();
  await wanted.time.click();
  await expect(ana.page).toHaveURL(/\/p\//);
  const late = names.sentence('Meanwhile');
  await publish(ben, late);
  await ana.page.goBack();
  await expect(posts).toHaveCount(texts.length);
  await expect(wanted.root).toBeInViewport();
  await expect(feed.newPostsButton(1)).toBeVisible();
  await feed.tab('Everyone').click();
  await expect(ana.page.getByText(late)).toBeVisible();
});

test('R5.2 the feed goes on to the oldest post', { tag: '@no-script' }, async ({ page, people, names }) => {
  const ben = await people.member('Ben');
  await page.context().addCookies(ben.plain.cookies);
  const texts = Array.from({ length: 25 }, (_, index) => names.sentence(`Number ${index}`));
  for (const text of texts) await (await ben.plain.open('/')).send('Post', { 'Share your thoughts': text });
  await page.goto('/');
  const feed = new FeedPage(page);
  await feed.tab('Following').click();
  await feed.older.click();
  await expect(page.getByText(texts[0]!)).toBeVisible();
});

test('R5.2 a page further down is told of new posts, and not of all that stand above it', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const texts = Array.from({ length: 23 }, (_, index) => names.sentence(`Number ${index}`));
  const paths = [];
  for (const text of texts) paths.push(await publish(ana, text));
  const page = await people.pageOf(ana, `/?before=${paths[2]?.slice('/p/'.length)}`);
  const feed = new FeedPage(page);
  await expect(feed.post(ana.person, texts[1]!).root).toBeVisible();
  const ben = await people.member('Ben');
  await publish(ben, names.sentence('New'));
  await expect(feed.newPostsButton(1)).toBeVisible();
  await expect(feed.post(ana.person, texts[22]!).root).toHaveCount(0);
  await feed.newPostsButton(1).click();
  await expect(feed.post(ana.person, texts[22]!).root).toBeVisible();
});
