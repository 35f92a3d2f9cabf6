import { InputError } from '../../contract/errors.js';

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

/** Text of a file as a terminal may get it: control characters are shown, not obeyed. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (character) => {
    const code = character.codePointAt(0)?.toString(16) ?? '';
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
}

/** The beginning of a piece of a file. */
export function brief(whole: string): string {
  const text = visible(whole.slice(0, 100));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
