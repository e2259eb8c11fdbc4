import { readFile } from 'node:fs/promises';
import { publish } from '../support/actions.ts';
import { expect, test } from '../support/test.ts';

test('R11 whoever leaves can take everything along first', async ({ people, names }) => {
  const { page, person, plain } = await people.arrive('Ana', '/settings/delete');
  await publish({ person, plain }, names.sentence('Keep me'));
  await page.getByRole('link', { name: 'Download your data first' }).click();
  await page.getByRole('button', { name: 'Prepare download' }).click();
  const link = page.getByRole('link', { name: /^Download \(/ });
  await expect(link).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  // The names of files stand in a ZIP as they are.
  for (const name of ['index.html', 'posts.json', 'posts.html', 'posts.csv', 'messages.json']) {
    expect(bytes.includes(name), name).toBe(true);
  }
});

test('R11 an export is nobody else’s', async ({ people, watch }) => {
  watch.announceStatus(404);
  const ana = await people.member('Ana');
  const ben = await people.member('Ben');
  await (await ana.plain.open('/settings/export')).send('Prepare download');
  const link = async () => {
    const found = (await ana.plain.open('/settings/export')).root.querySelector('a[href^="/export/"]');
    return found?.getAttribute('href') ?? '';
  };
  await expect.poll(link).not.toBe('');
  expect((await ben.plain.open(await link())).status).toBe(404);
});
