import { InputError } from '../catalog/problem.js';
import { suggest } from '../catalog/suggest.js';

const unitsUs: Readonly<Record<string, number>> = { ns: 1e-3, us: 1, µs: 1, ms: 1e3, s: 1e6 };

/** A time as typed, "4us", "0.5 ms", in µs. Throws an InputError that names the option. */
export function parseMicroseconds(option: string, text: string): number {
  const { number = '', unit = '' } = /^(?<number>[-+\d.e]*)\s*(?<unit>.*)$/i.exec(text.trim())?.groups ?? {};
  const known = Object.keys(unitsUs).join(', ');
  if (unit === '')
    throw new InputError(`--${option} ${text}: the unit is missing. There are: ${known}; like 4us.`);
  if (!Object.hasOwn(unitsUs, unit))
    throw new InputError(
      `--${option} ${text}: there is no unit "${unit}".${suggest(unit, Object.keys(unitsUs))}`,
    );
  return positive(option, number, text) * unitsUs[unit];
}

/** A count as typed, "2e6" or "300", above 0. */
export function parseCount(option: string, text: string): number {
  return positive(option, text.trim(), text);
}

function positive(option: string, number: string, text: string): number {
  const value = number === '' ? Number.NaN : Number(number);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new InputError(`--${option} ${text}: it must be a number above 0.`);
  return value;
}
