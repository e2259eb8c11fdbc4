/** What people and their clipboards type into forms, with the words that the answer must have. */

export interface BadInput {
  readonly typed: string;
  readonly why: RegExp;
}

export const BAD_USERNAMES: readonly BadInput[] = [
  { typed: '', why: /\w/ },
  { typed: 'an', why: /3/ },
  { typed: 'a'.repeat(31), why: /30/ },
  { typed: '7ana', why: /letter/i },
  { typed: '_ana', why: /letter/i },
  { typed: 'ana brandt', why: /letter/i },
  { typed: 'ana-brandt', why: /letter/i },
  { typed: 'zoë', why: /letter/i },
  // The first letter is Cyrillic.
  { typed: '\u0430nabrandt', why: /letter/i },
];

export const BAD_ADDRESSES: readonly BadInput[] = [
  { typed: '', why: /\w/ },
  { typed: 'ana', why: /address/i },
  { typed: 'ana@', why: /address/i },
  { typed: '@example.org', why: /address/i },
  { typed: 'ana@example', why: /address/i },
  { typed: 'ana@@example.org', why: /address/i },
  { typed: 'ana@exam ple.org', why: /address/i },
  { typed: 'ana@example.org.', why: /address/i },
  { typed: 'ana@-example.org', why: /address/i },
  { typed: 'Ana <ana@example.org>', why: /address/i },
  { typed: `${'a'.repeat(65)}@example.org`, why: /address/i },
  { typed: `ana@${'example.'.repeat(40)}org`, why: /254/ },
];

export const BAD_PASSWORDS: readonly BadInput[] = [
  { typed: '', why: /\w/ },
  { typed: 'tr0mbone', why: /10/ },
  { typed: 'password123', why: /guess/i },
  { typed: '1234567890', why: /guess/i },
  { typed: 'x'.repeat(10_000), why: /1[,.\s]?000/ },
];

export const BAD_NAMES: readonly BadInput[] = [
  { typed: '', why: /\w/ },
  { typed: '   ', why: /\w/ },
  { typed: 'x'.repeat(51), why: /50/ },
  { typed: 'Ana\u202etxt', why: /seen|direction|invisible/i },
  { typed: `A${'\u0301'.repeat(20)}na`, why: /marks|accents/i },
];

/** Text that must come out exactly as it went in, and do nothing. */
export const HOSTILE_TEXTS: readonly string[] = [
  '</textarea><script>document.title = "broken"</script>',
  '<img src=x onerror="document.title=\'broken\'"> & &amp; &lt;b&gt;',
  '{{7*7}} ${7*7} %s %00 \\u0000 \' OR 1=1; --',
];

/** What a person sees as nothing. */
export const EMPTY_TEXTS: readonly string[] = ['', '     ', '\n\n\n', '\u200b\u200d\ufeff', '\u00a0\u3000'];

/** One letter under a pile of marks that would run over its neighbours. */
export const STACKED_MARKS = `Z${'\u0336\u0301\u0489'.repeat(30)}algo`;

/** Characters that a text may have, as protocol says. */
export const LONGEST = { post: 5_000, comment: 2_000, message: 4_000 } as const;
