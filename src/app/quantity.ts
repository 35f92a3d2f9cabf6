import { InputError } from '../contract/errors.js';
import { suggest } from '../dictionary/did-you-mean.js';

const unitsUs = { ns: 1e-3, us: 1, µs: 1, ms: 1e3, s: 1e6 };

/** A time as typed, "4us", "0.5 ms", in µs. Throws an InputError that names the option. */
export function parseMicroseconds(option: string, text: string): number {
  return parsed(option, text, unitsUs, '4us');
}

const unitsBytes = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** An amount of memory as typed, "24GB", "512 MiB", in bytes. Throws an InputError that names the option. */
export function parseBytes(option: string, text: string): number {
  return parsed(option, text, unitsBytes, '24GB');
}

/** A count as typed, "2e6" or "300", above 0. `whole`: the list that it is a part of, for the message. */
export function parseCount(option: string, text: string, whole = text): number {
  if (text.trim() === '' && whole !== text)
    throw new InputError(`--${option} ${whole}: there is nothing between two commas, or at an end.`);
  return positive(option, text.trim(), text);
}

/** A count of what cannot be halved, "2e6". */
export function parseWhole(option: string, text: string): number {
  const value = parseCount(option, text);
  if (!Number.isSafeInteger(value)) throw new InputError(`--${option} ${text}: it must be a whole number.`);
  return value;
}

function parsed(
  option: string,
  text: string,
  units: Readonly<Record<string, number>>,
  example: string,
): number {
  const { number = '', unit = '' } =
    /^(?<number>(?:[-+\d.]|e[-+]?\d)*)\s*(?<unit>.*)$/i.exec(text.trim())?.groups ?? {};
  const known = Object.keys(units).join(', ');
  if (unit === '')
    throw new InputError(`--${option} ${text}: the unit is missing. There are: ${known}; like ${example}.`);
  if (!Object.hasOwn(units, unit))
    throw new InputError(
      `--${option} ${text}: there is no unit "${unit}".${suggest(unit, Object.keys(units))}`,
    );
  return positive(option, number, text) * units[unit];
}

function positive(option: string, number: string, text: string): number {
  const value = number === '' ? Number.NaN : Number(number);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new InputError(`--${option} ${text}: it must be a number above 0.`);
  return value;
}

const unitMs: ReadonlyMap<string, number> = new Map(
  Object.entries({ ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }),
);

/** A budget in words, "90s", "2.5m" or "1h", in ms. `origin` begins the error: the option, or the scenario's field. */
export function parseBudget(text: string, origin: string): number {
  const { number = '', unit = '' } = /^(?<number>[-+\d.,e]*)(?<unit>.*)$/i.exec(text.trim())?.groups ?? {};
  const named = unit.trim();
  if (number === '')
    throw new InputError(`${origin} ${text}: it must be a number and a unit, like 90s, 2.5m or 1h.`);
  if (named === '')
    throw new InputError(
      `${origin} ${text}: the unit is missing. Write ${text}s for seconds, ${text}m for minutes.`,
    );
  const each = unitMs.get(named);
  if (each === undefined)
    throw new InputError(
      `${origin} ${text}: there is no unit "${named}". There are: ms, s, m, h.${suggest(named, [...unitMs.keys()])}`,
    );
  const ms = Number(number) * each;
  if (!Number.isFinite(ms)) throw new InputError(`${origin} ${text}: ${number} is not a number.`);
  if (ms <= 0) throw new InputError(`${origin} ${text}: it must be above 0.`);
  return ms;
}
