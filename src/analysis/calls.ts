import type { Point } from '../contract/scenario.js';
import type { Activity, CallTrace, ThreadTrace } from '../contract/trace.js';
import { packsLists, traitsOf } from '../results/older-traits.js';
import type { Decision, PointDecision, SituationDecision } from './decision.js';
import { parallel } from './group.js';
import type { Entry, Table } from './table.js';
import type { AccountAnalysis, Estimate } from './types.js';

/** What a thread does. `blocked`: it waits for another one; `answers`: new memory for answers, and what it takes to fill it. */
export type CallPart = Exclude<Activity, 'blocked'> | 'blocked' | 'gc' | 'answers';

/** Half-open, in ns since the call began. Never beyond its end. */
export type CallSpan = readonly [part: CallPart, fromNs: number, toNs: number];

/** One thread of a call; spans may overlap: a collection lies over the work that it interrupts. */
export interface CallLane {
  /** `main`, or which worker, from 1. */
  readonly thread: 'main' | number;
  readonly spans: readonly CallSpan[];
}

/** One call of one strategy. */
export interface StrategyCall {
  readonly strategy: string;
  /**
   * `traced`: its threads stamped what they did, in a call of its own after the timed ones. `split`: a single thread's mean
   * call, of which computing is what the same takes on data in place.
   */
  readonly kind: 'traced' | 'split';
  /** Of the call that is shown. */
  readonly callNs: number;
  /** Mean of the timed calls. */
  readonly meanNs: number;
  readonly lanes: readonly CallLane[];
}

/** Calls with fresh data at one point, of those that the decision there is about. */
export interface CallsAtPoint {
  readonly place: 'largest' | 'border';
  readonly point: Point;
  readonly calls: readonly StrategyCall[];
  /** Of those, who has no picture: nothing was traced, or it had too many messages. */
  readonly without: readonly string[];
}

/** Calls at the largest point, and at the measured point next to the border where there is one. */
export function callsOf(
  table: Table,
  { situations }: Decision,
  accounts: readonly AccountAnalysis[],
): CallsAtPoint[] {
  const server = situations.find(({ situation }) => situation === 'server');
  if (server === undefined) return [];
  const beside = borderPoint(server);
  const places = [
    ...(beside === undefined || beside.point === server.largest.point
      ? []
      : [{ place: 'border' as const, decided: beside }]),
    { place: 'largest' as const, decided: server.largest },
  ];
  return places.flatMap(({ place, decided }) => {
    const names = strategiesOf(decided);
    const calls = names.flatMap((strategy) => callOf(table, accounts, strategy, decided.point) ?? []);
    const shown = new Set(calls.map(({ strategy }) => strategy));
    const without = names.filter((strategy) => !shown.has(strategy));
    return calls.length === 0 ? [] : [{ place, point: decided.point, calls, without }];
  });
}

/** The loop that everybody knows, the best on each side, and the one to take. */
function strategiesOf({ loop, oneThread, pool, use }: PointDecision): string[] {
  return [
    ...new Set(
      [loop?.strategy, oneThread?.strategy, use, pool?.strategy].filter((each) => each !== undefined),
    ),
  ];
}

/** The measured point next to where one side hands over to the other. */
function borderPoint({ borders: [border], points }: SituationDecision): PointDecision | undefined {
  if (border === undefined) return undefined;
  const sides = [border.upTo, border.from].filter((point) => point !== undefined);
  const distance = (point: Point) => Math.abs(Math.log(Number(point[border.axis]) / border.crossover.at));
  const nearest = sides.sort((a, b) => distance(a) - distance(b))[0];
  return points.find(({ point }) => point === nearest);
}

function callOf(
  table: Table,
  accounts: readonly AccountAnalysis[],
  strategy: string,
  point: Point,
): StrategyCall | undefined {
  const entry = table.entry('warm', strategy, point);
  const meanNs = timeOf(accounts, 'warm', strategy, point)?.value;
  if (entry === undefined || meanNs === undefined) return undefined;
  const header = table.header.strategies.find(({ label }) => label === strategy);
  if (header !== undefined && parallel(header)) return tracedCall(entry, strategy, meanNs);
  const inPlaceNs = timeOf(accounts, 'resident', strategy, point)?.value;
  if (header === undefined || inPlaceNs === undefined) return undefined;
  const spans = splitCall(entry, meanNs, inPlaceNs, packsLists(traitsOf(header)));
  return { strategy, kind: 'split', callNs: meanNs, meanNs, lanes: [{ thread: 'main', spans }] };
}

