import type { DataSource } from '../contract/scenario.js';
import { DataError } from './data-error.js';
import { closest } from './did-you-mean.js';

/** The two columns of a table that become keys and numbers. */
export interface NamedColumns {
  readonly groupBy: string;
  readonly value: string;
}

/** Checks that both columns were named and are in the table. Throws a DataError that lists those that are. */
export function namedColumns(source: DataSource, present: readonly string[]): NamedColumns {
  return { groupBy: named(source, 'groupBy', present), value: named(source, 'value', present) };
}

const roles = {
  groupBy: { option: '--group-by', means: 'the column whose text becomes the key' },
  value: { option: '--value', means: 'the column of numbers' },
} as const;

function named(source: DataSource, role: keyof typeof roles, present: readonly string[]): string {
  const name = source[role];
  const { option, means } = roles[role];
  if (name === undefined) {
    throw new DataError(
      source.file,
      `is a table: name ${means} with ${role} (${option}); its columns are ${list(present)}`,
    );
  }
  if (present.includes(name)) return name;
  const guess = closest(name, present);
  const didYouMean = guess === undefined ? '' : ` Did you mean '${guess}'?`;
  throw new DataError(
    source.file,
    `has no column '${name}' (${role}); its columns are ${list(present)}.${didYouMean}`,
  );
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 30).map((name) => `'${name}'`);
  return names.length > 30 ? `${shown.join(', ')} and ${names.length - 30} more` : shown.join(', ');
}
