import { FeedPage } from '../pages/feed_page.ts';
import { hydrated } from '../support/console.ts';
import { BLUE, GREEN, picture, PRETENDER, RED } from '../support/pictures.ts';
import { expect, test } from '../support/test.ts';

const everywhere = { tag: ['@desktop', '@phone'] };

test('R5.1 a post with pictures, described and put in order', everywhere, async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.arrive('Ben');
  const feed = new FeedPage(ana.page);
  const text = names.sentence('Three colours');
  await feed.composer.fill(text);
  await feed.addImages.setInputFiles([RED, GREEN, BLUE]);
  await feed.describe(1, 'a red field');
  await feed.describe(2, 'a green field');
  await feed.describe(3, 'a blue field');
  await ana.page.getByRole('button', { name: 'Move picture 3 earlier' }).click();
  await ana.page.getByRole('button', { name: 'Remove picture 1' }).click();
  await expect(feed.pictures).toHaveCount(2);
  await feed.postButton.click();

  const shown = feed.post(ana.person, text).root.getByRole('img', { name: /field/ });
  await expect(shown).toHaveCount(2);
  await expect(shown.first()).toHaveAttribute('alt', 'a blue field');
  await expect(shown.last()).toHaveAttribute('alt', 'a green field');
  await expect(feed.pictures).toHaveCount(0);

  await new FeedPage(ben.page).newPostsButton(1).click();
  const seen = new FeedPage(ben.page).post(ana.person, text).root.getByRole('img', { name: 'a blue field' });
  await expect(seen).toBeVisible();
  await expect.poll(() => seen.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(100);
});

test('R5.1 pictures are put in order by the pointer', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  await feed.addImages.setInputFiles([RED, GREEN, BLUE]);
  for (const [place, colour] of ['red', 'green', 'blue'].entries()) await feed.describe(place + 1, colour);
  await feed.pictures.nth(2).locator('img').dragTo(feed.pictures.nth(0).locator('img'));
  for (const [place, colour] of ['blue', 'red', 'green'].entries()) await expect(feed.descriptionOf(place + 1)).toHaveValue(colour);
});

test('R5.1 a post needs no words when it has a picture', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  await feed.addImages.setInputFiles([RED]);
  await feed.postButton.click();
  const post = ana.page.getByRole('article', { name: ana.person.fullName });
  await expect(post.getByRole('link', { name: 'Picture' })).toBeVisible();
});

test('R5.1 a draft survives a reload and a walk through other pages, pictures and all', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  const text = names.sentence('Not finished');
  await feed.composer.fill(text);
  await feed.addImages.setInputFiles([RED]);
  await feed.describe(1, 'a red field');
  await expect(feed.pictures.first()).toHaveAttribute('data-state', 'ready');
  await ana.page.getByRole('link', { name: 'Chat', exact: false }).first().click();
  await expect(ana.page).toHaveURL(/\/chat/);
  await ana.page.goBack();
  await expect(feed.composer).toHaveValue(text);
  await expect(feed.pictures).toHaveCount(1);
  await ana.page.reload();
  await hydrated(ana.page);
  await expect(feed.composer).toHaveValue(text);
  await expect(feed.descriptionOf(1)).toHaveValue('a red field');
  await feed.postButton.click();
  await expect(feed.post(ana.person, text).root.getByRole('img', { name: 'a red field' })).toBeVisible();
  await ana.page.reload();
  await hydrated(ana.page);
  await expect(feed.composer).toHaveValue('');
});

test('R5.1 pictures can be dropped and pasted', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  for (const kind of ['drop', 'paste'] as const) {
    await feed.composer.evaluate(
      (area, { kind, bytes }) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], 'red.png', { type: 'image/png' }));
        const event =
          kind === 'drop'
            ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
            : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
        area.dispatchEvent(event);
      },
      { kind, bytes: [...RED.buffer] },
    );
  }
  await expect(feed.pictures).toHaveCount(2);
  await expect(feed.pictures.last()).toHaveAttribute('data-state', 'ready');
});

test('R5.1 what is no picture is refused where it stands, and loses nothing', async ({ people, watch, names }) => {
  watch.announceStatus(422);
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  const text = names.sentence('With a pretender');
  await feed.composer.fill(text);
  await feed.addImages.setInputFiles([RED, PRETENDER]);
  await expect(feed.pictures.nth(1).getByRole('alert')).toContainText('JPEG, PNG, GIF or WebP');
  await feed.postButton.click();
  await expect(feed.composer).toHaveAccessibleDescription(/couldn’t be uploaded/);
  await ana.page.getByRole('button', { name: 'Remove picture 2' }).click();
  await feed.postButton.click();
  await expect(feed.post(ana.person, text).root).toBeVisible();
});

