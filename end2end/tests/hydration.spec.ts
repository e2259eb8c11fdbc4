import { type Page, type Request } from '@playwright/test';
import { FeedPage } from '../pages/feed_page.ts';
import { LONGEST } from '../support/bad_input.ts';
import { hydrated } from '../support/console.ts';
import { memberPaths, MISSING_PATH, PUBLIC_PATHS } from '../support/paths.ts';
import { expect, test } from '../support/test.ts';

test.beforeEach(({ watch }) => {
  watch.announceStatus(404);
  watch.announceStatus(410);
  test.slow();
});

test('every page becomes alive without changing a word, signed out', async ({ people }) => {
  const page = await people.newPage();
  for (const path of [...PUBLIC_PATHS, MISSING_PATH]) await expectUnchanged(page, path);
});

test('every page becomes alive without changing a word, signed in', async ({ people }) => {
  const { member, paths } = await memberPaths(people);
  const page = await people.newPage();
  await page.context().addCookies(member.plain.cookies);
  for (const path of [...paths, MISSING_PATH]) await expectUnchanged(page, path);
});

test('every page is whole before any script runs', async ({ people, kith }) => {
  const { member, paths } = await memberPaths(people);
  for (const path of paths) {
    const answer = await member.plain.request(new URL(path, kith.url), { method: 'GET' });
    expect(answer.status, path).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = (await answer.text()).trimEnd();
    expect(html, path).toContain('</html>');
    // The framework appends what the client starts with; browsers take it into the body.
    expect(html.slice(-20), path).toMatch(/<\/(html|script)>$/);
  }
});

test('what is typed before the page is alive is not lost', async ({ people, names }) => {
  const ana = await people.member('Ana');
  const page = await people.newPage();
  await page.context().addCookies(ana.plain.cookies);
  const text = names.sentence('Quick fingers');
  const feed = new FeedPage(page);
  const wake = await keepAsleep(page);
  await page.goto('/', { waitUntil: 'commit' });
  await feed.composer.fill(text);
  wake();
  await hydrated(page);
  await expect(feed.composer).toHaveValue(text);
  await feed.postButton.click();
  await expect(feed.post(ana.person, text).root).toHaveCount(1);
});

test('what is posted before the page is alive comes back whole when it is refused', async ({ people, names, watch }) => {
  watch.announceStatus(422);
  const ana = await people.member('Ana');
  const page = await people.newPage();
  await page.context().addCookies(ana.plain.cookies);
  const feed = new FeedPage(page);
  const tooLong = names.sentence('Quick fingers').padEnd(LONGEST.post + 1, ' x');
  const wake = await keepAsleep(page);
  await page.goto('/', { waitUntil: 'commit' });
  await feed.publish(tooLong);
  await expect(feed.composer).toHaveAttribute('aria-invalid', 'true');
  wake();
  await hydrated(page);
  await expect(feed.composer).toHaveValue(tooLong);
  await expect(feed.composer).toHaveAttribute('aria-invalid', 'true');
  await expect(feed.tab('Everyone')).toBeVisible();
});

/** Holds back the client, as a slow line does, until it is woken. */
async function keepAsleep(page: Page): Promise<() => void> {
  let wake = () => {};
  const morning = new Promise<void>((resolve) => (wake = resolve));
  await page.route(/\.wasm(\?|$)/, async (route) => {
    await morning;
    await route.continue();
  });
  return wake;
}

/** Compares the words of the page as the server sent it with those after it became alive. Times may read differently. */
async function expectUnchanged(page: Page, path: string): Promise<void> {
  await page.addInitScript(rememberWords);
  // What the server has loaded is handed over: a resource that is not found under its number would be loaded again.
  const calls: string[] = [];
  const onRequest = (request: Request): void => void (isCall(request.url()) && calls.push(request.url()));
  page.on('request', onRequest);
  await page.goto(path);
  await hydrated(page);
  page.off('request', onRequest);
  expect(calls, `${path} calls nothing while it becomes alive`).toEqual([]);
  const [before, after] = await page.evaluate(() => {
    const { wordsBefore, words } = window as unknown as { wordsBefore: string; words: () => string };
    return [wordsBefore, words()];
  });
  expect(before, path).not.toBe('');
  expect(after, path).toBe(before);
}

/** Runs in the page. "Interactive" comes when the HTML is parsed, before the first module script. */
function rememberWords(): void {
  const words = (): string => {
    const body = document.body.cloneNode(true) as HTMLElement;
    // What stands beside the feed comes when the page is alive, sooner or later than its words are compared.
    for (const silent of body.querySelectorAll('script, style, noscript, template, time, aside')) silent.remove();
    return (body.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
  };
  Object.assign(window, { words });
  document.addEventListener('readystatechange', () => {
    if (document.readyState === 'interactive') Object.assign(window, { wordsBefore: words() });
  });
}

/** Whether a function is called, but for those of the column beside the feed, which comes when the page is alive. */
function isCall(address: string): boolean {
  return address.includes('/api/') && !address.includes('/api/app/suggestion/');
}
