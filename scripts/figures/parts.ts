import type { Figure } from './figure.js';

/**
 * The parts of a script that were asked for by name, or `usual` where none was. Ends the process with 2 and the names
 * that there are, where one is unknown.
 */
export function partsAsked<T>(
  all: Readonly<Record<string, T>>,
  asked: readonly string[],
  what: string,
  usual: readonly string[] = Object.keys(all),
): [string, T][] {
  const unknown = asked.find((name) => all[name] === undefined);
  if (unknown !== undefined) {
    process.stderr.write(`no ${what} "${unknown}"; there are ${Object.keys(all).join(', ')}\n`);
    process.exit(2);
  }
  return (asked.length > 0 ? asked : usual).map((name) => [name, all[name]]);
}

/** One line per figure. */
export function printFigure({ name, bar, seen, holds }: Figure): void {
  process.stdout.write(`${holds ? 'ok    ' : 'MISSED'}  ${name}: ${seen} (${bar})\n`);
}
