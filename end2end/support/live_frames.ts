import { type Page } from '@playwright/test';

interface Topic {
  post: string;
}

/** What a page says to the server over its sockets, from now on. */
export class LiveFrames {
  /** The posts that the server watches for the page. */
  readonly watched = new Set<string>();
  /** The most posts that it ever watched at once. */
  mostWatched = 0;
  /** Characters of the largest frame. */
  largest = 0;
  /** Sockets that were opened. */
  sockets = 0;

  constructor(page: Page) {
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).pathname !== '/live') return;
      this.sockets += 1;
      this.watched.clear();
      socket.on('framesent', ({ payload }) => this.sent(String(payload)));
    });
  }

  private sent(frame: string): void {
    this.largest = Math.max(this.largest, frame.length);
    const said: unknown = JSON.parse(frame);
    if (typeof said !== 'object' || said === null || !('watch' in said)) return;
    const { add = [], remove = [] } = said.watch as { add?: { topic: Topic }[]; remove?: Topic[] };
    for (const { post } of remove) this.watched.delete(post);
    for (const { topic } of add) this.watched.add(topic.post);
    this.mostWatched = Math.max(this.mostWatched, this.watched.size);
  }
}
