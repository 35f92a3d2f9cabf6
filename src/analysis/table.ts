import { pointKey } from '../contract/axes.js';
import type { Account, Point } from '../contract/scenario.js';
import type {
  CellHeader,
  CellRecord,
  Limited,
  Measured,
  Outcome,
  Results,
  RunHeader,
  StrategyHeader,
} from '../results/format.js';
import { traitsOf } from '../results/older-traits.js';
import { estimateOf } from './estimate.js';
import { grouped } from './grouped.js';
import { timeOf } from './level.js';
import { type Noise, withNoise } from './noise.js';
import { type Resampler, resampler } from './resampler.js';
import {
  callsOf,
  type MeasuredRound,
  measuredRounds,
  type Quantity,
  type RoundLogs,
  roundCount,
  roundLogs,
} from './round-logs.js';
import type { CellState, SomeRounds } from './types.js';

export const accounts: readonly Account[] = ['one-shot', 'warm', 'resident'];

/** One cell in one account. `logs` is empty where the state is not 'measured'. */
export interface Entry {
  readonly cell: CellHeader;
  readonly strategy: StrategyHeader;
  readonly account: Account;
  readonly state: CellState;
  readonly logs: RoundLogs;
  /** Of its strategy, over all points; absent where it was not measured. */
  readonly noise?: Noise;
  /** Rounds whose process was slow as a whole; absent where none was. */
  readonly slowRounds?: readonly boolean[];
  /** It runs the baseline's loop here, list by list, and is no rival of it. */
  readonly baselineLoop?: true;
  /** Empty where the cell is failed or a bound. */
  readonly rounds: readonly MeasuredRound[];
}

/** A results file arranged for questions: everything else in this folder asks it. */
export interface Table {
  readonly header: RunHeader;
  readonly records: readonly CellRecord[];
  readonly resampler: Resampler;
  /** In the order of the header's cells. */
  readonly points: readonly Point[];
  /**
   * Entries of all strategies at a point whose data starts in Node, in the order of the header's strategies: those that
   * are ranked together.
   */
  at(account: Account, point: Point): readonly Entry[];
  /** Those whose data starts in a program, by program: each group is ranked apart. */
  beside(account: Account, point: Point): ReadonlyMap<string, readonly Entry[]>;
  entry(account: Account, strategy: string, point: Point): Entry | undefined;
  /** Everything that was measured, wherever its data starts. */
  all(account: Account): readonly Entry[];
}

/** `quantity`: what stands for the calls of one process; the mean is what every figure is made from. */
export function tableOf(results: Results, draws: number, quantity: Quantity = 'mean'): Table {
  const { header, records } = results;
  const strategies = new Map(header.strategies.map((strategy) => [strategy.label, strategy]));
  const rows = recordsByCell(records);
  const entries = new Map(
    accounts.map((account) => [
      account,
      withNoise(
        header.cells.flatMap((cell) => {
          const strategy = strategies.get(cell.strategy);
          return strategy === undefined
            ? []
            : [
                entryOf(
                  cell,
                  strategy,
                  account,
                  rows.get(cell.id) ?? [],
                  quantity,
                  header.scenario.kernel.kind,
                ),
              ];
        }),
      ).map(timed),
    ]),
  );
  entries.set('resident', residentKnown(entries.get('resident') ?? []));
  const groups = new Map(accounts.map((account) => [account, byPoint(entries.get(account) ?? [], header)]));
  const everyone = (account: Account, point: Point) => groups.get(account)?.get(pointKey(point)) ?? [];
  const rounds = records.reduce(
    (most, { round }) => Math.max(most, round + 1),
    Math.min(header.rounds, roundsDrawnAhead),
  );
  const ranked = new Map(
    accounts.map((account) => [
      account,
      new Map([...(groups.get(account) ?? [])].map(([key, group]) => [key, group.filter(startsInNode)])),
    ]),
  );
  const at = (account: Account, point: Point) => ranked.get(account)?.get(pointKey(point)) ?? [];
  return {
    header,
    records,
    resampler: resampler(header.seed, rounds, draws),
    points: [...new Map(header.cells.map(({ point }) => [pointKey(point), point])).values()],
    at,
    beside: (account, point) => {
      const others = everyone(account, point).filter((entry) => !startsInNode(entry));
      return grouped(others, ({ strategy }) => strategy.program ?? strategy.id);
    },
    entry: (account, label, point) =>
      everyone(account, point).find(({ strategy }) => strategy.label === label),
    all: (account) => entries.get(account) ?? [],
  };
}

/**
 * The random numbers of a round are the same ones when the run goes on, up to so many rounds of the plan; of a longer
 * plan only those rounds count that were measured: a plan may be of any length.
 */
const roundsDrawnAhead = 64;

/** Whether an entry is ranked with the others: its data starts in Node. */
export function startsInNode({ strategy }: Pick<Entry, 'strategy'>): boolean {
  return strategy.home !== 'program';
}

function recordsByCell(records: readonly CellRecord[]): Map<string, CellRecord[]> {
  // A resumed run may hold a cell and round twice: the later one counts.
  const latest = new Map(records.map((record) => [`${record.cell} ${record.round}`, record]));
  return grouped(latest.values(), ({ cell }) => cell);
}

