import { type Locator, type Page } from '@playwright/test';

/** One's own profile as one changes it, `/settings/profile`. */
export class ProfileSettingsPage {
  static readonly path = '/settings/profile';

  readonly save: Locator;
  readonly saved: Locator;
  readonly choosePicture: Locator;
  readonly removePicture: Locator;
  readonly crop: CropDialog;

  constructor(readonly page: Page) {
    this.save = page.getByRole('button', { name: 'Save changes' });
    this.saved = page.getByText('Your changes are saved.');
    this.choosePicture = page.getByLabel('Choose a picture');
    this.removePicture = page.getByRole('button', { name: 'Remove picture' });
    this.crop = new CropDialog(page);
  }

  field(label: string): Locator {
    // A section may have the same name.
    return this.page.getByLabel(label, { exact: true }).and(this.page.locator('input, textarea, select'));
  }

  async fill(fields: Record<string, string>): Promise<void> {
    for (const [label, text] of Object.entries(fields)) await this.field(label).fill(text);
  }
}

/** Which part of a picture becomes the profile picture. */
export class CropDialog {
  readonly root: Locator;
  readonly stage: Locator;
  readonly image: Locator;
  readonly save: Locator;

  constructor(page: Page) {
    this.root = page.getByRole('dialog', { name: 'Choose a section' });
    this.stage = this.root.getByRole('slider', { name: 'Section of the picture' });
    this.image = this.stage.locator('img');
    this.save = this.root.getByRole('button', { name: 'Save picture' });
  }

  /** Where the picture lies in the square, in pixels. */
  async place(): Promise<{ x: number; y: number; width: number }> {
    const [stage, image] = [await this.stage.boundingBox(), await this.image.boundingBox()];
    if (stage === null || image === null) throw new Error('There is no picture to be seen');
    return { x: image.x - stage.x, y: image.y - stage.y, width: image.width };
  }
}
