import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Checkout } from '../../checkout/checkouts.js';
import { compare } from '../../compare/compare.js';
import { plainLimits } from '../../compare/limits.js';
import { isSettled } from '../../compare/settled.js';
import { shellWord } from '../../files/shell.js';
import { duetParts, findDuets } from '../../measure/interleaved/duet.js';
import {
  type Both,
  earlierLines,
  type SideName,
  sideNames,
  splitCell,
  type TwinPlan,
  twinJournal,
  twinPlan,
} from '../../measure/interleaved/plan.js';
import type { RunState } from '../../measure/measure.js';
import type { Plan } from '../../measure/plan.js';
import { type Pair, pairsPlanner } from '../../measure/planner/pairs.js';
import type { CellRecord, Results, RunHeader } from '../../results/format.js';
import { type Journal, resultsFileName } from '../../results/journal.js';
import { isFinished, readLines, type WrittenLines } from '../../results/reader.js';
import type { Caller } from '../caller.js';
import { measureRun, openRun } from '../run.js';
import { checkSameHost, checkSamePlan, checkSameTool } from '../same-run.js';
import { selvesOf } from './sides.js';

interface MeasureJob {
  readonly folder: string;
  readonly sides: Both<Checkout>;
  readonly caller: Caller;
  /** For this scenario. */
  readonly maxTimeMs?: number;
  /** Both sides of single threads at the same time. */
  readonly duet: boolean;
}

/** Measures one scenario on both sides, round by round, into two results files; goes on where they are there already. */
export async function measureJob(
  plans: Both<Plan>,
  { folder, sides, caller, maxTimeMs, duet }: MeasureJob,
): Promise<void> {
  const id = plans.head.header.scenario.id;
  const pathOf = (side: SideName) => join(folder, side, id, resultsFileName);
  const paths = { base: pathOf('base'), head: pathOf('head') };
  const written = { base: readWritten(paths.base), head: readWritten(paths.head) };
  if (sideNames.every((side) => written[side] !== undefined && isFinished(written[side]))) return;
  const twin = twinPlan(plans, basename(folder), selvesOf(sides), duet);
  for (const side of sideNames)
    if (written[side] !== undefined)
      checkSameRun(written[side].header, twin.headers[side], paths[side], caller);
  const goOn = `breakeven compare --resume ${shellWord(folder)}`;
  const open = (side: SideName) => openRun(paths[side], twin.headers[side], { written: written[side], goOn });
  const base = open('base');
  const head = openOrClose(() => open('head'), base.journal);
  const run = {
    journal: twinJournal({ base: base.journal, head: head.journal }),
    // Cut off between the two, one side is there alone, with nothing in it but its header.
    ...(written.base &&
      written.head && { earlier: earlierLines({ base: written.base.lines, head: written.head.lines }) }),
  };
  await measureRun(twin.plan, run, {
    planner: pairsPlanner(twin.pairs, {
      rounds: plans.head.header.rounds,
      alone: twin.alone,
      ...(maxTimeMs === undefined ? {} : { maxTimeMs, settled: (state) => settledPairs(twin, state) }),
    }),
    caller: {
      signal: caller.signal,
      watch: (plan) => caller.watch(plan, (cell) => `${id}: ${twin.sideOf(cell.id)} ${cell.strategy}`),
    },
    ...(duet && {
      arrange: (solo) => duetParts(solo, findDuets(twin.plan.header, twin.pairs), twin.plan.order),
    }),
  });
}

/** What was measured before must have been measured here, by this tool, of the same cells. */
function checkSameRun(before: RunHeader, now: RunHeader, path: string, { note }: Caller): void {
  checkSameTool(before, now.tool, path);
  checkSameHost(before, now.host);
  checkSamePlan(before, now, note);
}

function readWritten(path: string): WrittenLines | undefined {
  return existsSync(path) ? readLines(path) : undefined;
}

/** The other side is not left open where this one cannot be opened. */
function openOrClose<T>(open: () => T, other: Journal): T {
  try {
    return open();
  } catch (cause) {
    other.close();
    throw cause;
  }
}

/** Enough for a decision that the report makes anew. */
const draws = 200;

/** Pairs that need no further round. */
export function settledPairs(twin: TwinPlan, state: RunState): ReadonlySet<Pair> {
  const [base, head] = resultsOf(twin, state.records);
  // Where every cell fails on one side, there is nothing to compare, and nothing to wait for.
  if (![base, head].every(({ records }) => records.some(({ outcome }) => outcome.status === 'measured')))
    return new Set(twin.pairs);
  const comparison = compare(
    { name: 'base', runs: [base] },
    { name: 'head', runs: [head] },
    { limits: plainLimits(), draws },
  );
  const cells = new Map(twin.plan.header.cells.map((cell) => [cell.id, cell]));
  return new Set(
    twin.pairs.filter(({ base: id }) => {
      const cell = cells.get(id);
      return cell !== undefined && isSettled(comparison, cell);
    }),
  );
}

function resultsOf({ headers }: TwinPlan, records: readonly CellRecord[]): [Results, Results] {
  const of = (side: SideName): Results => ({
    header: headers[side],
    records: records.flatMap((record) => {
      const { side: own, cell } = splitCell(record.cell);
      return own === side ? [{ ...record, cell }] : [];
    }),
    notes: [],
  });
  return [of('base'), of('head')];
}
