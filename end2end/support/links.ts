import { expect } from '@playwright/test';
import { type Mailbox } from './mailbox.ts';
import { PlainBrowser } from './plain_browser.ts';
import { type PlainPage } from './plain_page.ts';

/** Asks for a new password through the plain form. */
export async function requestReset(origin: string, address: string): Promise<PlainPage> {
  return (await new PlainBrowser(origin).open('/forgot')).send(/send/i, { Email: address });
}

/** The link that such a request brings. */
export async function resetLink(origin: string, address: string, mailbox: Mailbox): Promise<string> {
  await requestReset(origin, address);
  return (await mailbox.takeWithLink(address, '/reset/')).link('/reset/');
}

/** A link that does nothing says so, at the latest when its button is pressed, and leads on. */
export async function expectUseless(
  origin: string,
  link: string,
  button: string,
  fields: Record<string, string> = {},
): Promise<void> {
  const opened = await new PlainBrowser(origin).open(link);
  const told = opened.hasButton(button) ? await opened.send(button, fields) : opened;
  expect(told.answer, link.slice(0, 120)).toBeGreaterThanOrEqual(400);
  expect(told.answer, link.slice(0, 120)).toBeLessThan(500);
  expect(told.text).toMatch(/link|no longer|not found/i);
}
