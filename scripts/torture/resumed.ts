import { cpSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Results } from '../../src/results/format.js';
import { readResults } from '../../src/results/reader.js';
import { runsSince } from './commands.js';
import { calm, type Draw, type Fault } from './fault.js';
import { type Ended, runCommand } from './run-command.js';
import type { Sandbox } from './sandbox.js';

/**
 * What is wrong with the journals that a fault left: each can be told as a report, and a run that was cut off goes on
 * to the same cells, rounds and outcomes that an undisturbed one has.
 */
export async function checkJournals(box: Sandbox, fault: Fault, ended: Ended, draw: Draw): Promise<string[]> {
  if (fault.spoilsJournal) return [];
  try {
    return await checkNewestJournal(box, fault, ended, draw);
  } catch (cause) {
    return [`its journal cannot be read: ${(cause as Error).message}`];
  }
}

async function checkNewestJournal(box: Sandbox, fault: Fault, ended: Ended, draw: Draw): Promise<string[]> {
  const [path] = runsSince(box, ended.since).filter(hasWholeHeader);
  if (path === undefined) return [];
  const comparison = comparisonOf(box, path);
  const mayReport = comparison === undefined && draw.chance(0.3);
  const found = mayReport ? await checkReport(box, path) : [];
  if (fault.partial) return found;
  if (comparison !== undefined) {
    const cutOff = !existsSync(join(comparison, 'comparison.md'));
    return cutOff && draw.chance(0.4) ? [...found, ...(await resumeComparison(box, comparison))] : found;
  }
  const resumable = fault.command === 'bench' || fault.command === 'bench --resume';
  return resumable ? [...found, ...(await resumeRun(box, path))] : found;
}

/** Killed before its first line was whole: nothing was measured, and there is nothing to lose. */
function hasWholeHeader(path: string): boolean {
  return readFileSync(path, 'utf8').includes('\n');
}

async function checkReport(box: Sandbox, path: string): Promise<string[]> {
  cpSync(path, box.at('looked-at/results.ndjson'));
  const { code, stderr } = await runCommand(box, { args: ['report', '../looked-at'], expectedMs: 3_000 });
  return code !== null && calm.includes(code)
    ? []
    : [`its journal cannot be read: report ended with ${code}: ${stderr.trim()}`];
}

async function resumeRun(box: Sandbox, path: string): Promise<string[]> {
  const folder = relative(box.project, dirname(path));
  const before = readResults(path);
  if (before.end?.status !== 'finished') {
    const { code, signal, stderr } = await runCommand(box, {
      args: ['bench', '--resume', folder],
      expectedMs: 12_000,
    });
    if (code === null || !calm.includes(code))
      return [`--resume ended with ${code ?? signal}: ${stderr.trim().split('\n').at(-1)}`];
  }
  const undisturbed = join(box.fixtures, 'results.ndjson');
  return existsSync(undisturbed) ? describeDifferences(readResults(path), readResults(undisturbed)) : [];
}

async function resumeComparison(box: Sandbox, folder: string): Promise<string[]> {
  const { code, signal, stderr } = await runCommand(box, {
    args: ['compare', '--resume', relative(box.project, folder)],
    expectedMs: 15_000,
  });
  const whole = code !== null && calm.includes(code) && existsSync(join(folder, 'comparison.md'));
  return whole ? [] : [`compare --resume ended with ${code ?? signal}: ${stderr.trim().split('\n').at(-1)}`];
}

/** The folder of the comparison that a journal belongs to; undefined for a run of its own. */
function comparisonOf(box: Sandbox, path: string): string | undefined {
  const parts = relative(box.project, path).split('/');
  const at = parts.findLastIndex((part) => part === 'base' || part === 'head');
  return at < 1 ? undefined : join(box.project, ...parts.slice(0, at));
}

type Lines = Pick<Results, 'header' | 'records'>;

export function describeDifferences(one: Lines, other: Lines): string[] {
  const [cells, otherCells] = [cellsOf(one), cellsOf(other)];
  const [outcomes, otherOutcomes] = [outcomesOf(one), outcomesOf(other)];
  return [
    ...(cells === otherCells ? [] : ['the resumed run has other cells than an undisturbed one']),
    ...(one.header.rounds === other.header.rounds
      ? []
      : [`${one.header.rounds} rounds, not ${other.header.rounds}`]),
    ...(outcomes === otherOutcomes
      ? []
      : [
          `the resumed run has other rounds or outcomes than an undisturbed one: ${outcomes}, not ${otherOutcomes}`,
        ]),
  ];
}

function cellsOf({ header }: Lines): string {
  return JSON.stringify(header.cells.map(({ id, strategy, point }) => [id, strategy, point]));
}

function outcomesOf({ records }: Lines): string {
  return records
    .map(({ cell, round, outcome }) => `${cell} ${round} ${outcome.status}`)
    .sort()
    .join('; ');
}