test('R5.1 an eleventh picture is left out, and that is said', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  const eleven = Array.from({ length: 11 }, (_, index) => picture(`${index}.png`, [index * 20, 90, 90], 40, 40));
  await feed.addImages.setInputFiles(eleven);
  await expect(feed.pictures).toHaveCount(10);
  await expect(feed.composer).toHaveAccessibleDescription(/up to 10 pictures/);
});

test('R5.1 a post that could not be sent stands there until it is', async ({ people, cuttableProxy, watch, names }) => {
  watch.announceOutage();
  const ana = await people.member('Ana');
  const page = await people.pageOf(ana, '/', { proxy: cuttableProxy.settings });
  const feed = new FeedPage(page);
  const text = names.sentence('Under a bridge');
  await cuttableProxy.cut();
  await feed.publish(text);
  const waiting = page.getByRole('article', { name: ana.person.fullName }).filter({ hasText: text });
  await expect(waiting).toContainText('Not sent yet');
  await expect(feed.composer).toHaveValue('');
  await cuttableProxy.restore();
  await expect(feed.post(ana.person, text).like).toBeVisible();
  await page.reload();
  await expect(page.getByRole('article').filter({ hasText: text })).toHaveCount(1);
});

test('R5.1 a post with pictures', { tag: '@no-script' }, async ({ page, people, names }) => {
  const ana = await people.member('Ana');
  await page.context().addCookies(ana.plain.cookies);
  await page.goto('/');
  const feed = new FeedPage(page);
  const text = names.sentence('By hand');
  await feed.composer.fill(text);
  await feed.addImages.setInputFiles([RED, GREEN]);
  await feed.postButton.click();
  const post = feed.post(ana.person, text).root;
  await expect(post.getByRole('link', { name: 'Picture 2 of 2' })).toBeVisible();
  await post.getByRole('link', { name: 'Picture 1 of 2' }).click();
  await expect(page).toHaveURL(/\/media\/.*\/large$/);
});

test('R5.1 a pretender comes back with the words still there', { tag: '@no-script' }, async ({ page, people, names, watch }) => {
  watch.announceStatus(422);
  const ana = await people.member('Ana');
  await page.context().addCookies(ana.plain.cookies);
  await page.goto('/');
  const feed = new FeedPage(page);
  const text = names.sentence('By hand');
  await feed.composer.fill(text);
  await feed.addImages.setInputFiles([RED, PRETENDER]);
  await feed.postButton.click();
  await expect(feed.composer).toHaveValue(text);
  await expect(feed.composer).toHaveAccessibleDescription(/JPEG, PNG, GIF or WebP/);
});

test('R5.1 Enter in the words for a picture does not publish', async ({ people }) => {
  const ana = await people.arrive('Ana');
  const feed = new FeedPage(ana.page);
  await feed.composer.fill('Look');
  await feed.addImages.setInputFiles([RED]);
  await feed.describe(1, 'a red field');
  await feed.descriptionOf(1).press('Enter');
  await feed.descriptionOf(1).pressSequentially('at dusk');
  await expect(feed.descriptionOf(1)).toHaveValue('a red field\nat dusk');
  await expect(feed.composer).toHaveValue('Look');
  await expect(ana.page.getByRole('article', { name: ana.person.fullName })).toHaveCount(0);
});

test('R5.1 a text that is too long comes back with its pictures', { tag: '@no-script' }, async ({ page, people, names, watch }) => {
  watch.announceStatus(422);
  const ana = await people.member('Ana');
  await page.context().addCookies(ana.plain.cookies);
  await page.goto('/');
  const feed = new FeedPage(page);
  const text = names.sentence('Short now');
  await feed.composer.fill('x'.repeat(5_001));
  await feed.addImages.setInputFiles([RED, GREEN, BLUE]);
  await feed.postButton.click();
  await expect(feed.pictures).toHaveCount(3);
  await expect(feed.composer).toHaveValue('x'.repeat(5_001));
  await feed.describe(2, 'a green field');
  await feed.descriptionOf(2).press('Enter');
  await feed.pictures.nth(0).getByRole('checkbox', { name: 'Remove' }).check();
  await expect(feed.composer, 'Enter sent nothing').toHaveValue('x'.repeat(5_001));
  await feed.composer.fill(text);
  await feed.postButton.click();
  const post = feed.post(ana.person, text).root;
  await expect(post.locator('.picture')).toHaveCount(2);
  await expect(post.getByRole('img', { name: 'a green field' })).toBeVisible();
  await expect(feed.pictures).toHaveCount(0);
});
