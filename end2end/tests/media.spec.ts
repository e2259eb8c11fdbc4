import { PictureGrid, PictureViewer } from '../pages/picture_page.ts';
import { PostPage } from '../pages/post_page.ts';
import { publishWithPictures } from '../support/actions.ts';
import { type Names } from '../support/names.ts';
import { type People, type Present } from '../support/people.ts';
import { BLUE, GREEN, picture, RED } from '../support/pictures.ts';
import { expect, test } from '../support/test.ts';

const everywhere = { tag: ['@desktop', '@phone', '@no-script'] };
const scripted = { tag: ['@desktop', '@phone'] };
const WIDE = picture('wide.png', [120, 80, 160], 1600, 100);
const TALL = picture('tall.png', [160, 120, 80], 100, 1600);

interface Look {
  readonly ana: Present;
  readonly grid: PictureGrid;
  readonly viewer: PictureViewer;
}

/** Somebody looks at a post of theirs with these pictures. */
async function look(people: People, names: Names, pictures: readonly (typeof RED)[]): Promise<Look> {
  const ana = await people.arrive('Ana');
  const text = names.sentence('Pictures');
  const path = await publishWithPictures(ana, text, pictures);
  await people.open(ana.page, path);
  const grid = new PictureGrid(new PostPage(ana.page).post(ana.person, text).root);
  return { ana, grid, viewer: new PictureViewer(ana.page) };
}

test('R5.1 each picture of a post is shown and leads to itself', everywhere, async ({ people, names, javaScriptEnabled }) => {
  const { ana, grid } = await look(people, names, [RED, GREEN, BLUE, WIDE, TALL, RED]);
  const scriptless = javaScriptEnabled === false;
  await expect(grid.links).toHaveCount(scriptless ? 6 : 4);
  await expect(grid.links.nth(3)).toHaveAccessibleName('Picture 4 of 6, +2');
  await expect(grid.post.getByText('+2')).toBeVisible({ visible: !scriptless });
  for (const link of await grid.links.all()) {
    const image = link.locator('img').last();
    await image.scrollIntoViewIfNeeded();
    await expect.poll(() => image.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(0);
    const answer = await ana.page.request.get((await link.getAttribute('href')) ?? '');
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'image/webp']);
  }
});

test('R5.1 nothing moves when pictures come', scripted, async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  for (const pictures of [[RED], [TALL], [WIDE], [RED, GREEN], [RED, GREEN, BLUE], [RED, GREEN, BLUE, TALL]]) {
    const path = await publishWithPictures(ana, names.sentence('Still'), pictures);
    let come = () => {};
    const coming = new Promise<void>((resolve) => (come = resolve));
    await ana.page.route('**/media/**', async (route) => {
      await coming;
      await route.continue();
    });
    await ana.page.goto(path, { waitUntil: 'domcontentloaded' });
    const post = ana.page.getByRole('article', { name: ana.person.fullName }).first();
    const before = await post.boundingBox();
    come();
    const images = post.locator('.picture img:not(.picture-preview)');
    await expect(images).toHaveCount(pictures.length);
    for (const image of await images.all()) {
      await expect.poll(() => image.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(0);
    }
    expect(await post.boundingBox()).toEqual(before);
    await ana.page.unroute('**/media/**');
  }
});

test('R5.1 a tower and a ribbon stay within bounds', scripted, async ({ people, names }) => {
  for (const shape of [TALL, WIDE]) {
    const { grid } = await look(people, names, [shape]);
    const box = await grid.links.boundingBox();
    const column = await grid.post.boundingBox();
    expect(box?.height).toBeGreaterThan(70);
    expect(box?.height).toBeLessThan((column?.width ?? 0) * 1.25);
  }
});

