import { expect, type Locator, type Page } from '@playwright/test';

/** Presses Tab as often as it takes, as somebody without a mouse does. */
export async function pressTabUntil(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(wanted, 'must be reached with the Tab key').toBeFocused();
}
