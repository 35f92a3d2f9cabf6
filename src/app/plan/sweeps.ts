import { axes, axesOf, workersOn } from '../../contract/axes.js';
import { InputError } from '../../contract/errors.js';
import type { Axes } from '../../contract/scenario.js';
import { closest, suggest } from '../../dictionary/did-you-mean.js';
import type { KernelEntry, ScenarioEntry, StrategyEntry } from '../../plugins/find.js';
import { checkAxisValues } from './axis-values.js';
import type { BenchOptions } from './options.js';

interface SweepRequest {
  readonly entry: ScenarioEntry;
  readonly kernel: KernelEntry;
  readonly strategies: readonly StrategyEntry[];
  readonly options: BenchOptions;
  readonly usableCores: number;
  /** Keys of the data file; absent for generated data, and while the file has not been read. */
  readonly dataKeys?: number;
}

/**
 * What a run sweeps: the scenario's sweeps, cut to the axes that this kernel and these data have, with the axes of the
 * command line in place of the scenario's. Every value is checked. Throws an InputError that names axis and value.
 */
export function sweepsOf(request: SweepRequest): Axes[] {
  const { entry, options, usableCores } = request;
  checkAsked(request);
  checkOwn(request);
  const sweeps = options.quick ? entry.scenario.quick : entry.scenario.sweeps;
  return sweeps.map((sweep) => {
    const all: Axes = { ...fitted(sweep, request), ...options.axes };
    return all.workers === undefined ? all : { ...all, workers: workersOn(usableCores, all.workers) };
  });
}

/** Axes and values of the command line. */
function checkAsked({ entry, kernel, strategies, options, dataKeys }: SweepRequest): void {
  const known = axesWith(kernel);
  const readsFile = (options.data ?? entry.scenario.data) !== undefined;
  for (const [axis, values] of Object.entries(options.axes)) {
    if (!known.includes(axis))
      throw new InputError(
        `there is no option or axis --${axis} here.${hint(axis, known, strategies, options.optionNames)}`,
      );
    if (readsFile && axes.get(axis)?.of === 'kind')
      throw new InputError(`--${axis} says how data is generated, and this run reads a file: leave it out.`);
    checkAxisValues(axis, values, `--${axis}`, kernel.plugin.options[axis]);
    const beyond = values.find((value) => Number(value) > (dataKeys ?? Number.POSITIVE_INFINITY));
    if (axis === 'keys' && beyond !== undefined)
      throw new InputError(`--keys ${beyond}: the data has ${dataKeys} keys, so take at most as many.`);
  }
}

/** A scenario file's own sweeps. What does not belong to another kernel or other data is dropped without a word. */
function checkOwn({ entry, kernel, options }: SweepRequest): void {
  const known = axesWith(kernel);
  for (const sweep of options.quick ? entry.scenario.quick : entry.scenario.sweeps) {
    for (const [axis, values] of Object.entries(sweep)) {
      if (known.includes(axis))
        checkAxisValues(axis, values, `scenario ${entry.id}: ${axis}`, kernel.plugin.options[axis]);
      else if (options.kernel === undefined)
        throw new InputError(
          `scenario ${entry.id} sweeps "${axis}", which is no axis here.${suggest(axis, known)}`,
        );
    }
  }
}

/**
 * A scenario's sweep for the kernel and data at hand. Somebody's own file takes the place of generated data whole: the
 * scenario's key counts and lengths were chosen for other data and would cut the lists.
 */
function fitted(sweep: Axes, { kernel, options, dataKeys }: SweepRequest): Axes {
  const known = axesWith(kernel);
  const own = options.data !== undefined;
  const kept = Object.entries(sweep).filter(
    ([axis]) => known.includes(axis) && !(own && axesOf('size', 'kind').includes(axis)),
  );
  const keys: Axes = own && dataKeys !== undefined ? { keys: shares(dataKeys, options.quick) } : {};
  return { ...keys, ...Object.fromEntries(kept) };
}

/** An eighth, a quarter, half and all of the keys, as far as these differ: enough to see where things turn. */
function shares(keys: number, quick: boolean): number[] {
  const parts = quick ? [4, 1] : [8, 4, 2, 1];
  return [...new Set(parts.map((part) => Math.ceil(keys / part)))];
}

function axesWith({ plugin }: KernelEntry): string[] {
  return [...axes.keys(), ...Object.keys(plugin.options)];
}

function hint(
  axis: string,
  known: readonly string[],
  strategies: readonly StrategyEntry[],
  optionNames: readonly string[] = [],
): string {
  const owner = strategies.find(({ strategy }) => axis in (strategy.options ?? {}));
  if (owner !== undefined)
    return ` ${axis} is an option of the strategy ${owner.id}: --strategy '${owner.id}[${axis}=…]'.`;
  const near = closest(axis, [...known, ...optionNames]);
  return near === undefined ? ` Axes here are: ${known.join(', ')}.` : ` Did you mean --${near}?`;
}
