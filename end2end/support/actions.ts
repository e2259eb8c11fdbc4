import { type Member, type Person } from './people.ts';
import { type Upload } from './pictures.ts';
import { type PlainPage } from './plain_page.ts';

/** What people did before a test begins, done through the plain forms. */

/** Publishes a post and answers its path, `/p/{id}`. */
export async function publish(member: Member, text: string): Promise<string> {
  const home = await member.plain.open('/');
  accepted(await home.send('Post', { 'Share your thoughts': text }));
  return pathOf(member, text);
}

/** Publishes many posts, a few at a time, and does not look at them. */
export async function publishMany(member: Member, texts: readonly string[]): Promise<void> {
  const home = await member.plain.open('/');
  const waiting = [...texts].reverse();
  const publishNext = async (): Promise<void> => {
    for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
      const status = await home.sendOnly('Post', { 'Share your thoughts': text });
      if (status !== 303) throw new Error(`"${text}" was not published: ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 6 }, publishNext));
}

async function pathOf(member: Member, text: string): Promise<string> {
  const feed = await member.plain.open('/');
  const links = feed.article(member.person.fullName, text).querySelectorAll('a[href^="/p/"]');
  const path = links[0]?.getAttribute('href')?.match(/^\/p\/[^/?#]+/)?.[0];
  if (path === undefined) throw new Error(`The post "${text}" does not link to its own page`);
  return path;
}

/** Publishes a post with pictures, as a page without a script does, and answers its path. */
export async function publishWithPictures(member: Member, text: string, pictures: readonly Upload[]): Promise<string> {
  const form = new FormData();
  form.append('body', text);
  form.append('back', '/');
  for (const { name, mimeType, buffer } of pictures) form.append('pictures', new File([new Uint8Array(buffer)], name, { type: mimeType }));
  accepted(await member.plain.follow(new URL('/posts', member.plain.origin), { method: 'POST', body: form }));
  return pathOf(member, text);
}

export async function edit(member: Member, post: string, text: string): Promise<void> {
  accepted(await (await member.plain.open(`${post}/edit`)).send('Save changes', { 'Your post': text }));
}

export async function remove(member: Member, post: string): Promise<void> {
  accepted(await (await member.plain.open(`${post}/delete`)).send('Delete'));
}

/** Comments on a post and answers the comment's id. */
export async function comment(member: Member, post: string, text: string): Promise<string> {
  return written(await (await member.plain.open(post)).send('Comment', { 'Write a comment': text }));
}

/** Replies to a comment and answers the reply's id. */
export async function reply(member: Member, post: string, to: string, text: string): Promise<string> {
  const page = await member.plain.open(`${post}?reply=${to}`);
  const form = page.root.querySelector(`input[name="answers"][value="${to}"]`)?.closest('form');
  if (!form) throw new Error(`${post} has no form to reply to ${to}`);
  return written(await page.send('Reply', { 'Write a reply': text }, form));
}

export async function like(member: Member, post: string): Promise<void> {
  accepted(await (await member.plain.open(post)).send('Like'));
}

export async function follow(member: Member, other: Person): Promise<void> {
  accepted(await (await member.plain.open(`/u/${other.username}`)).send('Follow'));
}

export async function block(member: Member, other: Person): Promise<void> {
  accepted(await (await member.plain.open(`/u/${other.username}/block`)).send('Block'));
}

export async function unblock(member: Member, other: Person): Promise<void> {
  accepted(await (await member.plain.open(`/u/${other.username}`)).send('Unblock'));
}

export async function sendMessage(member: Member, other: Person, text: string): Promise<void> {
  accepted(await (await member.plain.open(`/chat/${other.username}`)).send('Send', { Message: text }));
}

/** The comment that one is led to after it was written. */
function written(page: PlainPage): string {
  accepted(page);
  const id = page.url.searchParams.get('comment');
  if (id === null) throw new Error(`${page.url} names no comment`);
  return id;
}

function accepted(page: PlainPage): void {
  if (page.answer !== 303) throw new Error(`${page.url.pathname} answered ${page.answer}: ${page.text.slice(0, 600)}`);
}
