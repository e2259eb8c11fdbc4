import { type Locator, type Page } from '@playwright/test';
import { type Person } from '../support/people.ts';

/** The people who like a post, `/p/{id}/likes`. */
export class LikesPage {
  readonly people: Locator;
  readonly more: Locator;
  readonly back: Locator;

  constructor(readonly page: Page) {
    const main = page.getByRole('main');
    this.people = main.getByRole('listitem');
    this.more = main.getByRole('link', { name: 'More people' });
    this.back = main.getByRole('link', { name: 'Back', exact: true });
  }

  static path(post: string): string {
    return `${post}/likes`;
  }

  row(person: Person): Locator {
    return this.people.filter({ has: this.page.getByRole('link', { name: person.fullName }) });
  }

  follow(person: Person): Locator {
    return this.row(person).getByRole('button', { name: `Follow ${person.fullName}`, exact: true });
  }

  unfollow(person: Person): Locator {
    return this.row(person).getByRole('button', { name: `Unfollow ${person.fullName}`, exact: true });
  }
}
