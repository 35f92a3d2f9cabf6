import type { Argv } from 'yargs';
import { InputError } from '../../catalog/problem.js';
import { refuseUnknown, text } from '../argument-values.js';
import { profileName } from '../calibrate/arguments.js';
import { parseBytes, parseCount, parseMicroseconds } from '../quantity.js';

export interface ProjectRequest {
  readonly profile: string;
  readonly keys: number;
  readonly length: number;
  readonly costUs?: number;
  readonly work?: number;
  /** This machine's unless told. */
  readonly memoryBytes?: number;
  readonly cores: readonly number[];
  readonly storageBytesPerNs: number;
  /** A run that the memory bandwidth is read from. */
  readonly bandwidth?: string;
}

const options = {
  keys: { type: 'string', nargs: 1, describe: 'keys of the dictionary' },
  length: { type: 'string', nargs: 1, describe: 'numbers per list, on average' },
  cost: { type: 'string', nargs: 1, describe: 'CPU work per list, like 4us or 0.5ms' },
  work: { type: 'string', nargs: 1, describe: "value of the option of the profile's kernel (steps)" },
  memory: { type: 'string', nargs: 1, describe: 'memory of the machine, like 24GB (default: of this one)' },
  cores: { type: 'string', nargs: 1, describe: 'cores to project for, like 2,16,64 (default 2,16,64)' },
  storage: { type: 'string', nargs: 1, describe: 'what the data is read at, per second (default 2GB)' },
  bandwidth: { type: 'string', nargs: 1, describe: 'a run on large data: the roof of the memory' },
  profile: { type: 'string', nargs: 1, describe: `profile of the machine (default ${profileName})` },
} as const;

export function projectBuilder(command: Argv) {
  return command.options(options);
}

/** Throws an InputError that names the option. */
export function projectRequest(argv: Record<string, unknown>): ProjectRequest {
  const names = Object.keys(options);
  refuseUnknown(argv, names, 'project');
  const given = Object.fromEntries(names.map((name) => [name, text(argv, name)]));
  const { keys, length, cost, work, memory, bandwidth } = given;
  if (keys === undefined || length === undefined)
    throw new InputError('project needs the size of the dictionary: --keys 1e6 --length 1e6.');
  if (cost !== undefined && work !== undefined) throw new InputError('--cost and --work: give one of them.');
  return {
    profile: given.profile ?? profileName,
    keys: parseCount('keys', keys),
    length: parseCount('length', length),
    ...(cost === undefined ? {} : { costUs: parseMicroseconds('cost', cost) }),
    ...(work === undefined ? {} : { work: parseCount('work', work) }),
    ...(memory === undefined ? {} : { memoryBytes: parseBytes('memory', memory) }),
    cores: (given.cores ?? '2,16,64')
      .split(',')
      .map((each) => parseCount('cores', each))
      .sort((a, b) => a - b),
    // GB per second are bytes per nanosecond.
    storageBytesPerNs: parseBytes('storage', (given.storage ?? '2GB').replace(/\/s$/, '')) / 1e9,
    ...(bandwidth === undefined ? {} : { bandwidth }),
  };
}
