import { InputError } from '../../contract/errors.js';
import { text } from '../argument-values.js';
import { profileName } from '../calibrate/arguments.js';
import { parseCount, parseMicroseconds, parseWhole } from '../quantity.js';

/** Options of every command that asks a profile about a dictionary. */
export const askedOptions = {
  keys: { type: 'string', nargs: 1, describe: 'keys of the dictionary' },
  length: { type: 'string', nargs: 1, describe: 'numbers per list, on average' },
  cost: { type: 'string', nargs: 1, describe: 'CPU work per list, like 4us or 0.5ms' },
  work: { type: 'string', nargs: 1, describe: "value of the option of the profile's kernel (steps)" },
  profile: { type: 'string', nargs: 1, describe: `profile of the machine (default ${profileName})` },
} as const;

/** What they say; sizes may be missing where a file has them. */
export interface Asked {
  readonly profile: string;
  readonly keys?: number;
  readonly length?: number;
  /** CPU work per list, µs. */
  readonly costUs?: number;
  /** Value of another option of the profile's kernel. */
  readonly work?: number;
}

/** Throws an InputError that names the option. */
export function askedOf(argv: Record<string, unknown>): Asked {
  const [keys, length, cost, work] = ['keys', 'length', 'cost', 'work'].map((name) => text(argv, name));
  if (cost !== undefined && work !== undefined) throw new InputError('--cost and --work: give one of them.');
  return {
    profile: text(argv, 'profile') ?? profileName,
    ...(keys === undefined ? {} : { keys: parseWhole('keys', keys) }),
    ...(length === undefined ? {} : { length: parseCount('length', length) }),
    ...(cost === undefined ? {} : { costUs: parseMicroseconds('cost', cost) }),
    ...(work === undefined ? {} : { work: parseCount('work', work) }),
  };
}
