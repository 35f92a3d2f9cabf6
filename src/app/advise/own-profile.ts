import { mean, samplesOf } from '../../analysis/round-logs.js';
import type { Profile, ProfileAccount, StrategyProfile } from '../../choose/choose.js';
import { InputError, RunError } from '../../contract/errors.js';
import type { Options } from '../../contract/kernel.js';
import type { AxisValue } from '../../contract/scenario.js';
import { formatCount, formatNs } from '../../document/units.js';
import { capitalWord, plainList } from '../../document/words.js';
import { shellWord } from '../../files/shell.js';
import { defaultWorkers, readHost } from '../../measure/host.js';
import { Inspector } from '../../measure/inspect/inspector.js';
import type { RunState } from '../../measure/measure.js';
import { briefSampling, type CellData } from '../../measure/order.js';
import type { PreparedData } from '../../measure/plan.js';
import { oneByOne } from '../../measure/planner/rounds.js';
import { calibrate } from '../../measure/preflight/calibration.js';
import { modelsOf, profileOf } from '../../model/profile.js';
import { checkReach, OutOfReachError } from '../../model/reach.js';
import { findKernelFile, type KernelEntry, shippedStrategyFiles } from '../../plugins/find.js';
import { plainKindOption } from '../../plugins/plain-function.js';
import type { CellHeader, HostRecord, Results } from '../../results/format.js';
import { measureNow } from '../calibrate/measure.js';
import type { Caller } from '../caller.js';
import { prepareData } from '../plan/data.js';
import { withTemporaryFolder } from '../temporary-folder.js';
import type { AdviseRequest } from './advise.js';
import {
  budgetMs,
  lengthHeld,
  type OwnCell,
  type OwnCells,
  type OwnStrategy,
  ownCells,
  shapesOf,
} from './own-cells.js';

/** A cell that takes longer has met what nobody foresaw. */
const limitMs = 10_000;

/**
 * Tries somebody's own kernel on a list as it is asked about, then measures it for a few seconds, each cell once: a profile
 * that is kept nowhere. Undefined where it was interrupted. Throws an InputError that says what is wrong with the kernel.
 */
export function ownProfile(
  name: string,
  request: AdviseRequest,
  caller: Caller,
): Promise<Profile | undefined> {
  return withTemporaryFolder(async (folder) => {
    const inspector = new Inspector();
    try {
      const { source } = request;
      const data = source && (await prepareData(source, folder, caller.note));
      return await measuredProfile(inspector, name, request, data, caller);
    } finally {
      inspector.close();
    }
  });
}

async function measuredProfile(
  inspector: Inspector,
  name: string,
  request: AdviseRequest,
  data: PreparedData | undefined,
  caller: Caller,
): Promise<Profile | undefined> {
  const host = readHost();
  const kernel = await inspector.kernel(findKernelFile(name));
  const calibration = await calibrate(kernel, host, () => new Date().toISOString());
  const options = { ...kernel.plugin.options, ...calibration?.options };
  const { keys, length, source } = request;
  const tried = await tryFunction(inspector, kernel, options, listFor(data, length), length);
  const workers = defaultWorkers(host.usableCores);
  const supported = await supportedStrategies(
    inspector,
    kernel,
    { ...options, ...tried.options },
    host,
    Math.round(length),
  );
  const loop = supported.find(({ baseline }) => baseline)?.label ?? '';
  const own = ownCells({
    ...tried,
    keys,
    length,
    fromFile: data !== undefined,
    workers,
    strategies: supported,
  });
  checkWithin(name, request, tried, own, workers);
  describeTrial(tried, own, length, caller);
  inspector.close();
  const results = await measureNow(
    caller,
    {
      kernel: name,
      only: supported.map(({ label }) => label),
      ...(source && { data: source }),
      axes: { ...axesOf([...own.first, ...own.further], data), ...ownWork(kernel, caller) },
      limitMs,
    },
    {
      data,
      calibration,
      tried: tried.options,
      orders: {
        only: request.account === 'resident' ? 'resident' : 'warm',
        sampling: briefSampling,
        verify: own.verify,
      },
      planner: oneByOne({
        rank: (cell, state) => placeOf(cell, own, data, contenders(state, request.account, loop)),
        mostMs: budgetMs,
        least: own.least,
        spare: own.first.length,
        stopsAt: ({ outcome }, { strategy }) => strategy === loop && outcome.status !== 'measured',
      }),
    },
  );
  if (results === undefined) return undefined;
  checkLoop(name, loop, results);
  const profile = profileOf(results, modelsOf(results));
  return own.extrapolates ? drawable(profile, contenders(results, request.account, loop), caller) : profile;
}

/** One list of the length that is asked about, or the first ones of the file. */
function listFor(data: PreparedData | undefined, length: number): CellData {
  if (data !== undefined) return { kind: 'file', path: data.path, keys: 3 };
  return {
    kind: 'generated',
    spec: { keys: 1, length: lengthHeld(length), skew: 'equal', values: 'ints', seed: 1 },
  };
}

