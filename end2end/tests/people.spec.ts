import { FeedPage } from '../pages/feed_page.ts';
import { PeoplePage } from '../pages/people_page.ts';
import { ProfilePage } from '../pages/profile_page.ts';
import { follow, publish } from '../support/actions.ts';
import { answered } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

const everywhere = { tag: ['@desktop', '@phone', '@no-script'] };

test('R3.2 people are suggested whom one’s people follow, and followed from there', everywhere, async ({ people, javaScriptEnabled }) => {
  const ana = await people.arrive('Ana');
  const [ben, carl] = [await people.member('Ben'), await people.member('Carl')];
  await follow(ana, ben.person);
  await follow(ben, carl.person);
  await people.open(ana.page, '/people');
  const page = new PeoplePage(ana.page);
  await expect(page.suggestions).toBeVisible();
  await expect(page.row(carl.person)).toContainText(`Followed by ${ben.person.firstName}`);
  await expect(page.row(ben.person)).toHaveCount(0);
  await expect(page.row(ana.person)).toHaveCount(0);
  await answered(ana.page, javaScriptEnabled !== false, 'follow/api/follow', () => page.follow(carl.person).click());
  await people.open(ana.page, ProfilePage.path(carl.person));
  await expect(new ProfilePage(ana.page).unfollow).toBeVisible();
});

test('R3.2 whom one does not want to see is not suggested again', everywhere, async ({ people, javaScriptEnabled }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', '/people');
  const page = new PeoplePage(ana.page);
  await answered(ana.page, javaScriptEnabled !== false, 'suggestion/api/dismiss', () => page.button('Dismiss', ben.person).click());
  await expect(page.row(ben.person)).toBeHidden();
  await people.open(ana.page, '/people');
  await expect(page.search).toBeVisible();
  await expect(page.row(ben.person)).toHaveCount(0);
});

test('R3.2 people are found by any part of their names', everywhere, async ({ people, javaScriptEnabled }) => {
  const zoe = await people.member('Zoé');
  const ana = await people.arrive('Ana');
  await ana.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' }).click();
  const page = new PeoplePage(ana.page);
  const typed = zoe.person.lastName.slice(1).toUpperCase();
  await page.search.fill(typed);
  if (javaScriptEnabled === false) await page.search.press('Enter');
  await expect(page.row(zoe.person)).toBeVisible();
  await expect(ana.page).toHaveURL(/\/people\?q=/);
  if (javaScriptEnabled !== false) await expect(page.search).toBeFocused();
  await page.search.fill(`zoe ${zoe.person.lastName}`);
  if (javaScriptEnabled === false) await page.search.press('Enter');
  await expect(page.row(zoe.person)).toBeVisible();
});

test('R3.2 a search for nobody says so and shows the way on', everywhere, async ({ people }) => {
  const ana = await people.arrive('Ana', '/people?q=%22%27*%20xqzzy%20%F0%9F%8C%BB');
  await expect(ana.page.getByRole('heading', { name: /No people found/ })).toBeVisible();
  await expect(new PeoplePage(ana.page).search).toHaveValue(/xqzzy/);
});

test('R3.2 posts are found by their words', everywhere, async ({ people, names, javaScriptEnabled }) => {
  const [ana, ben] = [await people.arrive('Ana'), await people.member('Ben')];
  const text = names.sentence('An albatross over the café');
  await publish(ben, text);
  await people.open(ana.page, '/people?q=albatross%20cafe');
  const page = new PeoplePage(ana.page);
  await page.posts.click();
  await expect(new FeedPage(ana.page).post(ben.person, text).root).toBeVisible();
  await page.search.fill('albatross narwhal');
  if (javaScriptEnabled === false) await page.search.press('Enter');
  await expect(ana.page.getByRole('heading', { name: /No posts found/ })).toBeVisible();
});

test('R3.2 a new member is led by the hand', { tag: ['@desktop', '@phone'] }, async ({ people, names }) => {
  const ben = await people.member('Ben');
  await publish(ben, names.sentence('Somebody is here'));
  const ana = await people.arrive('Ana');
  const steps = ana.page.getByRole('region', { name: `Welcome, ${ana.person.firstName}` });
  await expect(steps.getByRole('link', { name: 'Add your picture' })).toHaveAttribute('href', '/settings/profile');
  await expect(steps.getByRole('button', { name: /^Follow / })).toHaveCount(3);
  await steps.getByRole('link', { name: 'Write your first post' }).click();
  await expect(new FeedPage(ana.page).composer).toBeFocused();
});
