import type { Argv } from 'yargs';
import { many, refuseUnknown, text } from '../argument-values.js';

export interface CalibrateRequest {
  /** Folders or results files to fit to; empty where it measures by itself. */
  readonly runs: readonly string[];
  readonly out: string;
}

/** Where a profile is kept unless told otherwise. */
export const profileName = 'breakeven-profile.json';

export function calibrateBuilder(command: Argv) {
  return command
    .positional('runs', { type: 'string', array: true, describe: 'runs to fit to, instead of measuring now' })
    .option('out', { type: 'string', nargs: 1, describe: `file of the profile (default ${profileName})` });
}

/** Throws an InputError that names the option. */
export function calibrateRequest(argv: Record<string, unknown>): CalibrateRequest {
  refuseUnknown(argv, ['out'], 'calibrate', ['runs']);
  return { runs: many(argv, 'runs') ?? [], out: text(argv, 'out') ?? profileName };
}
