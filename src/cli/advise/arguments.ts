import type { Argv } from 'yargs';
import { InputError } from '../../catalog/problem.js';
import { suggest } from '../../catalog/suggest.js';
import type { ProfileAccount } from '../../choose/choose.js';
import { text } from '../argument-values.js';
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
  profile: { type: 'string', nargs: 1, describe: `profile of the machine (default ${profileName})` },
} as const;

export function adviseBuilder(command: Argv) {
  return command.options(options);
}

const accounts: readonly string[] = ['one-shot', 'warm', 'resident'] satisfies ProfileAccount[];

/** Throws an InputError that names the option. */
export function adviseRequest(argv: Record<string, unknown>): AdviseRequest {
  const names = Object.keys(options);
  const other = Object.keys(argv).find((name) => !['_', '$0', ...names].includes(name));
  if (other !== undefined) throw new InputError(`advise has no option --${other}.${suggest(other, names)}`);
  const [keys, length, cost, work, cores] = ['keys', 'length', 'cost', 'work', 'cores'].map((name) =>
    text(argv, name),
  );
  if (keys === undefined || length === undefined)
    throw new InputError('advise needs the size of the dictionary: --keys 2e6 --length 300.');
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
    profile: text(argv, 'profile') ?? profileName,
    keys: parseCount('keys', keys),
    length: parseCount('length', length),
    ...(cost === undefined ? {} : { costUs: parseMicroseconds('cost', cost) }),
    ...(work === undefined ? {} : { work: parseCount('work', work) }),
    ...(from === undefined ? {} : { from }),
    account: account as ProfileAccount,
    ...(cores === undefined ? {} : { cores: parseCount('cores', cores) }),
  };
}