function entryOf(
  cell: CellHeader,
  strategy: StrategyHeader,
  account: Account,
  records: readonly CellRecord[],
  quantity: Quantity,
  kind: RunHeader['scenario']['kernel']['kind'],
): Entry {
  const rounds = measuredRounds(records);
  const same = kind !== 'wait' && traitsOf(strategy).baselineLoop ? { baselineLoop: true as const } : {};
  const logs = roundLogs(rounds, (outcome) => callsOf(outcome, account, quantity), quantity);
  const state = cellState(cell, records, logs, account);
  return state.kind === 'measured'
    ? { cell, strategy, account, state, logs, rounds, ...same }
    : { cell, strategy, account, state, logs: new Float64Array(0), rounds: [], ...same };
}

/** Its time as the noise of its strategy allows it to be told. */
function timed(entry: Entry): Entry {
  return entry.state.kind === 'measured'
    ? { ...entry, state: { ...entry.state, time: timeOf(entry) } }
    : entry;
}

/**
 * A cell over its limit does not say whether its strategy has a resident account; where the strategy's other cells
 * say that it has none, this one has none either.
 */
function residentKnown(entries: readonly Entry[]): Entry[] {
  const reasons = new Map(
    entries.flatMap(({ strategy, state, cell }) =>
      state.kind === 'not applicable' && cell.notApplicable === undefined
        ? [[strategy.label, state.reason] as const]
        : [],
    ),
  );
  return entries.map((entry) => {
    const reason = reasons.get(entry.strategy.label);
    return entry.state.kind === 'bound' && reason !== undefined
      ? { ...entry, state: { kind: 'not applicable', reason } }
      : entry;
  });
}

function byPoint(entries: readonly Entry[], header: RunHeader): Map<string, Entry[]> {
  const place = new Map(header.strategies.map(({ label }, i) => [label, i]));
  const groups = grouped(entries, ({ cell }) => pointKey(cell.point));
  for (const group of groups.values()) {
    group.sort((a, b) => (place.get(a.strategy.label) ?? 0) - (place.get(b.strategy.label) ?? 0));
  }
  return groups;
}

/** Log times by round of anything else that a record holds (a phase, a sum of phases), for the draws. */
export function logsOf(
  entry: Entry,
  valuesOf: (outcome: Measured) => readonly number[] | undefined,
): RoundLogs {
  return roundLogs(entry.rounds, valuesOf);
}

/**
 * What became of a cell in one account. A wrong answer or a crash in a single round fails the cell: the times of the
 * other rounds are those of code that cannot be trusted. A limit in a single round makes it a bound: the rounds that
 * finished are the fast ones, and their mean would flatter it.
 */
function cellState(
  cell: CellHeader,
  records: readonly CellRecord[],
  logs: RoundLogs,
  account: Account,
): CellState {
  const { notApplicable, needs } = cell;
  if (notApplicable !== undefined)
    return { kind: 'not applicable', reason: notApplicable, ...(needs === undefined ? {} : { needs }) };
  const outcomes = records.map(({ outcome }) => outcome);
  return (
    failure(outcomes) ??
    bound(outcomes, account) ??
    (roundCount(logs) > 0
      ? { kind: 'measured', time: estimateOf(logs) }
      : (noResident(outcomes, account) ?? { kind: 'missing' }))
  );
}

function failure(outcomes: readonly Outcome[]): CellState | undefined {
  for (const how of ['wrong', 'crashed'] as const) {
    const failed = outcomes.filter(({ status }) => status === how);
    const [first] = failed;
    if (first === undefined || !('message' in first)) continue;
    return { kind: 'failed', how, reason: first.message, ...inSome(failed.length, outcomes.length) };
  }
  return undefined;
}

function bound(outcomes: readonly Outcome[], account: Account): CellState | undefined {
  const limited = outcomes.filter((outcome) => outcome.status === 'limit');
  const finished = outcomes.filter(({ status }) => status === 'measured').length;
  const [first] = limited;
  if (first === undefined) {
    const skipped = outcomes.find((outcome) => outcome.status === 'skipped');
    return skipped !== undefined && finished === 0 ? { kind: 'bound', reason: skipped.message } : undefined;
  }
  if (finished > 0)
    return {
      kind: 'bound',
      reason: first.message,
      ...inSome(limited.length, limited.length + finished),
      ...by(first),
    };
  // The bound is of the whole one-shot session; of the other accounts it says only that they were not reached.
  const bounds = limited.flatMap(({ boundNs }) => (boundNs === undefined ? [] : [boundNs]));
  const known = account === 'one-shot' && bounds.length === limited.length;
  return {
    kind: 'bound',
    ...(known ? { overNs: Math.min(...bounds) } : {}),
    reason: first.message,
    ...by(first),
  };
}

function inSome(rounds: number, of: number): { readonly in?: SomeRounds } {
  return rounds < of ? { in: { rounds, of } } : {};
}

function by({ by }: Limited): { readonly by?: 'machine' } {
  return by === undefined ? {} : { by };
}

function noResident(outcomes: readonly Outcome[], account: Account): CellState | undefined {
  if (account !== 'resident') return undefined;
  for (const outcome of outcomes) {
    if (outcome.status === 'measured' && outcome.resident.status === 'not applicable') {
      return { kind: 'not applicable', reason: outcome.resident.reason };
    }
  }
  return undefined;
}
