/** A number as it stands in a text: half-open, in UTF-16 units. */
export interface PrintedNumber {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Digits that are no part of a word: `1.83`, `20.20.2`, `10,000`; not the 2 of `f64x2` or the 64 of `x64`. */
const number = /(?<![\p{L}\p{N}_])\d[\d,]*(?:\.\d+)*(?![\p{N}_])/gu;

/* Names, not figures: code, the targets of links and pictures, versions of packages, and what a page is made of. */
const notProse = [/```[\s\S]*?```/g, /`[^`\n]*`/g, /\]\([^)\n]*\)/g, /\^\d[\d.]*/g, /&lt;/g];

/** Every number that a reader of a Markdown page sees, in order. `names` (labels of strategies) are no figures. */
export function numbersIn(markdown: string, names: readonly string[] = []): PrintedNumber[] {
  const blank = (text: string) => text.replace(/[^\n]/g, ' ');
  let prose = notProse.reduce((text, pattern) => text.replace(pattern, blank), markdown);
  for (const name of [...names].sort((a, b) => b.length - a.length)) prose = prose.replaceAll(name, blank);
  return [...prose.matchAll(number)].map(({ 0: text, index }) => {
    const digits = text.replace(/,$/, '');
    return { start: index, end: index + digits.length, text: digits };
  });
}
