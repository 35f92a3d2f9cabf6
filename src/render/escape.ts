import { withoutFolders } from '../document/words.js';

/*
 * The one place where text meets a syntax. Plain words and outside text pass through here on their way into an output, so
 * that neither a title nor a message from outside can become markup, a second line or a command to a terminal.
 */

/** Outside text on one line and without the folders of somebody's machine: a document names files, never places. */
export function tidyQuote(shown: string): string {
  return withoutFolders(shown).replace(/\s+/g, ' ').trim();
}

/** Words in Markdown: no borders of tables, no tags. */
export function escapeMarkdown(words: string): string {
  return words.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

/** What a terminal would obey: control characters but for tab and line end, and marks that turn the direction of writing. */
const commands = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Words for a terminal: nothing in them moves its cursor or changes its colours. */
export function escapeTerminal(words: string): string {
  return words.replace(commands, '');
}
