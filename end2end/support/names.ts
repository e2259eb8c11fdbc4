/** Invents names that are the same in each run of the same test and differ between tests. */
export class Names {
  private state: number;

  constructor(seed: string) {
    this.state = 0x811c9dc5;
    for (const char of seed) {
      this.state = Math.imul(this.state ^ char.codePointAt(0)!, 0x01000193);
    }
  }

  /** A last name that can be said aloud, like "Velmorta": four syllables, so that two people rarely share one. */
  lastName(): string {
    const name = Array.from({ length: 4 }, () => this.pick('bdfgklmnprstvz') + this.pick('aeiou')).join('');
    return name.charAt(0).toUpperCase() + name.slice(1);
  }

  /** A sentence that stands nowhere else. */
  sentence(about: string): string {
    return `${about} ${this.lastName()} ${this.lastName()}`;
  }

  private pick(letters: string): string {
    return letters.charAt(Math.floor(this.next() * letters.length));
  }

  /** A number from 0 up to 1 (mulberry32). */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
