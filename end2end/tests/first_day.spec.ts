import { type Page } from '@playwright/test';
import { AccountPage } from '../pages/account_page.ts';
import { ChatPage } from '../pages/chat_page.ts';
import { FeedPage } from '../pages/feed_page.ts';
import { PostPage } from '../pages/post_page.ts';
import { ProfilePage } from '../pages/profile_page.ts';
import { ShellPage } from '../pages/shell_page.ts';
import { hydrated } from '../support/console.ts';
import { sendMessage } from '../support/actions.ts';
import { type Mailbox } from '../support/mailbox.ts';
import { type Person } from '../support/people.ts';
import { expectNoReload } from '../support/navigation.ts';
import { expect, test } from '../support/test.ts';

test('R1 R5 R6 R7 F1 F2 F7 F9 the first day of two people', { tag: ['@desktop', '@phone'] }, async ({
  page: anasScreen,
  people,
  mailbox,
  names,
}) => {
  test.setTimeout(180_000);
  const ana = people.stranger('Ana');
  const ben = people.stranger('Ben');
  const bensScreen = await people.newPage();

  await test.step('both sign up, verify their addresses and log in', async () => {
    await becomeMember(anasScreen, ana, mailbox);
    await becomeMember(bensScreen, ben, mailbox);
    await new AccountPage(anasScreen).logIn(ana.username, ana.password);
    await new AccountPage(bensScreen).logIn(ben.email, ben.password);
  });

  const anasFeed = new FeedPage(anasScreen);
  const bensFeed = new FeedPage(bensScreen);
  const post = names.sentence('The choir meets at seven');

  await test.step('Ana posts, and Ben is told without reloading', async () => {
    await expect(bensFeed.composer).toBeVisible();
    await hydrated(bensScreen);
    const same = await expectNoReload(bensScreen);
    await anasFeed.publish(post);
    await expect(anasFeed.post(ana, post).root).toBeVisible();
    await bensFeed.newPostsButton(1).click();
    await expect(bensFeed.post(ana, post).root).toBeVisible();
    await expect(bensFeed.post(ana, post).time).toBeVisible();
    await same();
  });

  await test.step('Ben likes it, and Ana sees the count move', async () => {
    const same = await expectNoReload(anasScreen);
    await bensFeed.post(ana, post).like.click();
    await expect(bensFeed.post(ana, post).like).toHaveAttribute('aria-pressed', 'true');
    await expect(anasFeed.post(ana, post).likes(1)).toBeVisible();
    await same();
  });

  const anasPost = new PostPage(anasScreen);
  const bensPost = new PostPage(bensScreen);
  const question = names.sentence('May I bring my sister?');
  const answer = names.sentence('Of course, she can sing');

  await test.step('Ben comments, Ana answers, each sees it come', async () => {
    await anasFeed.post(ana, post).commentsLink.click();
    await expect(anasPost.composer).toBeVisible();
    await bensFeed.post(ana, post).commentsLink.click();
    await bensPost.write(question);
    await expect(anasPost.comment(ben, question).root).toBeVisible();
    await expect(anasPost.post(ana, post).comments(1)).toBeVisible();
    await anasPost.comment(ben, question).reply(answer);
    await expect(bensPost.comment(ana, answer).root).toBeVisible();
    await expect(bensPost.post(ana, post).comments(2)).toBeVisible();
  });

  await test.step('Ben takes his like back', async () => {
    await bensPost.post(ana, post).like.click();
    await expect(bensPost.post(ana, post).like).toHaveAttribute('aria-pressed', 'false');
    await expect(anasPost.post(ana, post).likes(1)).toHaveCount(0);
  });

  await test.step('they talk', async () => {
    await anasScreen.goto(ChatPage.path(ben));
    await bensScreen.goto(ChatPage.path(ana));
    await hydrated(anasScreen);
    await hydrated(bensScreen);
    const lines = [
      { from: ana, text: 'hey, choir at seven?' },
      { from: ben, text: 'sure, see you there' },
      { from: ana, text: 'bring your sister' },
    ];
    for (const line of lines) {
      const [here, there] = line.from === ana ? [anasScreen, bensScreen] : [bensScreen, anasScreen];
      await new ChatPage(here).send(line.text);
      await expect(new ChatPage(there).message(line.from, line.text)).toBeVisible();
    }
    await new ChatPage(anasScreen).expectConversation(lines);
    await new ChatPage(bensScreen).expectConversation(lines);
  });

  await test.step('Ana logs out, forgets her password and gets a new one; her old session is gone', async () => {
    const atTheLibrary = await people.newPage();
    await new AccountPage(atTheLibrary).logIn(ana.username, ana.password);
    await new ShellPage(atTheLibrary).expectSignedIn();
    await hydrated(atTheLibrary);

    await anasScreen.goto('/');
    await new ShellPage(anasScreen).logOut();
    await new ShellPage(anasScreen).expectSignedOut();
    const account = new AccountPage(anasScreen);
    await account.requestReset(ana.email);
    const mail = await mailbox.takeWithLink(ana.email, '/reset/');
    await anasScreen.goto(mail.link('/reset/'));
    await account.choosePassword(`${ana.password} again`);
    await account.logIn(ana.username, `${ana.password} again`);
    await new ShellPage(anasScreen).expectSignedIn();

    await atTheLibrary.goto('/');
    await new ShellPage(atTheLibrary).expectSignedOut();
  });
});

