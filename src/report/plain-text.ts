import { codeMarkdown, escapeMarkdown, tidyQuote } from '../render/escape.js';

/** A message from outside on one line of Markdown, as text. */
export function oneLine(text: string): string {
  return escapeMarkdown(tidyQuote(text));
}

/** A text from outside as code within a line of Markdown. */
export function inCode(text: string): string {
  return codeMarkdown(tidyQuote(text));
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
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** A Markdown table; cells are written as they are. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
