import { InputError } from '../contract/errors.js';

/** What is wrong with a data file: what was found, where, and what to do. The message starts with the file's name. */
export class DataError extends InputError {
  override readonly name = 'DataError';

  /** `file`: the path as the user gave it. `problem`: the rest of the sentence. */
  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${file}: ${problem}`, options);
  }
}

/** A value in an error message: short, and text in quotes so that "12" and 12 look different. */
export function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}`;
  if (value instanceof Date)
    return `the date ${Number.isNaN(value.getTime()) ? '(invalid)' : value.toISOString()}`;
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return brief(text);
}

/** The beginning of a piece of a file. */
export function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