interface TrialStrategy extends OwnStrategy {
  readonly baseline: boolean;
}

/** Those that can run it, in the order in which there is time for them. Promises on one thread are a loop with promises, unless there is something to wait for. */
async function supportedStrategies(
  inspector: Inspector,
  kernel: KernelEntry,
  options: Options,
  { usableCores, node }: HostRecord,
  length: number,
): Promise<TrialStrategy[]> {
  const found = (await inspector.strategies(shippedStrategyFiles()))
    .filter(({ strategy }) => strategy.turnInShortTrial !== undefined)
    .sort((a, b) => Number(a.strategy.turnInShortTrial) - Number(b.strategy.turnInShortTrial));
  const asked = { kernel, strategies: found, host: { usableCores, nodeVersion: node } };
  const [{ kind, supports }] = await inspector.decide(asked, [{ options, length }]);
  return found
    .filter((_, place) => supports[place] === true)
    .filter(({ strategy }) => strategy.family !== 'concurrent' || kind === 'wait')
    .map(({ label, strategy }) => ({
      label,
      family: strategy.family,
      baseline: strategy.baseline === true,
    }));
}

/** Calibration sweeps `cost`, the work of its own kernel; one that has such an option, too, is measured as it stands. */
function ownWork({ plugin }: KernelEntry, { note }: Caller): Record<string, AxisValue[]> {
  const { cost } = plugin.options;
  if (cost === undefined) return {};
  note(`Its option cost stays as it stands: ${cost}.`);
  return { cost: [cost] };
}

function axesOf(cells: readonly OwnCell[], data: PreparedData | undefined): Record<string, number[]> {
  const distinct = (values: number[]) => [...new Set(values)].sort((a, b) => a - b);
  const keys = distinct(cells.map((cell) => cell.keys));
  return data === undefined ? { keys, length: distinct(cells.map(({ length }) => length)) } : { keys };
}

function placeOf(
  { strategy, point, keys }: CellHeader,
  { first, further }: OwnCells,
  data: PreparedData | undefined,
  contends: (strategy: string) => boolean,
): number | undefined {
  const place = [...first, ...further].findIndex(
    (cell) =>
      cell.strategy === strategy &&
      cell.keys === keys &&
      (data !== undefined || cell.length === point.length),
  );
  return place < 0 || (place >= first.length && !contends(strategy)) ? undefined : place;
}

/** What a function was found to be, before anything long starts. */
interface Tried {
  /** Found by calling it: its kind, where it is a plain function. */
  readonly options: Options;
  /** A list of the length that is asked about, ms. */
  readonly listMs: number;
  /** Longer lists cost no more than in proportion. */
  readonly inProportion: boolean;
}

/** A list that takes longer could not be measured in a few seconds either. */
const deadlineMs = 5_000;
/** So much more per number is more than the clock's noise. */
const clearlyMore = 1.4;

/** Calls it with a list as long as those that are asked about, in a process of its own. Throws an InputError that says what is wrong with it. */
async function tryFunction(
  inspector: Inspector,
  kernel: KernelEntry,
  options: Options,
  data: CellData,
  length: number,
): Promise<Tried> {
  const order = { kernel: { module: kernel.module, options }, from: 'lists', data, timed: true } as const;
  const { plainKind, timed } = await inspector.probe(order, kernel.id, deadlineMs);
  const { nsPerNumber, nsPerNumberShort } = timed ?? { nsPerNumber: 0, nsPerNumberShort: 0 };
  return {
    options: plainKind === undefined ? {} : { [plainKindOption]: plainKind },
    listMs: (length * nsPerNumber) / 1e6,
    inProportion: nsPerNumber < clearlyMore * nsPerNumberShort,
  };
}

/** A list that takes longer leaves no time for a second point. */
const longestListMs = 500;

/** What cannot be told from so few keys is refused before they are measured. */
export function checkWithin(
  name: string,
  { keys, length }: AdviseRequest,
  { listMs }: Tried,
  own: OwnCells,
  workers: number,
): void {
  const list = `one list of ${formatCount(length)} numbers takes ${formatNs(1e6 * listMs)}`;
  const instead =
    `Measure it for longer, \`breakeven bench --kernel ${shellWord(name)} --keys … --length ${Math.round(length)} --rounds 4\`; ` +
    'then `breakeven calibrate RUN`, and advise without --kernel.';
  if (listMs > longestListMs)
    throw new InputError(
      `--kernel ${name}: ${list}, too long to learn anything about pools in a few seconds. ${instead}`,
    );
  try {
    checkReach(shapesOf(own, workers), { keys, elements: keys * length, work: 1, workers }, {});
  } catch (cause) {
    if (!(cause instanceof OutOfReachError)) throw cause;
    const most = Math.max(...own.first.map((cell) => cell.keys));
    throw new InputError(
      `--kernel ${name}: ${list}, so that a few seconds are enough for ${formatCount(most)} keys of up to ${formatCount(lengthHeld(length))} numbers. ` +
        `${capitalWord(cause.problem)}. ${instead}`,
      { cause },
    );
  }
}

