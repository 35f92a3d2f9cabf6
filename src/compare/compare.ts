import { leastRounds } from '../analysis/estimate.js';
import type { Results } from '../results/format.js';
import { checkComparable, findMemoryNotes, IncomparableError } from './comparable.js';
import { coverageOf, failureChanges } from './coverage.js';
import { crossoverChanges, winnerChanges } from './crossovers.js';
import { type Family, type JudgeOptions, judge, judgePower } from './judge.js';
import type { Limits } from './limits.js';
import { machineChange } from './machine.js';
import {
  cellQuestions,
  cpuQuestions,
  furtherQuestions,
  memoryQuestions,
  type Question,
  strategyQuestions,
} from './questions.js';
import { roundsMeasured, twinOf, unmatched } from './twin.js';
import type {
  Compared,
  Comparison,
  ComparisonNote,
  Coverage,
  Pairing,
  SideInfo,
  Unfit,
  Verdict,
} from './types.js';

/** One or more runs, each of another scenario, and what they are called. */
export interface Side {
  readonly name: string;
  readonly runs: readonly Results[];
}

export interface CompareOptions {
  readonly limits: Limits;
  readonly acrossHosts?: boolean;
  /** Draws of the resampling, for crossovers; default 2,000. */
  readonly draws?: number;
}

/**
 * Head against base, scenario by scenario. A pure function: the same results and limits give the same comparison.
 * Throws an IncomparableError where the two cannot be compared as asked, or have no cell in common.
 */
export function compare(base: Side, head: Side, options: CompareOptions): Comparison {
  const { limits, acrossHosts = false, draws = 2000 } = options;
  const common = sharedRuns(base, head);
  for (const [before, after] of common) checkComparable(before, after, acrossHosts);
  const pairing = pairingOf(common, acrossHosts);
  const twins = common.map(([before, after]) => twinOf(before, after, pairing, draws));
  const cells = twins.flatMap((twin) => cellQuestions(twin, pairing));
  const alone = twins.map(unmatched);
  const failures = twins.flatMap(failureChanges);
  const coverage = coverageOf(twins);
  if (coverage.cells === 0 && failures.length === 0)
    throw new IncomparableError(
      `${base.name} and ${head.name} have no cell in common: compare runs of the same scenario, with strategies and ` +
        'points that both have.',
    );
  const strategies = strategyQuestions(cells);
  const machine = machineChange(twins, strategies, pairing, limits);
  const { margin, quick } = common[0][0].header;
  const how = {
    pairing,
    limits,
    margin,
    commonLog: machine.takenOut ? Math.log(machine.common ?? 1) : 0,
  };
  const families = familiesOf(strategies, cells, twins, how);
  const rows = judge(families, how);
  const power = judgePower(
    families[0],
    families,
    common.flatMap(([, { header }]) => header.strategies),
    how,
  );
  const crossovers = twins.flatMap((twin) => crossoverChanges(twin, rows, limits));
  return {
    base: infoOf(
      base,
      common.map(([before]) => before),
    ),
    head: infoOf(
      head,
      common.map(([, after]) => after),
    ),
    pairing,
    quick,
    margin,
    scenarios: common.map(([, { header }]) => ({
      id: header.scenario.id,
      title: header.scenario.title,
      strategies: header.strategies,
    })),
    verdict: verdictOf(rows, [...failures, ...crossovers], { unfit: machine.unfit, coverage }),
    coverage,
    rows,
    crossovers,
    winners: twins.flatMap(winnerChanges),
    failures,
    newCells: alone.flatMap(({ newCells }) => newCells),
    removedCells: alone.flatMap(({ removedCells }) => removedCells),
    machine,
    ...(power === undefined ? {} : { power }),
    notes: findNotes(base, head, common),
  };
}

/** Strategies as a whole have the largest share of the error: that is where a change of code shows first. */
function familiesOf(
  strategies: readonly Question[],
  cells: readonly Question[],
  twins: Parameters<typeof machineChange>[0],
  { pairing }: JudgeOptions,
): Family[] {
  const times: Family[] = [
    { questions: strategies, weight: 2, alike: 'account' },
    { questions: furtherQuestions(cells, strategies), weight: 1, alike: 'strategy' },
  ];
  // Bytes and CPU time of another machine say nothing of this one.
  if (pairing === 'across hosts') return times;
  return [
    ...times,
    { questions: strategyQuestions(twins.flatMap(cpuQuestions)), weight: 1, alike: 'account' },
    { questions: twins.flatMap(memoryQuestions), weight: 1, alike: 'strategy' },
  ];
}

