import { suggest } from '../catalog/suggest.js';
import { InputError } from '../contract/errors.js';

/* Values of options as yargs leaves them: strings, or lists of them where an option was repeated. */

/** What yargs adds to the options that were given. */
const always = ['_', '$0', 'help', 'version'];

/** Throws an InputError that names the first option which `command` does not have, and the nearest that it has. */
export function refuseUnknown(
  argv: Record<string, unknown>,
  options: readonly string[],
  command: string,
  words: readonly string[] = [],
): void {
  const unknown = Object.keys(argv).find((name) => ![...always, ...words, ...options].includes(name));
  if (unknown !== undefined)
    throw new InputError(`${command} has no option --${unknown}.${suggest(unknown, options)}`);
}

/** An option that may be given once. Throws an InputError that names it, as the others do. */
export function text(argv: Record<string, unknown>, name: string): string | undefined {
  const value = argv[name];
  if (Array.isArray(value)) throw new InputError(`--${name} is given ${value.length} times; give it once.`);
  if (value === '') throw new InputError(`--${name} is empty: give it a value.`);
  return value === undefined ? undefined : String(value);
}

/** An option that may be repeated. */
export function many(argv: Record<string, unknown>, name: string): string[] | undefined {
  const value = argv[name];
  if (value === undefined) return undefined;
  const words = (Array.isArray(value) ? value : [value]).map(String);
  if (words.includes('')) throw new InputError(`--${name} is empty: give it a value.`);
  return words;
}

/** Of a run: bands shrink with the root of the rounds, and beyond this they cost memory and say nothing more. */
export const mostRounds = 10_000;

export function wholeNumber(
  argv: Record<string, unknown>,
  name: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const given = text(argv, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!Number.isSafeInteger(value) || value < least)
    throw new InputError(`--${name} ${given}: it must be a whole number from ${least}.`);
  if (value > most) throw new InputError(`--${name} ${given}: at most ${most} are taken.`);
  return value;
}
