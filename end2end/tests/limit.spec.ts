import { PlainBrowser } from '../support/plain_browser.ts';
import { expect, test } from '../support/test.ts';

// The limits that an operator gets who sets nothing.
test.use({ serverSettings: { KITH_RATE_FACTOR: '1' } });

test('R1.1 N1 forty people behind one address sign up and log in together', async ({ people }) => {
  test.slow();
  const all = await Promise.all(Array.from({ length: 40 }, () => people.member('Pupil')));
  expect(new Set(all.map(({ person }) => person.username)).size).toBe(40);
});

test('R1.4 N2 who guesses a password has to wait, and others do not', async ({ kith, people }) => {
  const ana = await people.verified('Ana');
  const ben = await people.verified('Ben');
  const form = await new PlainBrowser(kith.url).open('/login');
  const answers: number[] = [];
  for (let guess = 0; guess < 12; guess += 1) {
    const again = await form.send('Log in', { 'Username or email': ana.username, Password: `guess number ${guess}` });
    answers.push(again.answer);
    if (again.answer !== 429) continue;
    expect(again.text).toMatch(/minute|second/i);
    expect(again.value('Username or email')).toBe(ana.username);
  }
  expect(answers.at(0)).toBe(422);
  expect(answers.at(-1)).toBe(429);
  await people.signIn(ben);
});
