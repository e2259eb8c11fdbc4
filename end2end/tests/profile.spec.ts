import { type Page } from '@playwright/test';
import { FeedPage } from '../pages/feed_page.ts';
import { ProfilePage } from '../pages/profile_page.ts';
import { ProfileSettingsPage } from '../pages/profile_settings_page.ts';
import { publish, publishWithPictures } from '../support/actions.ts';
import { type Member, type Person } from '../support/people.ts';
import { picture, PRETENDER, RED } from '../support/pictures.ts';
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

/** What Ana tells of herself, by the labels of the form. */
const TOLD = {
  'First name': 'Anamaria',
  'Last name': '',
  Bio: 'I sing <b>loudly</b>.',
  About: 'One line.\n\nAnother, with https://example.org in it.',
  Address: 'Lindenweg 3',
  'Link 1': 'github.com/ana',
};

async function tell(settings: ProfileSettingsPage): Promise<void> {
  await settings.fill(TOLD);
  await settings.field('Country').selectOption('Portugal');
  await settings.field('Who can see your address').selectOption('Only me');
  await settings.save.click();
  await expect(settings.saved).toBeVisible();
}

async function expectTold(page: Page, person: Person): Promise<void> {
  const main = page.getByRole('main');
  await page.goto(ProfilePage.path(person));
  await expect(main.getByRole('heading', { name: 'Anamaria', exact: true })).toBeVisible();
  await expect(main.getByText('I sing <b>loudly</b>.')).toBeVisible();
  await expect(main.getByText('Portugal')).toBeVisible();
  await expect(main.getByRole('link', { name: 'github.com/ana' })).toHaveAttribute('href', 'https://github.com/ana');
  await expect(main).not.toContainText('Lindenweg');
  await main.getByRole('tab', { name: 'About' }).click();
  await expect(main.getByText('Another, with')).toBeVisible();
  await expect(main.getByRole('link', { name: 'https://example.org' })).toBeVisible();
}

test('R2.3 F5 what is saved in the settings is what others see', { tag: ['@desktop', '@phone'] }, async ({ people }) => {
  const [ana, ben] = [await people.arrive('Ana'), await people.arrive('Ben')];
  await people.open(ana.page, ProfilePage.path(ana.person));
  await ana.page.getByRole('link', { name: 'Edit profile' }).click();
  await tell(new ProfileSettingsPage(ana.page));
  await expectTold(ben.page, ana.person);
  // The own frame, too.
  await expect(ana.page.getByRole('navigation', { name: 'Main' })).not.toContainText(ana.person.fullName);
});

test('R2.3 F5 what a plain form saves in the settings is what others see', { tag: '@no-script' }, async ({ page, people }) => {
  const [ana, ben] = [await people.member('Ana'), await people.member('Ben')];
  await page.context().addCookies(ana.plain.cookies);
  await page.goto(ProfileSettingsPage.path);
  await tell(new ProfileSettingsPage(page));
  await expectTold(await people.pageOf(ben), ana.person);
});

test('R2.3 every mistake is said at its field, and nothing typed is lost', { tag: ['@desktop', '@no-script'] }, async ({ people, watch }) => {
  watch.announceStatus(422);
  const ana = await people.arrive('Ana', ProfileSettingsPage.path);
  const settings = new ProfileSettingsPage(ana.page);
  await settings.fill({ Bio: 'x'.repeat(301), 'Link 1': 'javascript:alert(1)', About: 'Kept.' });
  await settings.save.click();
  await expect(ana.page.getByText('Use at most 300 characters.')).toBeVisible();
  await expect(ana.page.getByText('Enter the address of a page, starting with https.')).toBeVisible();
  await expect(settings.field('Link 1')).toHaveValue('javascript:alert(1)');
  await expect(settings.field('About')).toHaveValue('Kept.');
  await settings.fill({ Bio: '', 'Link 1': '' });
  await settings.save.click();
  await expect(settings.saved).toBeVisible();
});

test('R2.3 a profile that another window changed is saved only knowingly', async ({ people, watch }) => {
  watch.announceStatus(409);
  const ana = await people.arrive('Ana', ProfileSettingsPage.path);
  const other = await people.pageOf(ana, ProfileSettingsPage.path);
  const [here, there] = [new ProfileSettingsPage(ana.page), new ProfileSettingsPage(other)];
  await there.fill({ Bio: 'From there.' });
  await there.save.click();
  await expect(there.saved).toBeVisible();
  await here.fill({ Bio: 'From here.' });
  await here.save.click();
  await expect(ana.page.getByText('changed in another window')).toBeVisible();
  await expect(here.field('Bio')).toHaveValue('From here.');
  await here.save.click();
  await expect(here.saved).toBeVisible();
  await expect(here.field('Bio')).toHaveValue('From here.');
});

const WIDE = picture('wide.png', [40, 60, 200], 800, 400);

