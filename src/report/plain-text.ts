import { codeMarkdown, escapeMarkdown, tidyQuote } from '../render/escape.js';
import { noted, type Origin } from './pointers/note.js';

/** A message from outside on one line of Markdown, as text. */
export function oneLine(text: string): string {
  return escapeMarkdown(tidyQuote(text));
}

/** A text from outside as code within a line of Markdown. */
export function inCode(text: string): string {
  return codeMarkdown(tidyQuote(text));
}

/** A text of the results on one line, which its numbers lead to. `write` may take a part of it. */
export function lineOf<T extends object>(
  from: T,
  name: { [K in keyof T]-?: T[K] extends string | undefined ? K : never }[keyof T] & string,
  write: (text: string) => string = (text) => text,
): string {
  return noted(oneLine(write(String(from[name] ?? ''))), { kind: 'text', from, name });
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`;
}

/** First letter in upper case, the rest as it is. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "1 round", "8 rounds". */
export function counted(count: number, noun: string, origin?: Origin): string {
  const number = origin === undefined ? `${count}` : noted(`${count}`, origin);
  return `${number} ${count === 1 ? noun : `${noun}s`}`;
}

/** A Markdown table; cells are written as they are. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
