import { type Page } from '@playwright/test';
import { expectAccessible, expectFingerSized, expectNoSidewaysScrolling } from '../support/accessibility.ts';
import { type People } from '../support/people.ts';
import { memberPaths, MISSING_PATH, PUBLIC_PATHS } from '../support/paths.ts';
import { test } from '../support/test.ts';

test.beforeEach(({ watch }) => {
  watch.announceStatus(404);
  watch.announceStatus(410);
  test.slow();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`every page passes axe in ${scheme}`, { tag: ['@desktop', '@phone'] }, async ({ people }) => {
    await atEveryPage(people, expectAccessible, { colorScheme: scheme, reducedMotion: 'reduce' });
  });
}

test('no page scrolls sideways', { tag: ['@desktop', '@phone'] }, async ({ people }) => {
  await atEveryPage(people, expectNoSidewaysScrolling);
});

test.describe('on the narrowest screen', () => {
  // That of a small phone, or of a window at 400 percent (WCAG 2.2, 1.4.10).
  test.use({ viewport: { width: 320, height: 640 } });

  test('no page scrolls sideways there either', { tag: '@phone' }, async ({ people }) => {
    await atEveryPage(people, expectNoSidewaysScrolling);
  });
});

test('every control is large enough for a finger', { tag: '@phone' }, async ({ people }) => {
  await atEveryPage(people, expectFingerSized);
});

/** The media are said before a page is opened: on an open one, colours would still be changing while they are measured. */
async function atEveryPage(
  people: People,
  check: (page: Page) => Promise<void>,
  media: Parameters<Page['emulateMedia']>[0] = {},
): Promise<void> {
  const { member, paths } = await memberPaths(people);
  const without = await people.newPage();
  const within = await people.pageOf(member);
  for (const page of [without, within]) await page.emulateMedia(media);
  for (const [page, places] of [[without, [...PUBLIC_PATHS, MISSING_PATH]], [within, [...paths, MISSING_PATH]]] as const) {
    for (const path of places) {
      await people.open(page, path);
      await check(page);
    }
  }
}
