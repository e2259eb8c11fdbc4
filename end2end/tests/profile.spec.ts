import { ProfilePage } from '../pages/profile_page.ts';
import { FeedPage } from '../pages/feed_page.ts';
import { publish } from '../support/actions.ts';
import { type Member } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

async function publishMany(member: Member, texts: readonly string[]): Promise<void> {
  for (const text of texts) await (await member.plain.open('/')).send('Post', { 'Share your thoughts': text });
}

test('R2.1 R2.2 R5.2 a profile shows what its person posted, and says what comes', { tag: ['@desktop', '@phone'] }, async ({ people, names }) => {
  const [ben, carl] = [await people.member('Ben'), await people.member('Carl')];
  const before = names.sentence('The choir meets at seven');
  await publish(ben, before);
  await publish(carl, names.sentence('Somebody else'));
  const ana = await people.arrive('Ana', ProfilePage.path(ben.person));
  const profile = new FeedPage(ana.page);
  await expect(ana.page.getByRole('article')).toHaveCount(1);
  await expect(profile.post(ben.person, before).root).toBeVisible();

  await publish(carl, names.sentence('Still somebody else'));
  const after = names.sentence('The choir meets at eight');
  await publish(ben, after);
  await profile.newPostsButton(1).click();
  await expect(ana.page.getByRole('article')).toHaveCount(2);
  await expect(ana.page.getByRole('article').first()).toContainText(after);
});

test('R5.2 a profile goes on to the oldest post, and going back leads to where one was', async ({ people, names }) => {
  const ben = await people.member('Ben');
  const texts = Array.from({ length: 25 }, (_, index) => names.sentence(`Number ${index}`));
  await publishMany(ben, texts);
  const ana = await people.arrive('Ana', ProfilePage.path(ben.person));
  const posts = ana.page.getByRole('article', { name: ben.person.fullName });
  await expect(async () => {
    await ana.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await expect(posts).toHaveCount(texts.length, { timeout: 1_000 });
  }).toPass();
  const wanted = new FeedPage(ana.page).post(ben.person, texts[2]!);
  await wanted.root.scrollIntoViewIfNeeded();
  await wanted.time.click();
  await expect(ana.page).toHaveURL(/\/p\//);
  await ana.page.goBack();
  await expect(posts).toHaveCount(texts.length);
  await expect(wanted.root).toBeInViewport();
});

test('R3.1 F8 following from a profile counts at once and leaves the keyboard where it is', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ProfilePage.path(ben.person));
  const profile = new ProfilePage(ana.page);
  await profile.follow.press('Enter');
  await expect(ana.page.getByText('1 follower', { exact: true })).toBeVisible();
  await expect(profile.unfollow).toBeFocused();
  await profile.unfollow.press('Enter');
  await expect(ana.page.getByText('0 followers', { exact: true })).toBeVisible();
  await expect(profile.follow).toBeFocused();
});

test('R3.1 a follow that fails is taken back on the screen', async ({ people, watch }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ProfilePage.path(ben.person));
  const profile = new ProfilePage(ana.page);
  watch.announceOutage();
  await ana.page.route('**/follow/api/follow', (route) => route.abort());
  await profile.follow.click();
  await expect(ana.page.getByRole('alert').or(ana.page.getByRole('status')).getByText(/connection|again/i)).toBeVisible();
  await expect(profile.follow).toBeVisible();
  await expect(ana.page.getByText('0 followers', { exact: true })).toBeVisible();
});

test('R5.4 a post that is deleted on the own profile leaves it, and comes back there', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const [kept, text] = [names.sentence('Kept'), names.sentence('Deleted')];
  await publishMany(ana, [kept, text]);
  const page = await people.pageOf(ana, ProfilePage.path(ana.person));
  const profile = new FeedPage(page);
  await profile.post(ana.person, text).choose('Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(profile.post(ana.person, text).root).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`${ProfilePage.path(ana.person)}$`));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('article')).toContainText([text, kept]);
});

test('R5.2 a profile goes on to the oldest post', { tag: '@no-script' }, async ({ page, people, names }) => {
  const [ana, ben] = [await people.member('Ana'), await people.member('Ben')];
  const texts = Array.from({ length: 25 }, (_, index) => names.sentence(`Number ${index}`));
  await publishMany(ben, texts);
  await page.context().addCookies(ana.plain.cookies);
  await page.goto(ProfilePage.path(ben.person));
  const posts = page.getByRole('article', { name: ben.person.fullName });
  await expect(posts).toContainText(texts.toReversed().slice(0, 20));
  await new FeedPage(page).older.click();
  await expect(posts).toContainText(texts.toReversed().slice(20));
  await expect(page.getByRole('heading', { name: ben.person.fullName })).toBeVisible();
});
