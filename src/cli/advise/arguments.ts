import type { Argv } from 'yargs';
import { InputError } from '../../catalog/problem.js';
import { suggest } from '../../catalog/suggest.js';
import type { ProfileAccount } from '../../choose/choose.js';
import { refuseUnknown, text } from '../argument-values.js';
import { profileName } from '../calibrate/arguments.js';
import { parseCount, parseMicroseconds } from '../quantity.js';

export interface AdviseRequest {
  readonly profile: string;
  readonly keys: number;
  readonly length: number;
  /** CPU work per list, µs. */
  readonly costUs?: number;
  /** Value of another option of the profile's kernel. */
  readonly work?: number;
  readonly from?: string;
  readonly account: ProfileAccount;
  readonly cores?: number;
  /** A function or kernel that is measured first, instead of reading a profile. */
  readonly kernel?: string;
  /** A file that `keys` and `length` are taken from, once it is read. */
  readonly data?: string;
  readonly groupBy?: string;
  readonly value?: string;
}

const options = {
  keys: { type: 'string', nargs: 1, describe: 'keys of the dictionary' },
  length: { type: 'string', nargs: 1, describe: 'numbers per list, on average' },
  cost: { type: 'string', nargs: 1, describe: 'CPU work per list, like 4us or 0.5ms' },
  work: { type: 'string', nargs: 1, describe: "value of the option of the profile's kernel (steps)" },
  from: {
    type: 'string',
    nargs: 1,
    describe: 'form of the data: lists or columns (default: as in the profile)',
  },
  account: { type: 'string', nargs: 1, describe: 'one-shot, warm or resident (default warm)' },
  cores: { type: 'string', nargs: 1, describe: 'usable cores, where it is not this machine' },
  kernel: {
    type: 'string',
    nargs: 1,
    describe: 'your own function or kernel, a file: measured for a few seconds instead of reading a profile',
  },
  data: {
    type: 'string',
    nargs: 1,
    describe: 'JSON, NDJSON, parquet or CSV file instead of --keys and --length',
  },
  'group-by': { type: 'string', nargs: 1, describe: 'column whose values become keys (parquet, CSV)' },
  value: { type: 'string', nargs: 1, describe: 'column of numbers (parquet, CSV)' },
  profile: { type: 'string', nargs: 1, describe: `profile of the machine (default ${profileName})` },
} as const;

export function adviseBuilder(command: Argv) {
  return command.options(options);
}

const accounts: readonly string[] = ['one-shot', 'warm', 'resident'] satisfies ProfileAccount[];

/** Throws an InputError that names the option. */
export function adviseRequest(argv: Record<string, unknown>): AdviseRequest {
  const names = Object.keys(options);
  refuseUnknown(argv, names, 'advise');
  const [keys, length, cost, work, cores] = ['keys', 'length', 'cost', 'work', 'cores'].map((name) =>
    text(argv, name),
  );
  const { data, kernel, profile, ...columns } = filesOf(argv);
  const given = keys !== undefined ? '--keys' : length !== undefined ? '--length' : undefined;
  if (data !== undefined && given !== undefined)
    throw new InputError(
      `${given} and --data: the file says how large the dictionary is, leave ${given} out.`,
    );
  if (data === undefined && (keys === undefined || length === undefined))
    throw new InputError('advise needs the size of the dictionary: --keys 2e6 --length 300, or --data FILE.');
  const amount = cost !== undefined ? '--cost' : work !== undefined ? '--work' : undefined;
  if (kernel !== undefined && (amount !== undefined || profile !== undefined))
    throw new InputError(
      `--kernel and ${amount ?? '--profile'}: your function is measured now, which says what its work is; leave ${amount ?? '--profile'} out.`,
    );
  if (cost !== undefined && work !== undefined) throw new InputError('--cost and --work: give one of them.');
  const account = text(argv, 'account') ?? 'warm';
  if (!accounts.includes(account))
    throw new InputError(
      `--account ${account}: there are ${accounts.join(', ')}.${suggest(account, accounts)}`,
    );
  const from = text(argv, 'from');
  if (from !== undefined && from !== 'lists' && from !== 'columns')
    throw new InputError(`--from ${from}: there are lists and columns.`);
  return {
    profile: profile ?? profileName,
    // With a data file its own, once it is read.
    keys: keys === undefined ? 1 : parseCount('keys', keys),
    length: length === undefined ? 1 : parseCount('length', length),
    ...(kernel === undefined ? {} : { kernel }),
    ...(data === undefined ? {} : { data }),
    ...columns,
    ...(cost === undefined ? {} : { costUs: parseMicroseconds('cost', cost) }),
    ...(work === undefined ? {} : { work: parseCount('work', work) }),
    ...(from === undefined ? {} : { from }),
    account: account as ProfileAccount,
    ...(cores === undefined ? {} : { cores: parseCount('cores', cores) }),
  };
}

/** What is read from files, with the columns that only tables have. */
function filesOf(argv: Record<string, unknown>) {
  const [kernel, data, profile, groupBy, value] = ['kernel', 'data', 'profile', 'group-by', 'value'].map(
    (name) => text(argv, name),
  );
  const column = groupBy !== undefined ? '--group-by' : value !== undefined ? '--value' : undefined;
  if (data === undefined && column !== undefined)
    throw new InputError(`${column} names a column of a data file: name the file too, with --data FILE.`);
  return {
    kernel,
    data,
    profile,
    ...(groupBy === undefined ? {} : { groupBy }),
    ...(value === undefined ? {} : { value }),
  };
}
