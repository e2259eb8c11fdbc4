import { type Locator, type Page } from '@playwright/test';

/** The pictures of a post, in their grid. */
export class PictureGrid {
  readonly links: Locator;

  constructor(readonly post: Locator) {
    this.links = post.locator('.pictures').getByRole('link');
  }

  link(name: string): Locator {
    return this.links.and(this.post.getByRole('link', { name, exact: true }));
  }
}

/** One picture over the whole screen. */
export class PictureViewer {
  readonly root: Locator;
  readonly count: Locator;
  readonly picture: Locator;
  readonly next: Locator;
  readonly previous: Locator;
  readonly close: Locator;
  readonly download: Locator;
  readonly stage: Locator;

  constructor(readonly page: Page) {
    this.root = page.getByRole('dialog', { name: 'Pictures' });
    this.count = this.root.getByRole('status');
    this.picture = this.root.locator('.viewer-picture');
    this.stage = this.root.locator('.viewer-stage');
    this.next = this.root.getByRole('button', { name: 'Next picture' });
    this.previous = this.root.getByRole('button', { name: 'Previous picture' });
    this.close = this.root.getByRole('button', { name: 'Close' });
    this.download = this.root.getByRole('link', { name: 'Download' });
  }

  /** How many times larger than it fits the picture is shown. */
  async scale(): Promise<number> {
    return this.picture.evaluate((image: HTMLElement) => image.getBoundingClientRect().width / image.offsetWidth);
  }
}
