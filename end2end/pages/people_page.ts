import { type Locator, type Page } from '@playwright/test';
import { type Person } from '../support/people.ts';
import { confirmBlock } from './profile_page.ts';
import { openMenu } from './shell_page.ts';

/** People in rows: on `/people`, on the lists of a profile, on the blocklist. */
export class PeoplePage {
  readonly search: Locator;
  readonly searchList: Locator;
  readonly suggestions: Locator;
  readonly rows: Locator;
  readonly more: Locator;
  readonly posts: Locator;

  constructor(readonly page: Page) {
    const main = page.getByRole('main');
    this.search = main.getByRole('searchbox', { name: 'Search people' });
    this.searchList = main.getByRole('searchbox', { name: 'Search this list' });
    this.suggestions = main.getByRole('region', { name: 'People you may know' });
    this.rows = main.locator('.person');
    this.more = main.getByRole('link', { name: 'More people' });
    this.posts = main.getByRole('link', { name: 'Posts', exact: true });
  }

  static list(person: Person, list: 'followers' | 'following'): string {
    return `/u/${person.username}/${list}`;
  }

  row(person: Person): Locator {
    return this.rows.filter({ hasText: person.fullName });
  }

  follow(person: Person): Locator {
    return this.button('Follow', person);
  }

  unfollow(person: Person): Locator {
    return this.button('Unfollow', person);
  }

  button(verb: string, person: Person): Locator {
    return this.row(person).getByRole('button', { name: `${verb} ${person.fullName}`, exact: true });
  }

  async block(person: Person): Promise<void> {
    await openMenu(this.row(person), `Options for ${person.fullName}`);
    await confirmBlock(this.page);
  }
}
