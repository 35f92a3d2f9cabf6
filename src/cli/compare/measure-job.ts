import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Checkout } from '../../checkout/checkouts.js';
import { shellWord } from '../../files/shell.js';
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
import { machineWatch } from '../../measure/machine/watch.js';
import { type MeasureEvent, measure, realClock } from '../../measure/measure.js';
import type { Plan } from '../../measure/plan.js';
import { processExecutor } from '../../measure/process-executor.js';
import { pairsPlanner } from '../../planner/pairs.js';
import type { RunHeader } from '../../results/format.js';
import { createJournal, type Journal, reopenJournal, resultsFileName } from '../../results/journal.js';
import { isFinished, readLines, type WrittenLines } from '../../results/reader.js';
import { checkSameHost, checkSamePlan, checkSameTool } from '../same-run.js';
import { note } from '../terminal-lines.js';
import { settledPairs } from './settled-pairs.js';

export interface MeasureJob {
  readonly folder: string;
  readonly sides: Both<Checkout>;
  readonly signal: AbortSignal;
  /** For this scenario. */
  readonly maxTimeMs?: number;
}

/** Measures one scenario on both sides, round by round, into two results files; goes on where they are there already. */
export async function measureJob(
  plans: Both<Plan>,
  { folder, sides, signal, maxTimeMs }: MeasureJob,
): Promise<void> {
  const id = plans.head.header.scenario.id;
  const paths = { base: join(folder, 'base', id), head: join(folder, 'head', id) };
  const written = writtenOf(paths);
  if (written !== undefined && sideNames.every((side) => isFinished(written[side]))) return;
  const selves = Object.fromEntries(
    sideNames.flatMap((side) => (sides[side].self === undefined ? [] : [[side, sides[side].self]])),
  );
  const twin = twinPlan(plans, basename(folder), selves);
  if (written !== undefined)
    for (const side of sideNames) checkSameRun(written[side].header, twin.headers[side], paths[side]);
  const journals = openJournals(paths, written, twin, `breakeven compare --resume ${shellWord(folder)}`);
  const journal = twinJournal(journals);
  try {
    await measure(twin.plan, {
      executor: processExecutor(),
      clock: realClock,
      planner: pairsPlanner(twin.pairs, {
        rounds: plans.head.header.rounds,
        alone: twin.alone,
        ...(maxTimeMs === undefined ? {} : { maxTimeMs, settled: (state) => settledPairs(twin, state) }),
      }),
      journal,
      signal,
      watch: machineWatch(),
      ...(written === undefined
        ? {}
        : { earlier: earlierLines({ base: written.base.lines, head: written.head.lines }) }),
      onEvent: progressOf(id, twin),
    });
  } finally {
    journal.close();
  }
}

/** What was measured before must have been measured here, by this tool, of the same cells. */
function checkSameRun(before: RunHeader, now: RunHeader, path: string): void {
  checkSameTool(before, path);
  checkSameHost(before, now.host);
  checkSamePlan(before, now);
}

function writtenOf(paths: Both<string>): Both<WrittenLines> | undefined {
  const files = { base: join(paths.base, resultsFileName), head: join(paths.head, resultsFileName) };
  if (!existsSync(files.base) || !existsSync(files.head)) return undefined;
  return { base: readLines(files.base), head: readLines(files.head) };
}

function openJournals(
  paths: Both<string>,
  written: Both<WrittenLines> | undefined,
  { headers }: TwinPlan,
  goOn: string,
): Both<Journal> {
  const open = (side: SideName) =>
    written === undefined
      ? createJournal(paths[side], headers[side], goOn)
      : reopenJournal(join(paths[side], resultsFileName), written[side], goOn);
  return { base: open('base'), head: open('head') };
}

/** A line at most every two seconds: while a cell runs, the driver must not disturb it. */
const everyMs = 2_000;

function progressOf(scenario: string, { plan }: TwinPlan): (event: MeasureEvent) => void {
  const names = new Map(
    plan.header.cells.map(({ id, strategy }) => [id, `${splitCell(id).side} ${strategy}`]),
  );
  let lastMs = Number.NEGATIVE_INFINITY;
  return (event) => {
    if (event.type === 'cell done' && event.record.outcome.status !== 'measured') {
      const { cell, outcome } = event.record;
      if (outcome.status !== 'skipped') note(`  ${outcome.status}: ${names.get(cell)}: ${outcome.message}`);
    }
    if (event.type !== 'cell starts' || event.elapsedMs - lastMs < everyMs) return;
    lastMs = event.elapsedMs;
    note(
      `${scenario}: round ${event.turn.round + 1}, ${event.done} cells done, ${names.get(event.turn.cell)}`,
    );
  };
}
