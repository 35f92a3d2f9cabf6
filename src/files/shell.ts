/**
 * A path, or whatever else somebody named, as a word of a command line that is printed: copied into a shell it stays
 * one word. What needs no quotes gets none.
 */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