function timeOf(
  accounts: readonly AccountAnalysis[],
  account: AccountAnalysis['account'],
  strategy: string,
  at: Point,
): Estimate | undefined {
  const found = accounts.find((one) => one.account === account)?.points.find(({ point }) => point === at);
  const state = found?.cells.find((cell) => cell.strategy === strategy)?.state;
  return state?.kind === 'measured' ? state.time : undefined;
}

/** A single thread does one thing after another: first what it packs, then computing, then answers in new memory. */
function splitCall(entry: Entry, meanNs: number, inPlaceNs: number, packs: boolean): CallSpan[] {
  const warm = entry.rounds.flatMap(({ outcome }) => outcome.warm ?? []);
  const computeNs = Math.min(inPlaceNs, meanNs);
  const gcNs = Math.min(meanNs - computeNs, meanOf(warm.map((each) => each.gcNs)));
  const restNs = meanNs - computeNs - gcNs;
  const placeNs = meanOf(warm.flatMap(({ stages }) => (stages === undefined ? [] : stages.phasesNs.place)));
  const collectNs = meanOf(
    warm.flatMap(({ stages }) => (stages === undefined ? [] : stages.phasesNs.collect)),
  );
  // Stages one by one take another time than a whole call: only their proportion is theirs.
  const packNs = packs && placeNs + collectNs > 0 ? (restNs * placeNs) / (placeNs + collectNs) : 0;
  const parts: [CallPart, number][] = [
    ['pack', packNs],
    ['compute', computeNs],
    ['answers', restNs - packNs],
    ['gc', gcNs],
  ];
  let at = 0;
  return parts.flatMap(([part, ns]): CallSpan[] => {
    if (ns <= 0) return [];
    const from = at;
    at = Math.min(meanNs, at + ns);
    return [[part, from, at]];
  });
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}

/** Of the traced calls the one that took most nearly as long as the timed ones. */
function tracedCall({ rounds }: Entry, strategy: string, meanNs: number): StrategyCall | undefined {
  const traces = rounds.flatMap(({ outcome }) => {
    const trace = outcome.warm?.trace;
    return trace?.kind === 'spans' ? [trace] : [];
  });
  const distance = ({ totalNs }: CallTrace) => Math.abs(Math.log(totalNs / meanNs));
  const [nearest] = traces.sort((a, b) => distance(a) - distance(b));
  if (nearest === undefined) return undefined;
  const { totalNs, caller, workers } = nearest;
  const lanes: CallLane[] = [
    { thread: 'main', spans: drawable(caller, totalNs) },
    ...workers.map((worker, index) => ({ thread: index + 1, spans: drawable(worker, totalNs) })),
  ];
  return { strategy, kind: 'traced', callNs: totalNs, meanNs, lanes };
}

/** What nobody can see: a thousandth of the call. */
const finest = 1 / 1_000;

/** Spans of a thread within the call, those of one kind that nearly touch as one. */
function drawable({ spans, gc }: ThreadTrace, totalNs: number): CallSpan[] {
  const all = [
    ...spans.map(([activity, from, to]) => [activity, from, to] as const),
    ...gc.map(([from, to]) => ['gc', from, to] as const),
  ];
  const within = all.map(([part, from, to]): CallSpan => [part, Math.max(0, from), Math.min(totalNs, to)]);
  const joined: CallSpan[] = [];
  const last = new Map<CallPart, number>();
  for (const [part, from, to] of within.filter(([, a, b]) => b > a).sort((a, b) => a[1] - b[1])) {
    const at = last.get(part);
    const before = at === undefined ? undefined : joined[at];
    if (at !== undefined && before !== undefined && from - before[2] <= finest * totalNs)
      joined[at] = [part, before[1], Math.max(before[2], to)];
    else {
      last.set(part, joined.length);
      joined.push([part, from, to]);
    }
  }
  return joined;
}
