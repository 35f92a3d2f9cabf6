import { withoutFolders } from '../document/words.js';

/*
 * The one place where text meets a syntax. Plain words and outside text pass through here on their way into an output, so
 * that neither a title nor a message from outside can become markup, a second line or a command to a terminal.
 */

/** Outside text on one line and without the folders of somebody's machine: a document names files, never places. */
export function tidyQuote(shown: string): string {
  return escapeTerminal(withoutFolders(shown).replace(/\s+/g, ' ').trim());
}

/**
 * Words in Markdown, as text: no borders of tables, no tags, no link and no picture, and code only where it begins and ends
 * in these very words.
 */
export function escapeMarkdown(words: string): string {
  const plain = words
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replace(/\](?=[([:])|!(?=\[)/g, (sign) => `${sign}\\`);
  return isBalanced(plain) ? plain : plain.replaceAll('`', '\\`');
}

/** Single backticks in pairs. */
function isBalanced(text: string): boolean {
  const runs = text.match(/`+/g) ?? [];
  return runs.length % 2 === 0 && runs.every((run) => run.length === 1);
}

/** Code within a line of Markdown: it is fenced by more backticks than it has in a row. `wrap`: what becomes of it inside. */
export function codeMarkdown(typed: string, wrap = (line: string) => line): string {
  const line = typed.replaceAll('|', '\\|');
  const fence = fenceMarkdown(line, 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${wrap(line)}${pad}${fence}`;
}

/** So many backticks that none in the text ends what they begin. */
export function fenceMarkdown(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}

/* Codes that steer a terminal, and those that turn the direction of writing: what is read is not what is there. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Shows codes that would steer a terminal: ␛ for ESC. Ends of lines and tabs are as they are. */
export function escapeTerminal(words: string): string {
  return words.replace(controls, (sign) => {
    const code = sign.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