/** How long it takes, and what there is no time for. */
function describeTrial(
  { listMs }: Tried,
  { estimatedMs, verify, left }: OwnCells,
  length: number,
  { note }: Caller,
): void {
  const list = `a list of ${formatCount(length)} ${length === 1 ? 'number' : 'numbers'} takes about ${formatNs(1e6 * listMs)}`;
  note(
    `Measures your function, ${list}: about ${Math.ceil(Math.max(estimatedMs, budgetMs) / 1_000)} s. Each cell once, and so with wide bands.`,
  );
  if (left.length > 0) note(`No time for ${plainList(left)}.`);
  if (!verify)
    note('No time to compute each answer a second time: the function answered alike when it was tried.');
}

/** Where the plain loop fails, it is the function: nothing else can be told. */
function checkLoop(name: string, loop: string, { header, records }: Results): void {
  for (const { cell, outcome } of records) {
    const { strategy, keys } = header.cells.find(({ id }) => id === cell) ?? { strategy: '', keys: 0 };
    if (strategy !== loop || outcome.status === 'measured') continue;
    if (outcome.status === 'crashed' && outcome.signal !== undefined)
      throw new RunError(
        `--kernel ${name}: with ${formatCount(keys)} ${keys === 1 ? 'key' : 'keys'} the process of the plain loop was ended by ${outcome.signal}, by somebody or something outside of it. Try again; \`breakeven check ${shellWord(name)}\` runs your function alone.`,
      );
    throw new InputError(
      `--kernel ${name}: with ${formatCount(keys)} ${keys === 1 ? 'key' : 'keys'} the plain loop over your function failed: ${outcome.message.split('\n')[0].replace(/\.$/, '')}. \`breakeven check ${shellWord(name)}\` runs it alone.`,
    );
  }
}

/** What is so much slower per key, and per further key, will not win with more of them. */
const hopeless = 4;

/** Strategies that may still win with more keys, by what was measured so far; those that have no figure yet among them, and the loop, which all are compared with. */
function contenders(
  { header, records }: Pick<RunState, 'header' | 'records'>,
  account: ProfileAccount,
  loop: string,
): (strategy: string) => boolean {
  // Shorter lists are another question.
  const longest = Math.max(...header.cells.map(({ point }) => Number(point.length ?? 0)));
  const figures = new Map<string, { keys: number; ns: number }[]>();
  for (const { cell, outcome } of records) {
    const found = header.cells.find(({ id }) => id === cell);
    const samples = outcome.status === 'measured' ? samplesOf(outcome, account) : undefined;
    if (found === undefined || samples === undefined || Number(found.point.length ?? 0) < longest) continue;
    const known = figures.get(found.strategy) ?? [];
    figures.set(found.strategy, [...known, { keys: found.keys, ns: mean(samples) }]);
  }
  const prices = new Map([...figures].map(([strategy, points]) => [strategy, leastPerKey(points)]));
  const best = Math.min(...prices.values());
  return (strategy) => strategy === loop || (prices.get(strategy) ?? 0) <= hopeless * best;
}

/** What a key took at the largest point, or what keys beyond the smallest took: the start of a pool is no price of a key. */
function leastPerKey(points: readonly { keys: number; ns: number }[]): number {
  const sorted = [...points].sort((a, b) => a.keys - b.keys);
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  const further =
    most.keys > least.keys ? (most.ns - least.ns) / (most.keys - least.keys) : Number.POSITIVE_INFINITY;
  return Math.min(most.ns / most.keys, Math.max(0, further));
}

/**
 * Those whose prices can be drawn out to more keys: a single point is all start or all price, nobody knows which, and
 * what was far behind was measured at two points only.
 */
function drawable(profile: Profile, contends: (strategy: string) => boolean, { note }: Caller): Profile {
  const slow = new Set<string>();
  const accounts = Object.entries(profile.accounts).map(([account, { known, strategies: all }]) => {
    const counts = ({ deviations }: StrategyProfile) =>
      new Set(
        known.filter((_, i) => deviations.length === 0 || deviations[i] !== null).map(({ keys }) => keys),
      );
    for (const { strategy } of all) if (!contends(strategy)) slow.add(strategy);
    return [
      account,
      { known, strategies: all.filter((one) => contends(one.strategy) && counts(one).size > 1) },
    ];
  });
  if (slow.size > 0)
    note(
      `Out of the running, more than ${hopeless} times slower where they were measured: ${plainList([...slow])}.`,
    );
  return { ...profile, accounts: Object.fromEntries(accounts) };
}
