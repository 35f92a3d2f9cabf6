import { noted, type Origin } from './pointers/note.js';

/** An absolute path or file href: from a root, a drive or `file:` to the last separator before the name. */
const folders =
  /(?:file:\/\/(?:\/[A-Za-z]:)?|(?<![\w.×/])(?:[A-Za-z]:)?)[\\/](?:[^\s\\/:'"`|()]+[\\/])+(?=[^\s\\/])/g;

/** Takes folders off the absolute paths in a text: reports name files, never places on somebody's machine. */
export function withoutFolders(text: string): string {
  return text.replace(folders, '').replace(/file:\/\/\//g, '');
}

/** A message from outside on one line of Markdown: no folders, no table borders, no second line. */
export function oneLine(text: string): string {
  const line = withoutFolders(text).replace(/\s+/g, ' ').trim();
  return line.replaceAll('|', '\\|').replaceAll('<', '&lt;');
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
