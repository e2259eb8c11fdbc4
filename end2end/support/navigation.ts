import { expect, type Page } from '@playwright/test';

/**
 * Does what shows at once and is told to the server behind it, and waits for the answer: a page that is loaded before takes
 * with it what was not said yet. Without a script there is no such thing.
 */
export async function answered(page: Page, scripted: boolean, call: string, act: () => Promise<void>): Promise<void> {
  const answer = scripted ? page.waitForResponse(`**/api/app/${call}`) : undefined;
  await act();
  await answer;
}

/** Marks the document that a page shows now; the answer tells whether it is still the same one, or was loaded anew. */
export async function expectNoReload(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  return async () => {
    const same = await page.evaluate(() => 'sameDocument' in window);
    expect(same, `${page.url()} must not have been loaded again`).toBe(true);
  };
}
