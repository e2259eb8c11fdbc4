import { like, publish, sendMessage } from './actions.ts';
import { type Member, type People } from './people.ts';

/** Every page that Kith has, with something on it. New routes are added here, and every check of pages covers them. */
export const PUBLIC_PATHS: readonly string[] = ['/', '/signup', '/login', '/forgot', '/verify/x', '/login/code', '/email/x', '/reset/x', '/ui'];

/** The pages for members, as one of them sees them. */
export interface MemberPaths {
  readonly member: Member;
  readonly paths: readonly string[];
}

/** Somebody with a post, a comment, a like and a conversation, and the pages where these stand. */
export async function memberPaths(people: People): Promise<MemberPaths> {
  const ana = await people.member('Ana');
  const ben = await people.member('Ben');
  const post = await publish(ben, 'The choir meets at seven.\n\nBring your own notes, and a friend who can sing.');
  await (await ana.plain.open(post)).send('Comment', { 'Write a comment': 'May I bring my sister?' });
  await (await ana.plain.open(post)).send('Like');
  const own = await publish(ana, 'I can sing, a litle.');
  await (await ana.plain.open(`${own}/edit`)).send('Save changes', { 'Your post': 'I can sing, a little.' });
  await like(ben, own);
  await sendMessage(ben, ana.person, 'See you tonight?');
  await sendMessage(ana, ben.person, 'Yes.');
  const paths = [
    '/',
    post,
    `${post}/likes`,
    `${post}/history`,
    `${own}/history`,
    `${own}/edit`,
    `${own}/delete`,
    `/u/${ana.person.username}`,
    `/u/${ben.person.username}`,
    `/u/${ben.person.username}?tab=pictures`,
    `/u/${ana.person.username}?tab=about`,
    '/settings/profile',
    `/u/${ben.person.username}/followers`,
    `/u/${ben.person.username}/following`,
    `/u/${ben.person.username}/block`,
    '/people',
    '/people?q=ben',
    '/people?q=choir&tab=posts',
    '/notifications',
    '/settings/notifications',
    '/settings/blocked',
    '/settings/export',
    '/settings/delete',
    '/chat',
    `/chat/${ben.person.username}`,
    '/settings/account',
    '/settings/security',
    '/history',
    '/history?posts',
    '/history?log-ins',
  ];
  return { member: ana, paths };
}

/** A page that is not there. */
export const MISSING_PATH = '/no/such/page';
