import { InputError } from '../../src/contract/errors.js';

/** What was seen, and how it is judged. */
export interface Seen {
  readonly name: string;
  readonly seen: string;
  /** The bar, and whether it was reached. */
  readonly bar?: string;
  readonly holds?: boolean;
  /** What the bar is in terms of, where it is not here. */
  readonly needs?: string;
}

/** One figure that the tool must reach, with its bar and what was seen. */
export interface Figure extends Seen {
  readonly bar: string;
  readonly holds: boolean;
}

/** Measures some figures, all at once or one by one; slow ones run only when they are named. */
export type Measure = () => Promise<Figure[]> | AsyncIterable<Figure>;

/** Passes when the value is at most the bar. */
export function atMost(name: string, bar: number, value: number, unit = ''): Figure {
  const shown = (x: number) => `${Number(x.toPrecision(3))}${unit}`;
  return { name, bar: `≤ ${shown(bar)}`, seen: shown(value), holds: value <= bar };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The parts of a script that were asked for by name, or `usual` where none was. Throws an InputError with the names that there are. */
export function partsAsked<T>(
  all: Readonly<Record<string, T>>,
  asked: readonly string[],
  what: string,
  usual: readonly string[] = Object.keys(all),
): [string, T][] {
  const unknown = asked.find((name) => !Object.hasOwn(all, name));
  if (unknown !== undefined)
    throw new InputError(`no ${what} "${unknown}"; there are ${Object.keys(all).join(', ')}`);
  return (asked.length > 0 ? asked : usual).map((name) => [name, all[name]]);
}

/** One line per figure, as soon as it is there. */
export async function printFigures<Each extends Seen>(
  figures: Promise<readonly Each[]> | AsyncIterable<Each>,
): Promise<Each[]> {
  const printed: Each[] = [];
  for await (const figure of await figures) {
    const { name, seen, bar, holds, needs } = figure;
    const verdict = holds === undefined ? 'seen  ' : holds ? 'ok    ' : 'MISSED';
    const beside = [bar, needs].filter((each) => each !== undefined).join('; ');
    process.stdout.write(`${verdict}  ${name}: ${seen}${beside && ` (${beside})`}\n`);
    printed.push(figure);
  }
  return printed;
}

/** How many of those that have a bar reached it. */
export function printReached(figures: readonly Seen[]): void {
  const judged = figures.filter(({ holds }) => holds !== undefined);
  const held = judged.filter(({ holds }) => holds).length;
  process.stdout.write(`${held} of ${judged.length} figures reached\n`);
}
