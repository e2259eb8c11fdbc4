import { FeedPage } from '../pages/feed_page.ts';
import { LikesPage } from '../pages/likes_page.ts';
import { PostPage } from '../pages/post_page.ts';
import { like, publish } from '../support/actions.ts';
import { answered } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

const everywhere = { tag: ['@desktop', '@phone', '@no-script'] };

test('R5.3 R6.1 R6.2 R6.4 F7 own and other posts can be liked, and the like taken back', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const mine = names.sentence('Mine');
  const yours = names.sentence('Yours');
  await publish(ana, mine);
  await publish(ben, yours);
  await people.open(ana.page, '/');
  const feed = new FeedPage(ana.page);
  for (const post of [feed.post(ana.person, mine), feed.post(ben.person, yours)]) {
    await expect(post.like).toHaveAttribute('aria-pressed', 'false');
    await answered(ana.page, true, 'like/api/like', () => post.like.click());
    await expect(post.like).toHaveAttribute('aria-pressed', 'true');
    await expect(post.likes(1)).toBeVisible();
  }
  await people.open(ana.page, '/');
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
  await people.open(ana.page, path);
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
  await people.open(ana.page, path);
  const post = new PostPage(ana.page).post(ana.person, text);
  for (let press = 0; press < 5; press += 1) await post.like.click();
  await expect(post.like).toHaveAttribute('aria-pressed', 'true');
  await expect(post.likes(1)).toBeVisible();
  const ben = await people.arrive('Ben', path);
  await expect(new PostPage(ben.page).post(ana.person, text).likes(1)).toBeVisible();
});

test('R6.6 the count opens the list of people who liked', everywhere, async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const carl = await people.member('Carl');
  const text = names.sentence('Who');
  const path = await publish(ana, text);
  for (const who of [ana, ben, carl]) await like(who, path);
  await people.open(ana.page, path);
  await new PostPage(ana.page).post(ana.person, text).likes(3).click();
  await expect(ana.page).toHaveURL(LikesPage.path(path));
  const list = new LikesPage(ana.page);
  await expect(list.people).toHaveText([carl, ben, ana].map(({ person }) => new RegExp(`${person.fullName}.*@${person.username}`)));
  await expect(list.row(ana.person).getByRole('button')).toHaveCount(0);
  await expect(list.more).toHaveCount(0);
  await list.back.click();
  await expect(ana.page).toHaveURL(path);
});

test('R6.6 whoever liked can be followed from the list', everywhere, async ({ people, names, javaScriptEnabled }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const path = await publish(ana, names.sentence('Follow'));
  await like(ben, path);
  await people.open(ana.page, LikesPage.path(path));
  const list = new LikesPage(ana.page);
  const scripted = javaScriptEnabled !== false;
  await answered(ana.page, scripted, 'follow/api/follow', () => list.follow(ben.person).click());
  await expect(list.unfollow(ben.person)).toBeVisible();
  await expect(ana.page).toHaveURL(LikesPage.path(path));
  await people.open(ana.page, LikesPage.path(path));
  await list.unfollow(ben.person).click();
  await expect(list.follow(ben.person)).toBeVisible();
});

test('R6.6 the focus stays on the button that follows', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const path = await publish(ana, names.sentence('Focus'));
  await like(ben, path);
  await people.open(ana.page, LikesPage.path(path));
  const list = new LikesPage(ana.page);
  await list.follow(ben.person).press('Enter');
  await expect(list.unfollow(ben.person)).toBeFocused();
});

test('R6.6 a long list goes on where it ends', { tag: ['@desktop', '@no-script'] }, async ({ people, names, javaScriptEnabled }) => {
  test.slow();
  const ana = await people.arrive('Ana');
  const path = await publish(ana, names.sentence('Many'));
  const fans = await Promise.all(Array.from({ length: 21 }, () => people.member('Fan')));
  for (const fan of fans) await like(fan, path);
  await people.open(ana.page, LikesPage.path(path));
  const list = new LikesPage(ana.page);
  await expect(list.people).toHaveCount(20);
  await list.more.click();
  // In place with a script; on a page of its own without.
  await expect(list.people).toHaveCount(javaScriptEnabled === false ? 1 : 21);
  await expect(list.more).toHaveCount(0);
  await expect(list.row(fans[0]!.person)).toBeVisible();
  if (javaScriptEnabled !== false) await expect(list.people.nth(20).getByRole('link')).toBeFocused();
});

test('R6.6 a place in the list that is none is its beginning, and a post that is none is not found', async ({ people, names, watch }) => {
  watch.announceStatus(404);
  const ana = await people.arrive('Ana');
  const path = await publish(ana, names.sentence('Nonsense'));
  await like(ana, path);
  for (const after of ['x', '5', '5.5', '%00', `${'9'.repeat(40)}.${path.slice(3)}`, "'--"]) {
    await people.open(ana.page, `${LikesPage.path(path)}?after=${after}`);
    await expect(new LikesPage(ana.page).people, after).toHaveCount(1);
  }
  await people.open(ana.page, '/p/00000000-0000-7000-8000-000000000000/likes');
  await expect(ana.page.getByRole('heading', { level: 1 })).toContainText(/not found/i);
});

test('R6.4 what was liked is liked on the way back', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const text = names.sentence('Back');
  const path = await publish(ana, text);
  const { page } = await people.arrive('Ben');
  const card = new FeedPage(page).post(ana.person, text);
  const alone = new PostPage(page).post(ana.person, text);
  await card.like.click();
  await card.time.click();
  await expect(page).toHaveURL(path);
  await expect(alone.like).toHaveAttribute('aria-pressed', 'true');
  await page.goBack();
  await expect(new FeedPage(page).composer).toBeVisible();
  await expect(card.like).toHaveAttribute('aria-pressed', 'true');
  await expect(card.likes(1)).toBeVisible();
  await card.time.click();
  await expect(page).toHaveURL(path);
  await alone.like.click();
  await page.goBack();
  await expect(new FeedPage(page).composer).toBeVisible();
  await expect(card.like).toHaveAttribute('aria-pressed', 'false');
  await expect(card.likes(0)).toBeVisible();
});
