import { expect, type Page } from '@playwright/test';

/** Marks the document that a page shows now; the answer tells whether it is still the same one, or was loaded anew. */
export async function stays(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  return async () => {
    const same = await page.evaluate(() => 'sameDocument' in window);
    expect(same, `${page.url()} must not have been loaded again`).toBe(true);
  };
}
