import { findKernel } from '../catalog/kernel-entry.js';
import type { Home } from '../catalog/module.js';
import { findScenario, type ScenarioEntry } from '../catalog/scenario.js';
import { findStrategies, type StrategyEntry, shippedPeers } from '../catalog/strategy.js';
import { InputError } from '../contract/errors.js';
import type { Options } from '../contract/kernel.js';
import { defaultWorkers } from '../measure/host.js';
import { makePlan, type Plan, type PreparedData } from '../measure/plan.js';
import type { HostRecord, RunHeader } from '../results/format.js';
import type { BenchOptions } from './bench-options.js';
import { leastBudgetMs, parseBudget } from './budget.js';
import { checkDictionaries } from './dictionary-check.js';
import { checkKernelOptions, makerOf } from './kernel-options.js';
import { checkMemory } from './memory-check.js';
import { isOwn, tryOwnKernel } from './own-kernel.js';
import { prepareData, sourceOf } from './prepare-data.js';
import { questionOf } from './question.js';
import { readyPrograms } from './ready-programs.js';
import { sweepsOf } from './sweeps.js';
import type { TemporaryFolder } from './temporary-folder.js';
import { toolVersion } from './version.js';

export interface Preparation {
  readonly now: Date;
  readonly host: HostRecord;
  /** For data that is read once and shared by all cells. */
  readonly folder: TemporaryFolder;
  /** The run that is resumed: its budget is kept, though prices may have changed since. */
  readonly before?: Pick<RunHeader, 'budgetMs'>;
  /** Where names are looked up; absent for this tool's own. */
  readonly home?: Home;
  /** Of the other side of a comparison: both do the same work. */
  readonly calibration?: RunHeader['calibration'];
  /** What somebody's own kernel was found to be, where it has been tried before. */
  readonly tried?: Options;
  /** The file of `options.data`, where it has been read before. */
  readonly data?: PreparedData;
  /** Says what takes its time before the first cell. */
  note(line: string): void;
}

const defaultRounds = 8;
const quickRounds = 4;

/** Two strategies are the same within this. */
const margin = 0.05;

/** From words to a plan: everything is looked up, checked and refused here, before anything is measured. */
export async function prepare(name: string, options: BenchOptions, at: Preparation): Promise<Plan> {
  const { now, host } = at;
  const entry = await findScenario(name, at.home);
  const { scenario } = entry;
  const asked = distinct([
    ...(await findStrategies(options.strategies ?? scenario.strategies, at.home)),
    ...(options.peers ? await shippedPeers(at.home) : []),
  ]);
  const kernel = await findKernel(options.kernel ?? scenario.kernel.module, at.home);
  const given: Options = options.kernel === undefined ? scenario.kernel.options : {};
  checkKernelOptions(kernel, given);
  const strategies = await readyPrograms(asked, kernel, options, at);
  const source = sourceOf(scenario, options);
  // What the command line says is checked before a large file is read; against the data, after.
  const sweeping = { entry, kernel, strategies, options, usableCores: host.usableCores };
  sweepsOf(sweeping);
  const data = at.data ?? (source && (await prepareData(source, at.folder, at.note)));
  const sweeps = sweepsOf({ ...sweeping, dataKeys: data?.header.keys });
  const calibration = await calibrated(kernel, at);
  const make = makerOf(kernel);
  let budgetMs = at.before === undefined ? budgetOf(entry, options) : at.before.budgetMs;
  const planWith = (found: Options) =>
    makePlan({
      run: runId(now, options),
      createdAt: now.toISOString(),
      tool: toolVersion(),
      command: options.command,
      scenario: { ...questionOf(entry, options), sweeps },
      strategies,
      ...(data ? { data } : {}),
      host,
      ...(calibration ? { calibration } : {}),
      rounds: options.rounds ?? (options.quick ? quickRounds : defaultRounds),
      seed: options.seed,
      quick: options.quick,
      workers: defaultWorkers(host.usableCores),
      limitMs: options.limitMs,
      budgetMs,
      margin,
      kernel: {
        ...kernel,
        options: { ...kernel.plugin.options, ...calibration?.options, ...given, ...found },
        make,
      },
    });
  let plan = planWith({});
  if (at.before === undefined && options.budgetMs === 'default' && budgetMs !== undefined) {
    budgetMs = Math.max(budgetMs, leastBudgetMs(plan));
    plan = planWith({});
  }
  checkDictionaries(plan);
  checkMemory(plan);
  return isOwn(kernel) ? planWith(at.tried ?? (await tryOwnKernel(kernel, plan))) : plan;
}

/** The scenario's own is a time for its own sweeps; it grows where four rounds of what is asked for take longer. */
function budgetOf({ id, scenario }: ScenarioEntry, { budgetMs }: BenchOptions): number | undefined {
  if (budgetMs !== undefined && scenario.prices?.alone)
    throw new InputError(
      `--budget: the strategies of scenario ${id} are no rivals, so there is no doubt to spend a budget on. Measure it by itself, with --rounds.`,
    );
  if (budgetMs !== 'default') return budgetMs;
  if (scenario.budget === undefined)
    throw new InputError(
      `--budget default: scenario ${id} names no budget of its own; give a time, like --budget 5m.`,
    );
  return parseBudget(scenario.budget, `scenario ${id}: budget`);
}

/** A label stands for one column of the results. */
function distinct(strategies: readonly StrategyEntry[]): StrategyEntry[] {
  const byLabel = new Map<string, StrategyEntry>();
  for (const entry of strategies) {
    const other = byLabel.get(entry.label);
    if (other !== undefined && other.module !== entry.module)
      throw new InputError(`two different strategies are called "${entry.label}": rename one of the files.`);
    byLabel.set(entry.label, entry);
  }
  return [...byLabel.values()];
}

async function calibrated(
  kernel: Parameters<typeof isOwn>[0],
  { host, now, calibration }: Preparation,
): Promise<RunHeader['calibration']> {
  if (kernel.plugin.calibrate === undefined) return undefined;
  if (calibration !== undefined) return calibration;
  const { calibrationOf } = await import('../measure/preflight/calibration.js');
  return calibrationOf(kernel, host, () => now.toISOString());
}

function runId(now: Date, { quick }: BenchOptions): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return quick ? `${stamp}-quick` : stamp;
}
