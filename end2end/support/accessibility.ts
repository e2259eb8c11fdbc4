import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type axe from 'axe-core';

const SOURCE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** WCAG 2.2 AA and what axe counts as good practice: not one violation. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(await readFile(SOURCE, 'utf8'));
  const violations = await page.evaluate(async () => {
    const { run } = (window as unknown as { axe: typeof axe }).axe;
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const results = await run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
    return results.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html}\n  ${failureSummary ?? ''}`),
    );
  });
  expect(violations, page.url()).toEqual([]);
}

/**
 * Nothing hangs over the right edge, whatever font a machine has: also not with as much room between letters and words as
 * people may ask for (WCAG 2.2, 1.4.12).
 */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  await expectFitting(page);
  await page.evaluate(() => {
    const apart = new CSSStyleSheet();
    apart.replaceSync('* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }');
    document.adoptedStyleSheets = [apart];
  });
  await expectFitting(page);
}

async function expectFitting(page: Page): Promise<void> {
  const { wide, over } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const elements = [...document.body.querySelectorAll('*')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.right > width + 1;
    });
    return { wide: document.documentElement.scrollWidth - width, over: elements.map((element) => element.outerHTML.slice(0, 160)) };
  });
  expect(wide, `${page.url()} is too wide: ${over.slice(0, 5).join('\n')}`).toBeLessThanOrEqual(0);
}

/** A finger that lands 22 px from the middle of a control still meets it. Links within a sentence are exempt. */
export async function expectFingerSized(page: Page): Promise<void> {
  const controls = page.locator('a[href], button, summary, select, textarea, input:not([type=hidden])');
  const small: string[] = [];
  for (const control of await controls.filter({ visible: true }).all()) {
    const miss = await control.evaluate((element) => {
      const inSentence = getComputedStyle(element).display === 'inline' && element.closest('p, li, label, dd, h1, h2, h3');
      if (inSentence) return undefined;
      element.scrollIntoView({ block: 'center', behavior: 'instant' });
      const box = element.getBoundingClientRect();
      if (box.width >= 44 && box.height >= 44) return undefined;
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const reach = 21.5;
      const missed = [[x - reach, y], [x + reach, y], [x, y - reach], [x, y + reach]].some(([left = 0, top = 0]) => {
        const hit = document.elementFromPoint(left, top);
        return !hit || !(element.contains(hit) || (hit instanceof HTMLLabelElement && hit.control === element));
      });
      return missed ? `${Math.round(box.width)}x${Math.round(box.height)} ${element.outerHTML.slice(0, 160)}` : undefined;
    });
    if (miss !== undefined) small.push(miss);
  }
  expect(small, page.url()).toEqual([]);
}