/** A wrong answer or a crash needs no quiet machine; a time does. */
function verdictOf(
  rows: readonly Compared[],
  others: readonly { readonly red: boolean; readonly how?: string }[],
  { unfit, coverage }: { readonly unfit: Unfit | undefined; readonly coverage: Coverage },
): Verdict {
  const certain = others.some(({ red, how }) => red && (how === 'wrong' || how === 'crashed'));
  if (certain) return 'regression';
  if (unfit !== undefined) return 'unfit';
  if (rows.some(({ red }) => red) || others.some(({ red }) => red)) return 'regression';
  // Across hosts a cell that was measured on both sides still needs a for-loop to be held against.
  if (coverage.compared === 0 || rows.length === 0) return 'nothing compared';
  const open = rows.some(
    ({ label, quantity }) =>
      label === 'undecided' && (quantity === 'time' || quantity === 'ratio to for-loop'),
  );
  return open ? 'undecided' : 'fine';
}

function sharedRuns(base: Side, head: Side): (readonly [Results, Results])[] {
  const shared = base.runs.flatMap((before) => {
    const after = head.runs.find(({ header }) => header.scenario.id === before.header.scenario.id);
    return after === undefined ? [] : [[before, after] as const];
  });
  if (shared.length > 0) return shared;
  const ids = ({ runs }: Side) => runs.map(({ header }) => header.scenario.id).join(', ') || 'nothing';
  throw new IncomparableError(
    `base and head have no scenario in common: base has ${ids(base)}, head ${ids(head)}. Compare runs of the same scenario.`,
  );
}

function pairingOf(common: readonly (readonly [Results, Results])[], acrossHosts: boolean): Pairing {
  if (acrossHosts) return 'across hosts';
  const oneJob = common.every(
    ([before, after]) =>
      before.header.interleaved !== undefined &&
      before.header.interleaved.job === after.header.interleaved?.job,
  );
  return oneJob ? 'interleaved' : 'separate';
}

function infoOf({ name }: Side, runs: readonly Results[]): SideInfo {
  const { cpu, usableCores, node } = runs[0].header.host;
  return {
    name,
    runs: runs.map((results) => {
      const { scenario, run, createdAt, tool } = results.header;
      return { scenario: scenario.id, run, createdAt, tool, rounds: roundsMeasured(results) };
    }),
    host: { cpu, usableCores, node },
  };
}

/** Another kernel may do other work: a change of its times then says nothing of the strategies. */
function findOtherKernel([before, after]: readonly [Results, Results]): ComparisonNote[] {
  const [base, head] = [before, after].map(({ header: { code } }) =>
    code?.files.flatMap(({ file, sha256, kernel }) => (kernel ? [[file, sha256] as const] : [])),
  );
  if (base === undefined || head === undefined) return [];
  const digests = new Map(base);
  const other =
    head.find(([file, sha256]) => digests.get(file) !== sha256) ??
    base.find(([file]) => !new Map(head).has(file));
  return other === undefined
    ? []
    : [{ kind: 'other kernel', scenario: before.header.scenario.id, file: other[0] }];
}

function findNotes(
  base: Side,
  head: Side,
  common: readonly (readonly [Results, Results])[],
): ComparisonNote[] {
  const shared = new Set(common.flatMap(([before]) => before.header.scenario.id));
  const sides = { base, head } as const;
  const left = (['base', 'head'] as const).flatMap((side) =>
    sides[side].runs
      .map(({ header }) => header.scenario.id)
      .filter((scenario) => !shared.has(scenario))
      .map((scenario): ComparisonNote => ({ kind: 'one side', scenario, side })),
  );
  return [
    ...left,
    ...common.flatMap(findOtherKernel),
    ...common.flatMap(findMemoryNotes),
    ...common.flatMap(([{ header }]): ComparisonNote[] =>
      header.interleaved?.duet ? [{ kind: 'duet', scenario: header.scenario.id }] : [],
    ),
    ...common.flatMap(([before, after]) => [...findRunNotes('base', before), ...findRunNotes('head', after)]),
  ];
}

function findRunNotes(side: 'base' | 'head', results: Results): ComparisonNote[] {
  const about = { scenario: results.header.scenario.id, side };
  return [
    ...results.notes.map((note) => ({ kind: 'of a run', ...about, note }) as const),
    ...(results.end?.status === 'finished' ? [] : [{ kind: 'unfinished', ...about } as const]),
    ...(roundsMeasured(results) < leastRounds ? [{ kind: 'few rounds', ...about } as const] : []),
  ];
}
