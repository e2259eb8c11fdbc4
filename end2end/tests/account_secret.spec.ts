import { expectUseless, requestReset } from '../support/links.ts';
import { PlainBrowser } from '../support/plain_browser.ts';
import { type PlainPage } from '../support/plain_page.ts';
import { type Person } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('F4 N2 signing up with an address that has an account looks the same, and its owner gets a mail', async ({ kith, people, mailbox }) => {
  const ana = await people.verified('Ana');
  const impostor = people.stranger('Ben');
  const honest = people.stranger('Carl');
  const first = await signUp(kith.url, { ...impostor.signUpForm, Email: ana.email.toUpperCase() });
  const second = await signUp(kith.url, honest.signUpForm);
  expect(answerOf(first, ana)).toEqual(answerOf(second, honest));

  const mail = await mailbox.take(ana.email);
  expect(mail.links.filter((link) => link.includes('/verify/'))).toEqual([]);
  expect(mail.text).toMatch(/already|account/i);
  await people.signIn(ana);
  await expect(people.signIn(impostor)).rejects.toThrow(/422/);
});

test('F4 of two accounts for one address, in whatever capitals, only the one that is verified first can be used', async ({ kith, people, mailbox }) => {
  const ana = await people.unverified('Ana');
  const anasLink = (await mailbox.takeWithLink(ana.email, '/verify/')).link('/verify/');
  const ben = people.stranger('Ben');
  await signUp(kith.url, { ...ben.signUpForm, Email: ana.email.toUpperCase() });
  const bensLink = (await mailbox.takeWithLink(ana.email, '/verify/')).link('/verify/');
  await (await new PlainBrowser(kith.url).open(anasLink)).send('Verify my address');
  await expectUseless(kith.url, bensLink, 'Verify my address');
  await people.signIn(ana);
  await expect(people.signIn(ben)).rejects.toThrow(/422/);
});

test('N2 asking for a new password looks the same for an address without an account', async ({ kith, people, mailbox }) => {
  const ana = await people.verified('Ana');
  const nobody = people.stranger('Nobody');
  const unknown = await requestReset(kith.url, nobody.email);
  const known = await requestReset(kith.url, ana.email);
  expect(answerOf(unknown, nobody)).toEqual(answerOf(known, ana));
  await mailbox.takeWithLink(ana.email, '/reset/');
  expect(mailbox.left(nobody.email)).toBe(0);
});

async function signUp(origin: string, values: Record<string, string>): Promise<PlainPage> {
  return (await new PlainBrowser(origin).open('/signup')).send('Create account', values);
}

/** What a stranger learns from a page, apart from what they typed themselves. */
function answerOf(page: PlainPage, person: Person): unknown {
  const typed = new RegExp(person.email, 'gi');
  return {
    answer: page.answer,
    status: page.status,
    path: (page.url.pathname + page.url.search).replace(typed, '…').replace(encodeURIComponent(person.email), '…'),
    text: page.text.replace(typed, '…'),
  };
}