test('R1 R3.1 R4.1 R5 R6 R7 the first day without JavaScript', { tag: '@no-script' }, async ({ page, people, mailbox, names }) => {
  test.setTimeout(120_000);
  const ana = people.stranger('Ana');
  const ben = await people.member('Ben');
  const shell = new ShellPage(page);
  const feed = new FeedPage(page);
  const post = new PostPage(page);
  const profile = new ProfilePage(page);
  const chat = new ChatPage(page);

  await test.step('sign up, verify, log in', async () => {
    await becomeMember(page, ana, mailbox);
    await new AccountPage(page).logIn(ana.username, ana.password);
    await shell.expectSignedIn();
  });

  const words = names.sentence('The choir meets at seven');
  await test.step('post, like, take it back', async () => {
    await feed.publish(words);
    await expect(feed.post(ana, words).root).toBeVisible();
    await feed.post(ana, words).like.click();
    await expect(feed.post(ana, words).like).toHaveAttribute('aria-pressed', 'true');
    await expect(feed.post(ana, words).likes(1)).toBeVisible();
    await feed.post(ana, words).like.click();
    await expect(feed.post(ana, words).like).toHaveAttribute('aria-pressed', 'false');
    await expect(feed.post(ana, words).likes(1)).toHaveCount(0);
  });

  const question = names.sentence('Who brings the notes?');
  const answer = names.sentence('I do');
  await test.step('comment and reply', async () => {
    await feed.post(ana, words).commentsLink.click();
    await post.write(question);
    await post.comment(ana, question).reply(answer);
    await expect(post.comment(ana, answer).root).toBeVisible();
    await expect(post.post(ana, words).comments(2)).toBeVisible();
  });

  await test.step('follow, unfollow, write a message', async () => {
    await page.goto(ProfilePage.path(ben.person));
    await profile.follow.click();
    await profile.unfollow.click();
    await expect(profile.follow).toBeVisible();
    await profile.message.click();
    await chat.send('hey, choir at seven?');
    await sendMessage(ben, ana, 'sure, see you there');
    await page.reload();
    await chat.expectConversation([
      { from: ana, text: 'hey, choir at seven?' },
      { from: ben.person, text: 'sure, see you there' },
    ]);
  });

  await test.step('block and unblock', async () => {
    await page.goto(ProfilePage.path(ben.person));
    await profile.block();
    await expect(profile.stub(ben.person)).toBeVisible();
    await profile.unblock.click();
    await expect(profile.follow).toBeVisible();
  });

  await test.step('log out', async () => {
    await shell.logOut();
    await shell.expectSignedOut();
  });
});

/** Signs up and follows the link: opening it changes nothing, so a mail scanner that does it first does no harm. */
async function becomeMember(page: Page, person: Person, mailbox: Mailbox): Promise<void> {
  const account = new AccountPage(page);
  await account.signUp(person);
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  const mail = await mailbox.takeWithLink(person.email, '/verify/');
  await page.goto(mail.link('/verify/'));
  await expect(account.verify).toBeVisible();
  await page.goto(mail.link('/verify/'));
  await account.submit(account.verify);
  await expect(account.verify).toHaveCount(0);
}
