import { parseArgs } from 'node:util';
import { type Options, readOptions, type Values } from '../../src/cli/options.js';
import { InputError } from '../../src/contract/errors.js';

/** A script that a person runs by its name. */
export interface Lab {
  /** `args`: what stands behind its name. Resolves to the exit code; nothing is 0. Throws an InputError where they mean nothing. */
  carryOut(args: readonly string[]): Promise<number | undefined>;
}

/** A script with its options, declared as those of the program are; `words` are what else was typed. */
export function defineLab<Table extends Options>(
  options: Table,
  run: (given: Values<Table>, words: readonly string[]) => Promise<number | undefined>,
): Lab {
  const types = Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]));
  return {
    carryOut: (args) => {
      const { values, positionals } = parsed(args, types);
      return run(readOptions(options, values), positionals);
    },
  };
}

function parsed(
  args: readonly string[],
  options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new InputError((cause as Error).message, { cause });
  }
}

/** A line of what a person reads. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
