import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readResults } from '../../src/results/reader.js';
import type { Ended } from './run-command.js';
import { cutRun, findResults, type Sandbox, storedRun } from './sandbox.js';

export type CommandName = keyof typeof commands;

export interface Command {
  readonly args: readonly string[];
  /** The command has done all that it is for. `since`: when it began, as Date.now() tells. */
  isWhole(box: Sandbox, ended: Ended, since: number): boolean;
  /** Paths below the sandbox where it makes files. */
  readonly makes: readonly string[];
  /** Paths below the sandbox that were there, and that it may change. */
  readonly changes?: readonly string[];
  /** Of the time in which faults are injected, where the whole takes too long to be let run to its end. */
  readonly spanMs?: number;
}

const rounds = ['--rounds', '2', '--limit', '5'];
const out = ['--out', 'runs'];
const profile = ['--profile', '../inputs/profile.json'];

/** Each command of the tool, in its smallest form. */
export const commands = {
  bench: {
    args: ['bench', '--scenario', 'bench/mine.mjs', ...rounds, ...out],
    isWhole: hasFinishedRun,
    makes: ['project/runs'],
  },
  'bench --kernel': {
    args: [
      ...['bench', '--kernel', 'bench/k.mjs', '--only', 'for-loop', '--keys', '2', '--length', '50'],
      ...['--rounds', '1', '--limit', '3', ...out],
    ],
    isWhole: hasFinishedRun,
    makes: ['project/runs'],
  },
  'bench --dry-run': {
    args: ['bench', '--scenario', 'bench/mine.mjs', '--dry-run'],
    isWhole: hasSpoken,
    makes: [],
  },
  'bench --resume': {
    args: ['bench', '--resume', cutRun],
    isWhole: hasFinishedRun,
    makes: ['project/runs'],
    changes: [`project/${cutRun}/results.ndjson`],
  },
  report: {
    args: ['report', storedRun],
    isWhole: (box, _, since) => isNewer(box.at(`project/${storedRun}/verdict.md`), since),
    makes: [`project/${storedRun}`],
  },
  'compare stored': {
    args: ['compare', storedRun, '../inputs/results.ndjson', ...out],
    isWhole: hasComparison,
    makes: ['project/runs'],
  },
  'compare commits': {
    args: [
      ...['compare', '--base', 'HEAD~1', '--head', 'HEAD', '--scenario', 'bench/mine.mjs', '--rounds', '2'],
      ...out,
    ],
    isWhole: hasComparison,
    makes: ['project/runs'],
  },
  'compare tree': {
    args: ['compare', '--base', 'HEAD', '--scenario', 'bench/mine.mjs', '--rounds', '2', ...out],
    isWhole: hasComparison,
    makes: ['project/runs'],
  },
  'calibrate stored': {
    args: ['calibrate', '../inputs/synthetic.ndjson', '--out', 'own-profile.json'],
    isWhole: (box, _, since) => isProfile(box.at('project/own-profile.json'), since),
    makes: ['project/own-profile.json'],
  },
  calibrate: {
    args: ['calibrate', '--out', 'own-profile.json'],
    isWhole: (box, _, since) => isProfile(box.at('project/own-profile.json'), since),
    makes: ['project/own-profile.json'],
    spanMs: 6_000,
  },
  advise: {
    args: ['advise', ...profile, '--keys', '32', '--length', '300'],
    isWhole: hasSpoken,
    makes: [],
  },
  'advise --kernel': {
    args: ['advise', '--kernel', 'bench/k.mjs', '--keys', '4', '--length', '100'],
    isWhole: hasSpoken,
    makes: [],
  },
  project: {
    args: ['project', ...profile, '--keys', '1e6', '--length', '1e4', '--memory', '24GB'],
    isWhole: hasSpoken,
    makes: [],
  },
  lesson: {
    args: ['lesson', '--quick', '--out', 'lessons'],
    isWhole: (box, _, since) => isNewer(box.at('project/lessons/lesson.md'), since),
    makes: ['project/lessons'],
    spanMs: 8_000,
  },
  list: { args: ['list'], isWhole: hasSpoken, makes: [] },
  check: { args: ['check', 'bench/k.mjs'], isWhole: hasSpoken, makes: [] },
  doctor: { args: ['doctor'], isWhole: hasSpoken, makes: [] },
} satisfies Readonly<Record<string, Command>>;

export const commandNames = Object.keys(commands) as CommandName[];

export function commandOf(name: CommandName): Command {
  return commands[name];
}

/** Where --out was changed the run lies elsewhere in the project: what counts is that it began with this command. */
function hasFinishedRun(box: Sandbox, _: Ended, since: number): boolean {
  return runsSince(box, since).some((path) => {
    const { header, records, end } = readResults(path);
    const recorded = new Set(records.map(({ cell }) => cell));
    const every = header.cells.every(
      ({ id, notApplicable }) => notApplicable !== undefined || recorded.has(id),
    );
    return end?.status === 'finished' && every && existsSync(join(dirname(path), 'verdict.md'));
  });
}

/** Journals that this command wrote to, the newest first. */
export function runsSince(box: Sandbox, since: number): string[] {
  return findResults(box.project).filter((path) => statSync(path).mtimeMs >= since - 10);
}

function hasComparison(box: Sandbox, _: Ended, since: number): boolean {
  const found = readdirSync(box.project, { recursive: true, withFileTypes: true });
  return found.some(
    (entry) =>
      entry.name === 'comparison.md' && isNewer(join(entry.parentPath ?? entry.path, entry.name), since),
  );
}

function isProfile(path: string, since: number): boolean {
  return isNewer(path, since) && 'accounts' in JSON.parse(readFileSync(path, 'utf8'));
}

function isNewer(path: string, since: number): boolean {
  return existsSync(path) && statSync(path).mtimeMs >= since - 10;
}

function hasSpoken(_: Sandbox, { stdout }: Ended): boolean {
  return stdout.trim().length > 40;
}
