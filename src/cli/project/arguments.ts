import type { Argv } from 'yargs';
import { InputError } from '../../contract/errors.js';
import { type Asked, askedOf, askedOptions } from '../advise/asked.js';
import { refuseUnknown, text } from '../argument-values.js';
import { parseBytes, parseCount } from '../quantity.js';

export interface ProjectRequest extends Asked {
  readonly keys: number;
  readonly length: number;
  /** This machine's unless told. */
  readonly memoryBytes?: number;
  readonly cores: readonly number[];
  readonly storageBytesPerNs: number;
  /** A run that the memory bandwidth is read from. */
  readonly bandwidth?: string;
}

const options = {
  ...askedOptions,
  memory: { type: 'string', nargs: 1, describe: 'memory of the machine, like 24GB (default: of this one)' },
  cores: { type: 'string', nargs: 1, describe: 'cores to project for, like 2,16,64 (default 2,16,64)' },
  storage: { type: 'string', nargs: 1, describe: 'what the data is read at, per second (default 2GB)' },
  bandwidth: { type: 'string', nargs: 1, describe: 'a run on large data: the roof of the memory' },
} as const;

export function projectBuilder(command: Argv) {
  return command.options(options);
}

/** Throws an InputError that names the option. */
export function projectRequest(argv: Record<string, unknown>): ProjectRequest {
  refuseUnknown(argv, Object.keys(options), 'project');
  const { keys, length, ...asked } = askedOf(argv);
  const [memory, cores, storage, bandwidth] = ['memory', 'cores', 'storage', 'bandwidth'].map((name) =>
    text(argv, name),
  );
  if (keys === undefined || length === undefined)
    throw new InputError('project needs the size of the dictionary: --keys 1e6 --length 1e6.');
  return {
    ...asked,
    keys,
    length,
    ...(memory === undefined ? {} : { memoryBytes: parseBytes('memory', memory) }),
    cores: (cores ?? '2,16,64')
      .split(',')
      .map((each) => parseCount('cores', each, cores))
      .sort((a, b) => a - b),
    // GB per second are bytes per nanosecond.
    storageBytesPerNs: parseBytes('storage', (storage ?? '2GB').replace(/\/s$/, '')) / 1e9,
    ...(bandwidth === undefined ? {} : { bandwidth }),
  };
}
