import { FeedPage } from '../pages/feed_page.ts';
import { LikesPage } from '../pages/likes_page.ts';
import { PeoplePage } from '../pages/people_page.ts';
import { ProfilePage } from '../pages/profile_page.ts';
import { follow, like, publish } from '../support/actions.ts';
import { answered, expectNoReload } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

const everywhere = { tag: ['@desktop', '@phone', '@no-script'] };

test('R3.3 own followers and the people one follows are counted and listed', everywhere, async ({ people, javaScriptEnabled }) => {
  const ana = await people.arrive('Ana');
  const [ben, carl] = [await people.member('Ben'), await people.member('Carl')];
  await follow(ben, ana.person);
  await follow(carl, ana.person);
  await people.open(ana.page, ProfilePage.path(ana.person));
  await ana.page.getByRole('link', { name: '2 followers', exact: true }).click();
  const list = new PeoplePage(ana.page);
  await expect(list.rows).toHaveCount(2);
  await expect(list.row(ben.person).getByText('Follows you', { exact: true })).toBeVisible();
  await answered(ana.page, javaScriptEnabled !== false, 'follow/api/follow', () => list.follow(carl.person).click());
  await expect(list.unfollow(carl.person)).toBeVisible();
  await expect(list.row(carl.person).getByText('You follow each other', { exact: true })).toBeVisible();
  await people.open(ana.page, PeoplePage.list(ana.person, 'following'));
  await expect(list.rows).toHaveCount(1);
  await expect(list.row(carl.person)).toBeVisible();
});

test('R3.4 F8 the lists of others are there for everybody, to follow and unfollow from', everywhere, async ({ people, javaScriptEnabled }) => {
  const ana = await people.arrive('Ana');
  const [ben, carl] = [await people.member('Ben'), await people.member('Carl')];
  await follow(carl, ben.person);
  await follow(ana, ben.person);
  await people.open(ana.page, PeoplePage.list(ben.person, 'followers'));
  const list = new PeoplePage(ana.page);
  await expect(list.rows).toHaveCount(2);
  // Nobody follows themselves.
  await expect(list.row(ana.person).getByRole('button')).toHaveCount(0);
  const scripted = javaScriptEnabled !== false;
  await answered(ana.page, scripted, 'follow/api/follow', () => list.follow(carl.person).click());
  await answered(ana.page, scripted, 'follow/api/unfollow', () => list.unfollow(carl.person).click());
  await expect(list.follow(carl.person)).toBeVisible();
  await ana.page.getByRole('link', { name: '0 following', exact: true }).click();
  await expect(ana.page.getByText(`${ben.person.firstName} doesn’t follow anyone yet`)).toBeVisible();
  await expect(ana.page.getByRole('main').getByRole('link', { name: 'Find people' })).toBeVisible();
});

test('R3.4 a list is searched within', { tag: ['@desktop', '@no-script'] }, async ({ people, javaScriptEnabled }) => {
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  const [quirin, dora] = [await people.member('Quirin'), await people.member('Dora')];
  for (const one of [quirin, dora]) await follow(one, ben.person);
  await people.open(ana.page, PeoplePage.list(ben.person, 'followers'));
  const list = new PeoplePage(ana.page);
  await expect(list.rows).toHaveCount(2);
  await list.searchList.fill('quir');
  if (javaScriptEnabled === false) await list.searchList.press('Enter');
  await expect(list.rows).toHaveCount(1);
  await expect(list.row(quirin.person)).toBeVisible();
  if (javaScriptEnabled !== false) await expect(list.searchList).toBeFocused();
  await expect(ana.page).toHaveURL(/\?q=quir/);
});

test('R3.3 a long list goes on where it ends', { tag: ['@desktop', '@no-script'] }, async ({ people, javaScriptEnabled }) => {
  test.slow();
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  const fans = await Promise.all(Array.from({ length: 21 }, () => people.member('Fan')));
  for (const fan of fans) await follow(fan, ben.person);
  await people.open(ana.page, PeoplePage.list(ben.person, 'followers'));
  const list = new PeoplePage(ana.page);
  await expect(list.rows).toHaveCount(20);
  await list.more.click();
  await expect(list.rows).toHaveCount(javaScriptEnabled === false ? 1 : 21);
  await expect(list.more).toHaveCount(0);
});

test('R3.1 F8 following shows the same everywhere, and on the way back', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const path = await publish(ana, names.sentence('Everywhere'));
  await like(ben, path);
  await people.open(ana.page, path);
  const expectSame = await expectNoReload(ana.page);
  await ana.page.getByRole('main').getByRole('link', { name: '1 like', exact: true }).click();
  const likes = new LikesPage(ana.page);
  await likes.follow(ben.person).click();
  await likes.row(ben.person).getByRole('link', { name: ben.person.fullName }).click();
  const profile = new ProfilePage(ana.page);
  await expect(profile.unfollow).toBeVisible();
  await expect(ana.page.getByText('1 follower', { exact: true })).toBeVisible();
  await profile.unfollow.click();
  await ana.page.goBack();
  await expect(likes.follow(ben.person)).toBeVisible();
  await expectSame();
});

test('R3.1 a profile says who follows the reader', everywhere, async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana');
  await follow(ben, ana.person);
  await people.open(ana.page, ProfilePage.path(ben.person));
  await expect(new ProfilePage(ana.page).followsYou).toBeVisible();
});

test('R3.3 beside the feed stand one’s own people and people one may know', async ({ people }) => {
  const ana = await people.member('Ana');
  const ben = await people.member('Ben');
  await follow(ben, ana.person);
  const page = await people.pageOf(ana);
  await expect(new FeedPage(page).composer).toBeVisible();
  const aside = page.getByRole('complementary');
  await expect(aside.getByRole('heading', { name: 'People you may know' })).toBeVisible();
  await expect(aside.getByRole('tab', { name: '1 follower' })).toBeVisible();
  await expect(aside.getByRole('link', { name: ben.person.fullName }).first()).toBeVisible();
  await aside.getByRole('tab', { name: '0 following' }).click();
  await expect(aside.getByText('You don’t follow anyone yet.')).toBeVisible();
});
