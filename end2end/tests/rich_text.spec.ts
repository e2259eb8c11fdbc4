import { PostPage } from '../pages/post_page.ts';
import { publish } from '../support/actions.ts';
import { expect, test } from '../support/test.ts';

const everywhere = { tag: ['@desktop', '@phone', '@no-script'] };

test('R5.1 links and mentions in a post lead where they say, line breaks stay', everywhere, async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const ben = await people.member('Ben');
  const begin = names.sentence('Look');
  const name = ben.person.username;
  const text = `${begin}\nhttps://kith.example/a?b=c&d#e.\n\n(@${name.toUpperCase()}) and @nobody_of_this_name, ana@example.org`;
  await people.open(ana.page, await publish(ana, text));
  const body = new PostPage(ana.page).post(ana.person, begin).root.locator('.post-body');
  expect(await body.innerText()).toBe(text);

  await expect(body.getByRole('link')).toHaveCount(2);
  const link = body.getByRole('link', { name: 'https://kith.example/a?b=c&d#e', exact: true });
  await expect(link).toHaveAttribute('href', 'https://kith.example/a?b=c&d#e');
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', 'noopener nofollow ugc');

  await body.getByRole('link', { name: `@${name.toUpperCase()}`, exact: true }).click();
  await expect(ana.page).toHaveURL(`/u/${name}`);
  await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText(ben.person.fullName);
});

test('R5.1 other schemes and markup in a post are words', async ({ people, names }) => {
  const ana = await people.arrive('Ana');
  const begin = names.sentence('Words');
  const text = `${begin} javascript:alert(1) data:text/html,x <a href="https://a.example">a</a> <img src=x>`;
  await people.open(ana.page, await publish(ana, text));
  const body = new PostPage(ana.page).post(ana.person, begin).root.locator('.post-body');
  await expect(body).toHaveText(text);
  await expect(body.getByRole('link')).toHaveText(['https://a.example']);
  await expect(body.locator('img')).toHaveCount(0);
});
