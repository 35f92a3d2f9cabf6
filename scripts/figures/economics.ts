import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Crossover, CrossoverQuestion } from '../../src/analysis/types.js';
import type { RunState } from '../../src/measure/measure.js';
import { answersOf, budgetPlanner } from '../../src/measure/planner/budget.js';
import type { CellHeader, CellRecord } from '../../src/results/format.js';
import { readLines, readResults } from '../../src/results/reader.js';
import { percent } from '../proofs/proof.js';
import { benchRun } from './bench-run.js';
import { type Figure, type Measure, median } from './figure.js';
import { knownCrossover, onlyCrossover } from './known-crossover.js';

/** A shipped scenario along one axis, small enough for a dense grid of about two minutes. */
interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly axis: string;
  readonly dense: string;
  /** What a scenario would name: the planner adds what it needs. */
  readonly coarse: string;
  readonly question: CrossoverQuestion;
}

const pool = 'parallel against best single-thread';
const threads = ['--only', 'for-loop', '--only', 'worker-threads'];

const cases: readonly Case[] = [
  {
    name: 'ci-pools',
    args: ['--scenario', 'ci-pools', '--only', 'for-loop', '--only', 'child-process'],
    axis: 'cost',
    // Forked processes differ by a fifth from one another: up to where two of them are clearly faster.
    dense: '32..2048x2',
    coarse: '32..2048x8',
    question: pool,
  },
  {
    name: 'item-cost',
    args: ['--scenario', 'item-cost', ...threads],
    axis: 'cost',
    dense: '4..256x2',
    coarse: '4..256x8',
    question: pool,
  },
  {
    name: 'work-per-element',
    args: ['--scenario', 'work-per-element', ...threads],
    axis: 'steps',
    dense: '8..512x2',
    coarse: '8..512x8',
    question: pool,
  },
  {
    name: 'skewed-lists',
    args: ['--scenario', 'skewed-lists', ...threads, '--skew', 'equal', '--chunk', 'balanced'],
    axis: 'length',
    dense: '4..256x2',
    coarse: '4..256x8',
    question: pool,
  },
  {
    name: 'large-lists',
    args: ['--scenario', 'large-lists', '--keys', '8', '--only', 'for-loop', '--only', 'wasm-simd'],
    axis: 'length',
    dense: '50..3200x2',
    coarse: '50..3200x8',
    question: 'single-thread against for-loop',
  },
];

const bar = 0.4;
const budgetShare = 0.6;

/**
 * What it takes to know a warm crossover within ± 10 %, against the whole ×2 grid in its 8 rounds, on shipped scenarios
 * with the real clock; and whether both find the same one.
 */
export function economics(): Promise<Figure[]> {
  return economicsOf(cases);
}

/** Each of them alone, to be asked for by name. */
export const economicsParts: Readonly<Record<string, Measure>> = Object.fromEntries(
  cases.map((one) => [`economics-${one.name}`, () => economicsOf([one])]),
);

async function economicsOf(some: readonly Case[]): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'breakeven-economics-'));
  const figures: Figure[] = [];
  const shares: number[] = [];
  try {
    for (const one of some) {
      const { share, figure } = measured(one, folder);
      shares.push(share);
      figures.push(figure);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const middle = median(shares);
  return [
    ...figures,
    {
      name: "a crossover within ± 10 % on real scenarios: share of the dense grid's time, median",
      bar: `≤ ${100 * bar} %`,
      seen: `${shareText(middle)} of ${shares.length} scenarios`,
      holds: middle <= bar,
    },
  ];
}

function measured({ name, args, axis, dense, coarse, question }: Case, folder: string) {
  const grid = readResults(benchRun([...args, `--${axis}`, dense], join(folder, `${name}-dense`)));
  const gridMs = grid.end?.elapsedMs ?? Number.NaN;
  const inGrid = onlyCrossover(answersOf({ ...grid, elapsedMs: gridMs }), question);
  // More than the bar: when it was found is read from its journal.
  const budget = ['--budget', `${Math.ceil(budgetShare * gridMs)}ms`];
  const found = firstKnown(benchRun([...args, `--${axis}`, coarse, ...budget], join(folder, name)), question);
  const share = found === undefined ? Number.POSITIVE_INFINITY : found.ms / gridMs;
  const figure: Figure = {
    name: `${name}, ${axis} ${dense}: time to a crossover within ± 10 %`,
    bar: `≤ ${100 * bar} % of the dense grid's`,
    seen: `${shareText(share)} of its ${(gridMs / 1_000).toFixed(0)} s; ${agreement(inGrid, found?.crossover)}`,
    holds: share <= bar,
  };
  return { share, figure };
}

/**
 * When the planner first knew: its journal is gone through again, the planner asked where it was asked, and the analysis
 * beside it. Nothing is measured.
 */
function firstKnown(path: string, question: CrossoverQuestion) {
  const { header, lines } = readLines(path);
  const planner = budgetPlanner({ budgetMs: header.budgetMs ?? Number.NaN });
  const cells: CellHeader[] = [...header.cells];
  const records: CellRecord[] = [];
  let looks = 0;
  for (const [place, line] of lines.entries()) {
    if (line.type === 'cells') cells.push(...line.cells);
    if (line.type === 'cell') records.push(line);
    // Asked again only where its last step is done; the end is one, too.
    if (records.length < looks && line.type === 'cell') continue;
    const elapsedMs = timeAfter(lines, place);
    const state: RunState = { header: { ...header, cells }, records, elapsedMs };
    const crossover = knownCrossover(answersOf(state), question);
    if (crossover !== undefined) return { ms: elapsedMs, crossover };
    const step = planner.next(state);
    looks = records.length + (step.kind === 'measure' ? step.turns.length : 0);
  }
  return undefined;
}

/** As `measure` tells it: when the next cell began, or the last one ended. */
function timeAfter(lines: ReturnType<typeof readLines>['lines'], place: number): number {
  const next = lines.slice(place + 1).find((line) => line.type === 'cell');
  if (next !== undefined) return next.startedMs;
  const last = lines.findLast((line) => line.type === 'cell');
  return last === undefined ? 0 : last.startedMs + last.elapsedMs;
}

function agreement(dense: Crossover | undefined, coarse: Crossover | undefined): string {
  if (dense === undefined || coarse === undefined)
    return `${dense === undefined ? 'the dense grid' : 'the budget'} names no single crossover, or not closely enough`;
  const apart = dense.interval.high < coarse.interval.low || coarse.interval.high < dense.interval.low;
  return `${shown(coarse)}, dense grid ${shown(dense)}: ${apart ? 'they disagree' : 'they agree'}`;
}

function shown({ at, interval }: Crossover): string {
  const digits = (value: number) => Number(value.toPrecision(3));
  return `${digits(at)} [${digits(interval.low)}, ${digits(interval.high)}]`;
}

function shareText(share: number): string {
  return Number.isFinite(share) ? percent(share) : `not within ${100 * budgetShare} %`;
}
