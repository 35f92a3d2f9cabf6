import { parseArgs } from 'node:util';
import { InputError } from '../../src/contract/errors.js';
import { defaultStateFile } from './state.js';

export interface TortureArguments {
  /** Of this call. */
  readonly minutes: number;
  readonly seed: number;
  /** To be tried in all calls together. */
  readonly faults: number;
  /** Of one fault, to be tried alone. */
  readonly only: number | undefined;
  /** Classes of faults, to be tried alone, with commas between them. */
  readonly kind: string | undefined;
  readonly stateFile: string;
  /** Sandboxes at once. */
  readonly atOnce: number;
}

/** Throws an InputError. */
export function readArguments(words: readonly string[]): TortureArguments {
  const { values } = parseArgs({
    args: [...words],
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      faults: { type: 'string', default: '300' },
      only: { type: 'string' },
      class: { type: 'string' },
      state: { type: 'string' },
      'at-once': { type: 'string', default: '2' },
    },
  });
  const only = values.only === undefined ? undefined : whole('--only', values.only);
  const seed = only === undefined ? whole('--seed', values.seed) : Math.floor(only / 100_000);
  return {
    minutes: whole('--minutes', values.minutes),
    seed,
    faults: whole('--faults', values.faults),
    only,
    kind: values.class,
    stateFile: values.state ?? defaultStateFile(seed),
    atOnce: whole('--at-once', values['at-once']),
  };
}

function whole(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InputError(`${option} ${text}: give a whole number.`);
  return Number(text);
}
