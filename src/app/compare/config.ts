import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Limits, plainLimits } from '../../compare/limits.js';
import { InputError } from '../../contract/errors.js';
import { suggest } from '../../dictionary/did-you-mean.js';
import { readJsonFile } from '../../files/json-file.js';
import { problemOf, v } from '../../results/valid.js';

export const configName = 'breakeven.compare.json';

/** It is written by hand. */
const mostBytes = 2 ** 20;

const command = v.nullable(v.string());
const limits = v.record(v.string(), v.string());

const schema = v.strictObject({
  $schema: v.optional(v.string()),
  failOn: v.optional(v.string()),
  cpu: v.optional(v.string()),
  memory: v.optional(v.string()),
  crossover: v.optional(v.pipe(v.number(), v.minValue(1))),
  scenarios: v.optional(limits),
  strategies: v.optional(limits),
  accounts: v.optional(
    v.strictObject({
      'one-shot': v.optional(v.string()),
      warm: v.optional(v.string()),
      resident: v.optional(v.string()),
    }),
  ),
  install: v.optional(command),
  build: v.optional(command),
});

/** What a project says of its comparisons. */
export interface CompareConfig {
  readonly limits: Limits;
  /** Shell commands in a fresh checkout; null for nothing, undefined for the default. */
  readonly install?: string | null;
  readonly build?: string | null;
}

/**
 * Limits and commands from `breakeven.compare.json`, or the file that is named; `--fail-on` takes the place of its
 * `failOn`. Throws an InputError that names file and field.
 */
export function readConfig(
  path: string | undefined,
  failOn: string | undefined,
  folder = '.',
): CompareConfig {
  const file = path ?? join(folder, configName);
  if (path !== undefined && !existsSync(path))
    throw new InputError(`--config ${path}: there is no such file.`);
  const found = existsSync(file) ? parse(file) : {};
  const share = (text: string, field: string) => parsePercent(text, `${basename(file)}: ${field}`);
  const time =
    failOn !== undefined
      ? parsePercent(failOn, '--fail-on')
      : found.failOn === undefined
        ? undefined
        : share(found.failOn, 'failOn');
  const plain = plainLimits(time);
  const shares = (record: Readonly<Record<string, string | undefined>> | undefined, field: string) =>
    Object.fromEntries(
      Object.entries(record ?? {}).flatMap(([name, text]) =>
        text === undefined ? [] : [[name, share(text, `${field}.${name}`)]],
      ),
    );
  return {
    limits: {
      ...plain,
      ...(found.cpu === undefined ? {} : { cpu: share(found.cpu, 'cpu') }),
      ...(found.memory === undefined ? {} : { memory: share(found.memory, 'memory') }),
      crossover: found.crossover ?? plain.crossover,
      scenarios: shares(found.scenarios, 'scenarios'),
      strategies: shares(found.strategies, 'strategies'),
      accounts: shares(found.accounts, 'accounts'),
    },
    ...('install' in found ? { install: found.install } : {}),
    ...('build' in found ? { build: found.build } : {}),
  };
}

function parse(file: string): v.InferOutput<typeof schema> {
  const json = readJsonFile(file, mostBytes);
  // To the schema a list is an object without the fields that all are optional.
  const problem = listProblem(json);
  const result = v.safeParse(schema, json, { abortEarly: true });
  if (problem === undefined && result.success) return result.output;
  throw new InputError(
    `${file}: ${problem ?? unknownField(json) ?? problemOf(result)}. It may have failOn, cpu, memory (like "5%"), crossover (a factor), scenarios, ` +
      'strategies, accounts (name to limit), install and build (a command, or null).',
  );
}

function listProblem(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return `it holds ${json === null ? 'null' : Array.isArray(json) ? 'a list' : `a ${typeof json}`}, and must hold an object`;
  const list = (['scenarios', 'strategies', 'accounts'] as const).find((field) =>
    Array.isArray((json as Readonly<Record<string, unknown>>)[field]),
  );
  return list === undefined ? undefined : `${list} is a list, and must be an object of limits by name`;
}

/** The first name that means nothing here, with the nearest that does. */
function unknownField(json: unknown): string | undefined {
  const { accounts = {} } = json as { readonly accounts?: object };
  const places: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['', json, Object.keys(schema.entries)],
    ['accounts.', accounts, ['one-shot', 'warm', 'resident']],
  ];
  for (const [where, value, known] of places) {
    if (typeof value !== 'object' || value === null) continue;
    const unknown = Object.keys(value).find((name) => !known.includes(name));
    if (unknown !== undefined)
      return `it has ${where}${unknown}, which means nothing.${suggest(unknown, known).replace(/\.$/, '')}`;
  }
  return undefined;
}

/** "5%" → 0.05. */
export function parsePercent(text: string, origin: string): number {
  const number = /^\s*([\d.]+)\s*%\s*$/.exec(text)?.[1];
  const value = Number(number) / 100;
  if (number === undefined || !(value > 0) || value > 100)
    throw new InputError(`${origin} ${text}: write a percentage above 0, like 5%.`);
  return value;
}
