import type { Argv } from 'yargs';
import { suggest } from '../../catalog/suggest.js';
import type { ProfileAccount } from '../../choose/choose.js';
import { InputError } from '../../contract/errors.js';
import { refuseUnknown, text } from '../argument-values.js';
import { parseCount } from '../quantity.js';
import { type Asked, askedOf, askedOptions } from './asked.js';

export interface AdviseRequest extends Asked {
  readonly keys: number;
  readonly length: number;
  readonly from?: string;
  readonly account: ProfileAccount;
  readonly cores?: number;
  /** A function or kernel that is measured first, instead of reading a profile. */
  readonly kernel?: string;
  /** A file that `keys` and `length` are taken from, once it is read. */
  readonly data?: string;
  /** Numbers of the longest list of `data`, once it is read. */
  readonly longest?: number;
  readonly groupBy?: string;
  readonly value?: string;
}

const options = {
  ...askedOptions,
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
    describe:
      'your own function or kernel, a file: measured for about ten seconds instead of reading a profile',
  },
  data: {
    type: 'string',
    nargs: 1,
    describe: 'JSON, NDJSON, parquet or CSV file instead of --keys and --length',
  },
  'group-by': { type: 'string', nargs: 1, describe: 'column whose values become keys (parquet, CSV)' },
  value: { type: 'string', nargs: 1, describe: 'column of numbers (parquet, CSV)' },
} as const;

export function adviseBuilder(command: Argv) {
  return command.options(options);
}

const accounts: readonly string[] = ['one-shot', 'warm', 'resident'] satisfies ProfileAccount[];

/** Throws an InputError that names the option. */
export function adviseRequest(argv: Record<string, unknown>): AdviseRequest {
  refuseUnknown(argv, Object.keys(options), 'advise');
  const { keys, length, ...asked } = askedOf(argv);
  const { data, kernel, ...columns } = filesOf(argv);
  const given = keys !== undefined ? '--keys' : length !== undefined ? '--length' : undefined;
  if (data !== undefined && given !== undefined)
    throw new InputError(
      `${given} and --data: the file says how large the dictionary is, leave ${given} out.`,
    );
  if (data === undefined && (keys === undefined || length === undefined))
    throw new InputError('advise needs the size of the dictionary: --keys 2e6 --length 300, or --data FILE.');
  const told = ['cost', 'work', 'profile'].find((name) => argv[name] !== undefined);
  if (kernel !== undefined && told !== undefined)
    throw new InputError(
      `--kernel and --${told}: your function is measured now, which says what its work is; leave --${told} out.`,
    );
  const account = text(argv, 'account') ?? 'warm';
  if (!accounts.includes(account))
    throw new InputError(
      `--account ${account}: there are ${accounts.join(', ')}.${suggest(account, accounts)}`,
    );
  const [from, cores] = ['from', 'cores'].map((name) => text(argv, name));
  if (from !== undefined && from !== 'lists' && from !== 'columns')
    throw new InputError(`--from ${from}: there are lists and columns.`);
  return {
    ...asked,
    // With a data file its own, once it is read.
    keys: keys ?? 1,
    length: length ?? 1,
    ...(kernel === undefined ? {} : { kernel }),
    ...(data === undefined ? {} : { data }),
    ...columns,
    ...(from === undefined ? {} : { from }),
    account: account as ProfileAccount,
    ...(cores === undefined ? {} : { cores: parseCount('cores', cores) }),
  };
}

/** What is read from files, with the columns that only tables have. */
function filesOf(argv: Record<string, unknown>) {
  const [kernel, data, groupBy, value] = ['kernel', 'data', 'group-by', 'value'].map((name) =>
    text(argv, name),
  );
  const column = groupBy !== undefined ? '--group-by' : value !== undefined ? '--value' : undefined;
  if (data === undefined && column !== undefined)
    throw new InputError(`${column} names a column of a data file: name the file too, with --data FILE.`);
  return {
    kernel,
    data,
    ...(groupBy === undefined ? {} : { groupBy }),
    ...(value === undefined ? {} : { value }),
  };
}
