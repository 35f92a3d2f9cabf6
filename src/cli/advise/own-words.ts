import { InputError } from '../../contract/errors.js';
import { shellWord } from '../../files/shell.js';
import { checkReach, OutOfReachError } from '../../model/reach.js';
import { capital, listed } from '../../report/plain-text.js';
import { formatCount, formatNs } from '../../report/units.js';
import type { Results } from '../../results/format.js';
import { note } from '../terminal-lines.js';
import type { AdviseRequest } from './arguments.js';
import { budgetMs, lengthHeld, type OwnCells, shapesOf } from './own-cells.js';
import type { Tried } from './try-function.js';

/** A list that takes longer leaves no time for a second point. */
const longestListMs = 500;

/** What cannot be told from so few keys is refused before they are measured. */
export function checkWithin(
  name: string,
  { keys, length }: AdviseRequest,
  { listMs }: Tried,
  own: OwnCells,
  workers: number,
): void {
  const list = `one list of ${formatCount(length)} numbers takes ${formatNs(1e6 * listMs)}`;
  const instead =
    `Measure it for longer, \`breakeven bench --kernel ${shellWord(name)} --keys … --length ${Math.round(length)} --rounds 4\`; ` +
    'then `breakeven calibrate RUN`, and advise without --kernel.';
  if (listMs > longestListMs)
    throw new InputError(
      `--kernel ${name}: ${list}, too long to learn anything about pools in a few seconds. ${instead}`,
    );
  try {
    checkReach(shapesOf(own, workers), { keys, elements: keys * length, work: 1, workers }, {});
  } catch (cause) {
    if (!(cause instanceof OutOfReachError)) throw cause;
    const most = Math.max(...own.first.map((cell) => cell.keys));
    throw new InputError(
      `--kernel ${name}: ${list}, so that a few seconds are enough for ${formatCount(most)} keys of up to ${formatCount(lengthHeld(length))} numbers. ` +
        `${capital(cause.problem)}. ${instead}`,
      { cause },
    );
  }
}

/** How long it takes, and what there is no time for. */
export function sayWhat({ listMs }: Tried, { estimatedMs, verify, left }: OwnCells, length: number): void {
  const list = `a list of ${formatCount(length)} ${length === 1 ? 'number' : 'numbers'} takes about ${formatNs(1e6 * listMs)}`;
  note(
    `Measures your function, ${list}: about ${Math.ceil(Math.max(estimatedMs, budgetMs) / 1_000)} s. Each cell once, and so with wide bands.`,
  );
  if (left.length > 0) note(`No time for ${listed(left)}.`);
  if (!verify)
    note('No time to compute each answer a second time: the function answered alike when it was tried.');
}

/** Where the plain loop fails, it is the function: nothing else can be told. */
export function checkLoop(name: string, loop: string, { header, records }: Results): void {
  for (const { cell, outcome } of records) {
    const { strategy, keys } = header.cells.find(({ id }) => id === cell) ?? { strategy: '', keys: 0 };
    if (strategy !== loop || outcome.status === 'measured') continue;
    throw new InputError(
      `--kernel ${name}: with ${formatCount(keys)} ${keys === 1 ? 'key' : 'keys'} the plain loop over your function failed: ${outcome.message.split('\n')[0]}.`,
    );
  }
}
