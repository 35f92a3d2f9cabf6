import { findKernelFile, type KernelEntry } from '../../catalog/kernel-files.js';
import { shippedStrategyFiles } from '../../catalog/strategy-files.js';
import type { Profile } from '../../choose/choose.js';
import type { Options } from '../../contract/kernel.js';
import type { AxisValue } from '../../contract/scenario.js';
import { defaultWorkers, readHost } from '../../measure/host.js';
import { Inspector } from '../../measure/inspect/inspector.js';
import { type CellData, quickSampling } from '../../measure/order.js';
import type { PreparedData } from '../../measure/plan.js';
import { calibrate } from '../../measure/preflight/calibration.js';
import { modelsOf, profileOf } from '../../model/profile.js';
import { oneByOne } from '../../planner/rounds.js';
import type { CellHeader, HostRecord } from '../../results/format.js';
import { measureNow } from '../calibrate/measure.js';
import { listenForInterruption } from '../interruption.js';
import { prepareData } from '../prepare-data.js';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.js';
import { note } from '../terminal-lines.js';
import type { AdviseRequest } from './arguments.js';
import { contenders, drawable } from './contenders.js';
import {
  budgetMs,
  lengthHeld,
  type OwnCell,
  type OwnCells,
  type OwnStrategy,
  ownCells,
} from './own-cells.js';
import { checkLoop, checkWithin, sayWhat } from './own-words.js';
import { tryFunction } from './try-function.js';

/** A cell that takes longer has met what nobody foresaw. */
const limitMs = 10_000;

/**
 * Tries somebody's own kernel on a list as it is asked about, then measures it for a few seconds, each cell once: a profile
 * that is kept nowhere. Undefined where it was interrupted. Throws an InputError that says what is wrong with the kernel.
 */
export async function ownProfile(name: string, request: AdviseRequest): Promise<Profile | undefined> {
  const folder = temporaryFolder();
  // Its function may never return, in a process that no Ctrl-C of the terminal reaches: what ends this one ends that.
  const interruption = listenForInterruption();
  const inspector = new Inspector();
  try {
    const data = await dataOf(request, folder);
    return await measuredProfile(inspector, name, request, data, () => {
      inspector.close();
      interruption.dispose();
    });
  } finally {
    inspector.close();
    interruption.dispose();
    folder.remove();
  }
}

async function measuredProfile(
  inspector: Inspector,
  name: string,
  request: AdviseRequest,
  data: PreparedData | undefined,
  nowMeasuring: () => void,
): Promise<Profile | undefined> {
  const host = readHost();
  const kernel = await inspector.kernel(findKernelFile(name));
  const calibration = await calibrate(kernel, host, () => new Date().toISOString());
  const options = { ...kernel.plugin.options, ...calibration?.options };
  const { keys, length } = request;
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
  sayWhat(tried, own, length);
  nowMeasuring();
  const results = await measureNow(
    {
      kernel: name,
      only: supported.map(({ label }) => label),
      ...(data === undefined ? {} : { data: request.data, groupBy: request.groupBy, value: request.value }),
      axes: { ...axesOf([...own.first, ...own.further], data), ...ownWork(kernel) },
      limitMs,
    },
    {
      ...(data === undefined ? {} : { data }),
      ...(calibration === undefined ? {} : { calibration }),
      tried: tried.options,
      orders: {
        only: request.account === 'resident' ? 'resident' : 'warm',
        sampling: quickSampling,
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
  return own.extrapolates ? drawable(profile, contenders(results, request.account, loop)) : profile;
}

async function dataOf(
  { data, groupBy, value }: AdviseRequest,
  folder: TemporaryFolder,
): Promise<PreparedData | undefined> {
  if (data === undefined) return undefined;
  return prepareData(
    { file: data, ...(groupBy ? { groupBy } : {}), ...(value ? { value } : {}) },
    folder,
    note,
  );
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
function ownWork({ plugin }: KernelEntry): Record<string, AxisValue[]> {
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
