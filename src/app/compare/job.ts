import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../contract/errors.js';
import { readJsonFile } from '../../files/json-file.js';
import { makeFolder } from '../../files/make-folder.js';
import { replaceFile } from '../../files/write-file.js';
import { problemOf, v } from '../../results/valid.js';

/** Two commits to be measured, and how. */
export interface CommitsRequest {
  readonly base: string;
  /** Absent: the working tree. */
  readonly head?: string;
  readonly scenarios?: readonly string[];
  readonly strategies?: readonly string[];
  readonly only?: readonly string[];
  readonly rounds?: number;
  readonly seed: number;
  readonly limitMs: number;
  readonly maxTimeMs?: number;
  readonly duet?: true;
}

const jobName = 'job.json';
/** 2: `strategies` are added to the scenarios'. In version 1 they took their place, as `only` does now. */
const jobVersion = 2;

/** A command line and two commits. */
const mostBytes = 2 ** 20;

const commit = v.looseObject({ hash: v.string(), name: v.string() });
const schema = v.looseObject({
  format: v.literal('breakeven-comparison-job'),
  version: v.picklist([1, 2]),
  request: v.looseObject({
    base: v.string(),
    head: v.optional(v.string()),
    scenarios: v.optional(v.array(v.string())),
    strategies: v.optional(v.array(v.string())),
    only: v.optional(v.array(v.string())),
    rounds: v.optional(v.number()),
    seed: v.number(),
    limitMs: v.number(),
    maxTimeMs: v.optional(v.number()),
    duet: v.optional(v.literal(true)),
  }),
  base: commit,
  head: commit,
  tree: v.optional(v.string()),
});

/** What a comparison of commits goes on from: commits are pinned, so that a branch may move meanwhile. */
export interface Job {
  readonly request: CommitsRequest;
  readonly base: { readonly hash: string; readonly name: string };
  readonly head: { readonly hash: string; readonly name: string };
  /** Digest of the working tree, where that is head. */
  readonly tree?: string;
}

export function writeJob(folder: string, job: Job): void {
  makeFolder(folder);
  const document = { format: 'breakeven-comparison-job', version: jobVersion, ...job };
  replaceFile(join(folder, jobName), `${JSON.stringify(document, null, 2)}\n`);
}

/** Throws an InputError where the folder is not that of a comparison of commits. */
export function readJob(folder: string): Job {
  const path = join(folder, jobName);
  if (!existsSync(path))
    throw new InputError(
      `${folder} holds no ${jobName}: name the folder of a comparison of commits, as it was printed when it began.`,
    );
  let json: unknown;
  try {
    json = readJsonFile(path, mostBytes);
  } catch (cause) {
    throw new InputError(`${(cause as Error).message} It was cut off or edited: start the comparison anew.`, {
      cause,
    });
  }
  const result = v.safeParse(schema, json, { abortEarly: true });
  if (result.success) return jobOf(result.output);
  throw new InputError(`${path}: ${problemOf(result)}. Start the comparison anew.`);
}

function jobOf({ version, ...job }: v.InferOutput<typeof schema>): Job {
  const { strategies, ...request } = job.request;
  if (version === jobVersion || strategies === undefined) return job;
  return { ...job, request: { ...request, only: strategies } };
}
