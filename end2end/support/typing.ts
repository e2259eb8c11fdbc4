import { type Locator } from '@playwright/test';

/**
 * Ends a composition as Safari does: the composition is over already when the key comes that ended it, and only the key's code
 * tells that an input method has taken it (WebKit bug 165004).
 */
export async function endCompositionLikeSafari(field: Locator, key: 'Enter' | 'Escape', modifiers: { ctrlKey?: boolean } = {}): Promise<void> {
  await field.evaluate(
    (element, { key, modifiers }) => {
      element.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      element.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
      const init = { key, code: key, keyCode: 229, which: 229, bubbles: true, cancelable: true, ...modifiers };
      element.dispatchEvent(new KeyboardEvent('keydown', init));
    },
    { key, modifiers },
  );
}

/** What a clipboard or a hand carries. */
export interface TransferContent {
  readonly text?: string;
  readonly html?: string;
  /** The name of a picture's file. */
  readonly image?: string;
}

/** Pastes or drops; answers whether the page took it, so that the browser does nothing more. */
export async function transfer(target: Locator, kind: 'paste' | 'drop', content: TransferContent): Promise<boolean> {
  return target.evaluate(
    async (element, { kind, content }) => {
      const data = new DataTransfer();
      if (content.text !== undefined) data.setData('text/plain', content.text);
      if (content.html !== undefined) data.setData('text/html', content.html);
      if (content.image !== undefined) {
        const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 40 });
        canvas.getContext('2d')?.fillRect(0, 0, 60, 40);
        const png = await new Promise<Blob | null>((done) => canvas.toBlob(done));
        if (png) data.items.add(new File([png], content.image, { type: 'image/png' }));
      }
      const init = { bubbles: true, cancelable: true };
      const event =
        kind === 'paste'
          ? new ClipboardEvent('paste', { ...init, clipboardData: data })
          : new DragEvent('drop', { ...init, dataTransfer: data });
      return !element.dispatchEvent(event);
    },
    { kind, content },
  );
}
