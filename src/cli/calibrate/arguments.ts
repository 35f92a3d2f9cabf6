import { readOptions, type Typed, text, textsOf, type Usage } from '../options.js';

export interface CalibrateRequest {
  /** Folders or results files to fit to; empty where it measures by itself. */
  readonly runs: readonly string[];
  readonly out: string;
}

/** Where a profile is kept unless told otherwise. */
export const profileName = 'breakeven-profile.json';

const options = { out: text(`file of the profile (default ${profileName})`, profileName) };

export const calibrateUsage: Usage = {
  name: 'calibrate',
  words: {
    shown: '[runs..]',
    are: { runs: { array: true, describe: 'runs to fit to, instead of measuring now' } },
  },
  describe:
    'prices of this machine as a profile, from stored runs or measured now, for advise and breakeven/choose',
  options,
  makesFolders: true,
};

/** Throws an InputError that names the option. */
export function calibrateRequest(typed: Typed): CalibrateRequest {
  return { runs: textsOf(typed, 'runs') ?? [], ...readOptions(options, typed) };
}
