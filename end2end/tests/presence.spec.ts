import { type Page } from '@playwright/test';
import { ChatPage } from '../pages/chat_page.ts';
import { ProfilePage } from '../pages/profile_page.ts';
import { block, sendMessage } from '../support/actions.ts';
import { expect, test } from '../support/test.ts';

/** How long it may take until somebody who is gone is offline: five seconds settle, and the machine is slow. */
const SETTLED = { timeout: 20_000 };
const GONE = /^(Offline|Last seen )/;

const presence = (page: Page) => page.getByRole('main').locator('.presence');

/** Nobody sees this page any more: another tab lies over it, or the window is minimised. */
async function hide(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
}

async function show(page: Page): Promise<void> {
  await page.evaluate(() => {
    Reflect.deleteProperty(document, 'visibilityState');
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
}

test('R7.3 a profile shows who comes and who goes', async ({ people }) => {
  const ben = await people.member('Ben');
  const ana = await people.arrive('Ana', ProfilePage.path(ben.person));
  await expect(presence(ana.page)).toHaveText(GONE);
  const page = await people.pageOf(ben);
  await expect(presence(ana.page)).toHaveText('Online');
  await page.context().close();
  await expect(presence(ana.page)).toHaveText('Last seen just now', SETTLED);
});

test('R7.3 a conversation and both lists show who is online', async ({ people }) => {
  const [ben, cid] = [await people.member('Ben'), await people.arrive('Cid')];
  const ana = await people.arrive('Ana');
  await sendMessage(ben, ana.person, 'hello');
  await people.open(ana.page, ChatPage.path(ben.person));
  const chat = new ChatPage(ana.page);
  const stranger = chat.everyoneElse.getByRole('link', { name: cid.person.fullName });
  await expect(presence(ana.page)).toHaveText(GONE);
  await expect(chat.conversation(ben.person)).not.toHaveAccessibleName(/, online/);
  await expect(stranger).toHaveAccessibleName(/, online/);
  await people.pageOf(ben);
  await expect(presence(ana.page)).toHaveText('Online');
  // The list scrolls and the page does not, whatever is read aloud within it.
  await ana.page.setViewportSize({ width: 1280, height: 400 });
  expect(await ana.page.evaluate(() => document.documentElement.scrollHeight)).toBe(400);
  await expect(chat.conversation(ben.person)).toHaveAccessibleName(/, online/);
  await cid.page.context().close();
  await expect(stranger).not.toHaveAccessibleName(/, online/, SETTLED);
});

test('R7.3 whoever reloads or goes to another page stays online', async ({ people }) => {
  const ben = await people.arrive('Ben');
  const ana = await people.arrive('Ana', ProfilePage.path(ben.person));
  await expect(presence(ana.page)).toHaveText('Online');
  const seen = await ana.page.evaluateHandle(() => {
    const texts: string[] = [];
    const watcher = new MutationObserver(() => {
      const text = document.querySelector('.presence')?.textContent ?? '';
      if (text !== (texts.at(-1) ?? 'Online')) texts.push(text);
    });
    watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
    return texts;
  });
  for (const path of ['/', '/chat', '/people']) await people.open(ben.page, path);
  await ben.page.context().close();
  await expect(presence(ana.page)).toHaveText(GONE, SETTLED);
  const texts = await seen.jsonValue();
  expect(texts, 'offline once, at the end').not.toContain('Online');
});

test('R7.3 a lost network is offline for the others, and comes back', async ({ people, cuttableProxy, watch }) => {
  watch.announceOutage();
  const ben = await people.member('Ben');
  await people.pageOf(ben, '/', { proxy: cuttableProxy.settings });
  const ana = await people.arrive('Ana', ChatPage.path(ben.person));
  await expect(presence(ana.page)).toHaveText('Online');
  await cuttableProxy.cut();
  await expect(presence(ana.page)).toHaveText(GONE, SETTLED);
  await cuttableProxy.restore();
  await expect(presence(ana.page)).toHaveText('Online', SETTLED);
});

test('R7.3 somebody whose pages were hidden for five minutes is away', async ({ people }) => {
  const ben = await people.member('Ben');
  const page = await people.newPage();
  await page.clock.install();
  await page.context().addCookies(ben.plain.cookies);
  await people.open(page, '/');
  const ana = await people.arrive('Ana', ProfilePage.path(ben.person));
  await expect(presence(ana.page)).toHaveText('Online');
  await hide(page);
  await page.clock.fastForward('05:01');
  await expect(presence(ana.page)).toHaveText('Away', SETTLED);
  await show(page);
  await expect(presence(ana.page)).toHaveText('Online', SETTLED);
});

test('R7.3 a page without a script says who is online', async ({ people }) => {
  const ben = await people.arrive('Ben');
  const ana = await people.member('Ana');
  for (const path of [ProfilePage.path(ben.person), ChatPage.path(ben.person)]) {
    expect((await ana.plain.open(path)).text).toContain('Online');
  }
});

test('R7.3 R4.3 nobody sees whether somebody who blocked them is there', async ({ people }) => {
  const ben = await people.arrive('Ben');
  const ana = await people.arrive('Ana', ChatPage.path(ben.person));
  await expect(presence(ana.page)).toHaveText('Online');
  await block(ben, ana.person);
  await expect(presence(ana.page)).toHaveText('Offline');
});