test('R2.3 a picture is cropped with the keyboard, and seen by others', { tag: ['@desktop', '@phone'] }, async ({ people, names }) => {
  const ana = await people.arrive('Ana', ProfileSettingsPage.path);
  const text = names.sentence('Look at me');
  await publish(ana, text);
  const settings = new ProfileSettingsPage(ana.page);
  await settings.choosePicture.setInputFiles(WIDE);
  await expect(settings.crop.stage).toBeFocused();
  const before = await settings.crop.place();
  await ana.page.keyboard.press('ArrowRight');
  const moved = await settings.crop.place();
  expect(moved.x).toBeLessThan(before.x - 5);
  await ana.page.keyboard.press('+');
  expect((await settings.crop.place()).width).toBeGreaterThan(moved.width * 1.05);
  await settings.crop.save.click();
  await expect(settings.saved).toBeVisible();

  const ben = await people.arrive('Ben');
  const face = new FeedPage(ben.page).post(ana.person, text).root.locator('.avatar img').first();
  await expect.poll(() => face.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(96);
  await settings.removePicture.click();
  await expect(settings.removePicture).toHaveCount(0);
  await people.open(ben.page, ProfilePage.path(ana.person));
  await expect(ben.page.getByRole('main').locator('.avatar img')).toHaveCount(0);
});

test('R2.3 a picture is cropped with the pointer, and its dialog can be left', async ({ people }) => {
  const ana = await people.arrive('Ana', ProfileSettingsPage.path);
  const settings = new ProfileSettingsPage(ana.page);
  await settings.choosePicture.setInputFiles(WIDE);
  const before = await settings.crop.place();
  await settings.crop.stage.hover();
  await ana.page.mouse.down();
  await ana.page.mouse.move(0, 0);
  await ana.page.mouse.move(2_000, 0, { steps: 4 });
  await ana.page.mouse.up();
  const dragged = await settings.crop.place();
  expect(dragged.x).toBeGreaterThan(before.x + 20);
  // Its edge is the end.
  expect(Math.abs(dragged.x)).toBeLessThan(2);
  await settings.crop.root.getByRole('button', { name: 'Cancel' }).click();
  await expect(settings.crop.root).toBeHidden();
  await expect(settings.removePicture).toHaveCount(0);
  await settings.choosePicture.setInputFiles(RED);
  await settings.crop.save.click();
  await expect(settings.removePicture).toBeVisible();
});

test('R2.3 a picture is chosen and removed', { tag: '@no-script' }, async ({ page, people, watch }) => {
  watch.announceStatus(422);
  const ana = await people.member('Ana');
  await page.context().addCookies(ana.plain.cookies);
  await page.goto(ProfileSettingsPage.path);
  const settings = new ProfileSettingsPage(page);
  const send = page.getByRole('button', { name: 'Save picture' });
  await settings.choosePicture.setInputFiles(PRETENDER);
  await send.click();
  await expect(page.getByText('Pictures must be JPEG, PNG, GIF or WebP.')).toBeVisible();
  await settings.choosePicture.setInputFiles(WIDE);
  await send.click();
  await expect(settings.saved).toBeVisible();
  await expect(page.getByRole('main').locator('.avatar img')).toHaveCount(1);
  await settings.removePicture.click();
  await expect(page.getByRole('main').locator('.avatar img')).toHaveCount(0);
});

test('R2.1 R2.2 a profile leads to the pictures of its person, and the way back leads here', { tag: ['@desktop', '@phone', '@no-script'] }, async ({ people, names }) => {
  const ben = await people.member('Ben');
  const text = names.sentence('Look');
  const post = await publishWithPictures(ben, text, [RED]);
  const ana = await people.arrive('Ana', ProfilePage.path(ben.person));
  await ana.page.getByRole('tab', { name: 'Pictures' }).click();
  await expect(ana.page.getByRole('tab', { name: 'Pictures' })).toHaveAttribute('aria-selected', 'true');
  await ana.page.getByRole('main').getByRole('link', { name: 'Picture without a description' }).click();
  await expect(ana.page).toHaveURL(new RegExp(`${post}$`));
  await ana.page.goBack();
  await expect(ana.page).toHaveURL(/tab=pictures/);
  await ana.page.getByRole('tab', { name: 'Posts' }).click();
  await expect(ana.page.getByRole('article', { name: ben.person.fullName })).toContainText(text);
});

test('R2.3 a username that changes leads on from the old address', { tag: ['@desktop', '@no-script'] }, async ({ people }) => {
  const [ana, ben] = [await people.arrive('Ana', ProfileSettingsPage.path), await people.arrive('Ben')];
  const settings = new ProfileSettingsPage(ana.page);
  const name = `${ana.person.username.slice(0, 20)}_new`;
  await settings.fill({ Username: name });
  await ana.page.getByRole('button', { name: 'Change username' }).click();
  await expect(settings.saved).toBeVisible();
  for (const place of ['/u', '/chat']) {
    await ben.page.goto(`${place}/${ana.person.username}`);
    await expect(ben.page).toHaveURL(new RegExp(`${place}/${name}$`));
    await expect(ben.page.getByRole('heading', { name: ana.person.fullName, level: 1 })).toBeVisible();
  }
});
