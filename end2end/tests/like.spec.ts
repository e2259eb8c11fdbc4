import { FeedPage } from '../pages/feed_page.ts';
import { PostPage } from '../pages/post_page.ts';
import { like, publish } from '../support/deeds.ts';
import { expect, test } from '../support/test.ts';

test('R5.3 R6.1 R6.2 R6.4 F7 own and other posts can be liked, and the like taken back', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const mine = names.sentence('Mine');
  const yours = names.sentence('Yours');
  await publish(ana, mine);
  await publish(ben, yours);
  await people.show(ana.page, '/');
  const feed = new FeedPage(ana.page);
  for (const post of [feed.post(ana.person, mine), feed.post(ben.person, yours)]) {
    await expect(post.like).toHaveAttribute('aria-pressed', 'false');
    await post.like.click();
    await expect(post.like).toHaveAttribute('aria-pressed', 'true');
    await expect(post.likes(1)).toBeVisible();
  }
  await people.show(ana.page, '/');
  for (const post of [feed.post(ana.person, mine), feed.post(ben.person, yours)]) {
    await expect(post.likes(1)).toBeVisible();
    await post.like.click();
    await expect(post.like).toHaveAttribute('aria-pressed', 'false');
    await expect(post.likes(1)).toHaveCount(0);
  }
});

test('R6.5 the total is the same on every screen that shows the post', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const text = names.sentence('Count');
  const path = await publish(ana, text);
  await people.show(ana.page, path);
  const carl = await people.arrive('Carl');
  const ben = await people.member('Ben');
  const onItsPage = new PostPage(ana.page).post(ana.person, text);
  const inTheFeed = new FeedPage(carl.page).post(ana.person, text);
  await expect(inTheFeed.root).toBeVisible();
  await like(ben, path);
  await expect(onItsPage.likes(1)).toBeVisible();
  await expect(inTheFeed.likes(1)).toBeVisible();
  await inTheFeed.like.click();
  await expect(onItsPage.likes(2)).toBeVisible();
  await like(ben, path);
  await expect(inTheFeed.likes(1)).toBeVisible();
  await expect(onItsPage.likes(1)).toBeVisible();
});

test('R6.4 an impatient finger ends where its last press says', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const text = names.sentence('Press');
  const path = await publish(ana, text);
  await people.show(ana.page, path);
  const post = new PostPage(ana.page).post(ana.person, text);
  for (let press = 0; press < 5; press += 1) await post.like.click();
  await expect(post.like).toHaveAttribute('aria-pressed', 'true');
  await expect(post.likes(1)).toBeVisible();
  const ben = await people.arrive('Ben', path);
  await expect(new PostPage(ben.page).post(ana.person, text).likes(1)).toBeVisible();
});

test('R6.6 the count opens the list of people who liked', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const carl = await people.member('Carl');
  const text = names.sentence('Who');
  const path = await publish(ana, text);
  await like(ben, path);
  await like(carl, path);
  await people.show(ana.page, path);
  await new PostPage(ana.page).post(ana.person, text).likes(2).click();
  for (const { person } of [ben, carl]) {
    await expect(ana.page.getByRole('link', { name: person.fullName }).first()).toBeVisible();
  }
});
