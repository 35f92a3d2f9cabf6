import type { ProfileAccount } from '../../choose/choose.js';
import { InputError } from '../../contract/errors.js';
import type { DataSource } from '../../contract/scenario.js';
import { suggest } from '../../dictionary/did-you-mean.js';
import { givenSource } from '../bench-options.js';
import { profileName } from '../calibrate/arguments.js';
import { parsed, readOptions, type Typed, text, type Usage, type Values } from '../options.js';
import { parseCount, parseMicroseconds, parseWhole } from '../quantity.js';

const count = (text: string, name: string) => parseCount(name, text);

/** Options of every command that asks a profile about a dictionary. */
export const askedOptions = {
  keys: parsed('keys of the dictionary', (text) => parseWhole('keys', text)),
  length: parsed('numbers per list, on average', count),
  cost: parsed('CPU work per list, like 4us or 0.5ms', (text) => parseMicroseconds('cost', text)),
  work: parsed("value of the option of the profile's kernel (steps)", count),
  profile: text(`profile of the machine (default ${profileName})`, profileName),
};

/** What they say. */
export interface Asked {
  readonly profile: string;
  readonly keys: number;
  /** Numbers per list, on average. */
  readonly length: number;
  /** CPU work per list, µs. */
  readonly costUs?: number;
  /** Value of another option of the profile's kernel. */
  readonly work?: number;
}

/** Of a dictionary whose size is given, or found in a file later. Throws an InputError where two options say the same. */
export function askedOf(
  { cost, work, profile }: Values<Pick<typeof askedOptions, 'cost' | 'work' | 'profile'>>,
  size: Pick<Asked, 'keys' | 'length'>,
): Asked {
  if (cost !== undefined && work !== undefined) throw new InputError('--cost and --work: give one of them.');
  return { profile, ...size, costUs: cost, work };
}

export interface AdviseRequest extends Asked {
  readonly from?: 'lists' | 'columns';
  readonly account: ProfileAccount;
  readonly cores?: number;
  /** A function or kernel that is measured first, instead of reading a profile. */
  readonly kernel?: string;
  /** A file that `keys` and `length` are taken from, once it is read. */
  readonly source?: DataSource;
  /** Numbers of its longest list, once it is read. */
  readonly longest?: number;
}

const accounts: readonly ProfileAccount[] = ['one-shot', 'warm', 'resident'];

const options = {
  ...askedOptions,
  from: parsed('form of the data: lists or columns (default: as in the profile)', (from) => {
    if (from !== 'lists' && from !== 'columns')
      throw new InputError(`--from ${from}: there are lists and columns.`);
    return from;
  }),
  account: parsed('one-shot, warm or resident (default warm)', (account) => {
    const found = accounts.find((each) => each === account);
    if (found !== undefined) return found;
    throw new InputError(
      `--account ${account}: there are ${accounts.join(', ')}.${suggest(account, accounts)}`,
    );
  }),
  cores: parsed('usable cores, where it is not this machine', count),
  kernel: text(
    'your own function or kernel, a file: measured for about ten seconds instead of reading a profile',
  ),
  data: text('JSON, NDJSON, parquet or CSV file instead of --keys and --length'),
  'group-by': text('column whose values become keys (parquet, CSV)'),
  value: text('column of numbers (parquet, CSV)'),
};

export const adviseUsage: Usage = {
  name: 'advise',
  describe: 'which strategy for this much data, how sure that is, and what would change it',
  options,
  makesFolders: true,
};

/** Throws an InputError that names the option. */
export function adviseRequest(typed: Typed): AdviseRequest {
  const given = readOptions(options, typed);
  const { keys, length, from, account = 'warm', cores, kernel, data, 'group-by': groupBy, value } = given;
  // With a data file its own, once it is read.
  const asked = askedOf(given, { keys: keys ?? 1, length: length ?? 1 });
  const source = givenSource({ data, groupBy, value });
  const size = keys !== undefined ? '--keys' : length !== undefined ? '--length' : undefined;
  if (data !== undefined && size !== undefined)
    throw new InputError(`${size} and --data: the file says how large the dictionary is, leave ${size} out.`);
  if (data === undefined && (keys === undefined || length === undefined))
    throw new InputError('advise needs the size of the dictionary: --keys 2e6 --length 300, or --data FILE.');
  const told = ['cost', 'work', 'profile'].find((name) => typed[name] !== undefined);
  if (kernel !== undefined && told !== undefined)
    throw new InputError(
      `--kernel and --${told}: your function is measured now, which says what its work is; leave --${told} out.`,
    );
  return { ...asked, from, account, cores, kernel, source };
}
