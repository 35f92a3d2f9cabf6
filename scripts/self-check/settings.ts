import { parseArgs } from 'node:util';

/** What a self-check measures, and for how long at most. */
export interface Settings {
  readonly quick: boolean;
  /** Length of one call of each cell. */
  readonly cellsMs: readonly number[];
  /** Rounds per condition: of A against A, and of those of them in which the slower ones take part. */
  readonly rounds: { readonly same: number; readonly slower: number };
  readonly minutes: number;
  readonly folder: string;
}

/** Work that the slower strategies really do: 5 % more, 10 % more, 20 % more. */
export const extraWork = [0.05, 0.1, 0.2];

/** Rounds of one comparison: what a run has by default. */
export const defaultRounds = 8;

export const comparisons = 200;

/** `--quick`: 4 minutes; `--minutes`, `--rounds` and `--cells` shrink it further, to try the script. */
export function settings(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      minutes: { type: 'string' },
      rounds: { type: 'string' },
      cells: { type: 'string' },
      out: { type: 'string', default: 'reports/self-check' },
    },
  });
  const { quick } = values;
  const same = Number(values.rounds ?? (quick ? 16 : 60));
  const cells = values.cells?.split(',').map(Number);
  const made: Settings = {
    quick,
    cellsMs: cells ?? (quick ? [1, 3, 8, 20] : [1, 1.5, 2.5, 4, 6, 9, 14, 20]),
    rounds: { same, slower: Math.ceil(same / 2) },
    minutes: Number(values.minutes ?? (quick ? 4 : 40)),
    folder: values.out,
  };
  if (![...made.cellsMs, same, made.minutes].every((value) => value > 0))
    throw new Error('--minutes, --rounds and --cells take numbers above 0, like --cells 1,5,20');
  return made;
}