test('R5.1 the viewer goes through the pictures by buttons and keys, and gives the focus back', async ({ people, names }) => {
  const { ana, grid, viewer } = await look(people, names, [RED, GREEN, BLUE]);
  await grid.link('Picture 2 of 3').press('Enter');
  await expect(viewer.root).toBeFocused();
  await expect(viewer.count).toHaveText('2 of 3');
  await expect(viewer.picture).toHaveAttribute('data-loaded', /.*/);
  await viewer.next.click();
  await expect(viewer.count).toHaveText('3 of 3');
  await viewer.previous.click();
  await expect(viewer.count).toHaveText('2 of 3');
  for (const [key, count] of [['ArrowRight', 3], ['ArrowRight', 1], ['ArrowLeft', 3], ['Home', 1], ['End', 3]] as const) {
    await ana.page.keyboard.press(key);
    await expect(viewer.count, key).toHaveText(`${count} of 3`);
  }
  await expect(viewer.picture).toHaveAttribute('data-loaded', /.*/);
  await ana.page.keyboard.press('Escape');
  await expect(viewer.root).toHaveCount(0);
  await expect(grid.link('Picture 2 of 3')).toBeFocused();
});

test('R5.1 a picture can be saved from the viewer', scripted, async ({ people, names }) => {
  const { ana, grid, viewer } = await look(people, names, [RED]);
  await grid.links.click();
  await expect(viewer.next).toHaveCount(0);
  const saved = ana.page.waitForEvent('download');
  await viewer.download.click();
  expect((await saved).suggestedFilename()).toMatch(/\.webp$/);
  await viewer.close.click();
  await expect(viewer.root).toHaveCount(0);
});

test('R5.1 a press beside the picture closes the viewer, and so does leaving the page', scripted, async ({ people, names }) => {
  const { ana, grid, viewer } = await look(people, names, [BLUE]);
  await grid.links.click();
  await viewer.stage.click({ position: { x: 10, y: 10 } });
  await expect(viewer.root).toHaveCount(0);
  await ana.page.getByRole('link', { name: ana.person.fullName }).first().click();
  await expect(ana.page).toHaveURL(/\/u\//);
  await ana.page.goBack();
  await grid.links.click();
  await expect(viewer.root).toBeVisible();
  await ana.page.goBack();
  await expect(viewer.root).toHaveCount(0);
});

test('R5.1 swipes turn the pictures, a double tap enlarges one', scripted, async ({ people, names }) => {
  const { ana, grid, viewer } = await look(people, names, [RED, GREEN]);
  await grid.links.first().click();
  await expect(viewer.count).toHaveText('1 of 2');
  const box = (await viewer.picture.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const drag = async (across: number, down: number) => {
    await ana.page.mouse.move(x, y);
    await ana.page.mouse.down();
    await ana.page.mouse.move(x + across / 2, y + down / 2);
    await ana.page.mouse.move(x + across, y + down);
    await ana.page.mouse.up();
  };
  await drag(-120, 0);
  await expect(viewer.count).toHaveText('2 of 2');
  await drag(120, 0);
  await expect(viewer.count).toHaveText('1 of 2');
  await drag(20, 0);
  await expect(viewer.count).toHaveText('1 of 2');
  await ana.page.mouse.dblclick(x, y);
  await expect.poll(() => viewer.scale()).toBeCloseTo(2.5);
  await drag(-120, 0);
  await expect(viewer.count).toHaveText('1 of 2');
  await ana.page.keyboard.press('-');
  await ana.page.keyboard.press('-');
  await ana.page.keyboard.press('-');
  await expect.poll(() => viewer.scale()).toBeCloseTo(1);
  await drag(0, 120);
  await expect(viewer.root).toHaveCount(0);
});

test('R5.1 the wheel enlarges a picture where the pointer is, while the page stands still', async ({ people, names }) => {
  const { ana, grid, viewer } = await look(people, names, [RED]);
  await grid.links.click();
  await viewer.picture.hover();
  await ana.page.keyboard.down('Control');
  await ana.page.mouse.wheel(0, -50);
  await ana.page.keyboard.up('Control');
  await expect.poll(() => viewer.scale()).toBeGreaterThan(1.2);
  expect(await ana.page.evaluate(() => window.visualViewport?.scale)).toBe(1);
});
