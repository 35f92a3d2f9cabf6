import { type Around, axisWords } from '../contract/axes.js';
import { type Hole, type Inline, joinTexts, type Text, text, toText } from './document.js';
import { coordinate, type Figure, readFigure } from './figure.js';
import { printFigure } from './units.js';

/* Words that every document needs: lists of names, plurals, capitals, points and places on axes. */

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly Hole[], last: 'and' | 'or' = 'and'): Text {
  if (words.length < 2) return joinTexts(words);
  const first = words.slice(0, -1).flatMap((word, i) => (i === 0 ? [word] : [', ', word]));
  return joinTexts([...first, ` ${last} `, words[words.length - 1]]);
}

/** "a; b; c": parts that have commas of their own. */
export function joinedBy(parts: readonly Hole[], between: string): Text {
  return joinTexts(parts.flatMap((part, i) => (i === 0 ? [part] : [between, part])));
}

/** "1 round", "8 rounds". */
export function counted(number: Figure, noun: string): Text {
  return text`${number} ${readFigure(number) === 1 ? noun : `${noun}s`}`;
}

/** First letter in upper case, where a text begins with a word. */
export function capital(words: Hole): Text {
  const [first, ...rest] = toText(words);
  return first === undefined ? [] : [capitalOf(first), ...rest];
}

function capitalOf(first: Inline): Inline {
  if (typeof first === 'string') return capitalWord(first);
  if (first.kind === 'quote') return { ...first, shown: capitalWord(first.shown) };
  const word = first.kind === 'figure' ? readFigure(first) : undefined;
  // A word that stands on an axis.
  if (first.kind === 'figure' && typeof word === 'string')
    return { kind: 'quote', owner: first.owner, key: first.key, shown: capitalWord(word) };
  return first;
}

export function capitalWord(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A text without any markup: for what is compared, or counted in characters. */
export function plainText(words: Text): string {
  return words.map(plainInline).join('');
}

function plainInline(part: Inline): string {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'figure':
      return printFigure(part);
    case 'quote':
      return part.shown;
    case 'code':
      return typeof part.text === 'string' ? part.text : part.text.shown;
    case 'strong':
    case 'emphasis':
    case 'link':
      return plainText(part.text);
  }
}

/** A value of an axis in a sentence: "lists of 1M", "16 keys", "cost 50". */
export function axisText(axis: string, value: Figure): Text {
  return surround(value, axisWords(axis).around(plainValue(value)));
}

/** A value as an amount: "1M numbers per list". */
export function amountText(axis: string, value: Figure): Text {
  const { amount, around } = axisWords(axis);
  return surround(value, amount ?? around(plainValue(value)));
}

function plainValue(value: Figure): number | string {
  const known = readFigure(value);
  return typeof known === 'object' ? known.value : known;
}

function surround(value: Figure, around: Around): Text {
  if ('instead' in around) return [around.instead];
  return text`${around.before}${value}${around.after}`;
}

/** A point in a sentence, only with the given axes: "8 keys, lists of 1M". */
export function pointText(
  point: Readonly<Record<string, number | string>>,
  axes: readonly string[] = Object.keys(point),
): Text {
  const parts = axes
    .filter((axis) => point[axis] !== undefined)
    .map((axis) => axisText(axis, coordinate(point, axis)));
  return parts.length === 0 ? ['the only point'] : joinedBy(parts, ', ');
}

/* The same for what is said where there is no document: plain strings. */

/** A point, only with the given axes: "8 keys, lists of 1M". */
export function plainPoint(...asked: Parameters<typeof pointText>): string {
  return plainText(pointText(...asked));
}

/** "a", "a and b", "a, b and c". */
export function plainList(words: readonly string[], last?: 'and' | 'or'): string {
  return plainText(listed(words, last));
}

/** "1 round", "8 rounds". */
export function plainCount(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** An absolute path or file href: from a root, a drive or `file:` to the last separator before the name. */
const folders =
  /(?:file:\/\/(?:\/[A-Za-z]:)?|(?<![\w.×/])(?:[A-Za-z]:)?)[\\/](?:[^\s\\/:'"`|()]+[\\/])+(?=[^\s\\/])/g;

/** A text without the folders of somebody's machine: a document names files, never places. */
export function withoutFolders(shown: string): string {
  return shown.replace(folders, '').replace(/file:\/\/\//g, '');
}
