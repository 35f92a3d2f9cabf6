import { fullRounds, quickRounds } from '../analysis/estimate.js';
import { findKernelFile, type KernelEntry } from '../catalog/kernel-files.js';
import type { Home, SelfBelow } from '../catalog/module.js';
import { findScenarioFile, type ScenarioEntry } from '../catalog/scenario-files.js';
import { chosenStrategyFiles, type StrategyEntry, shippedPeerFiles } from '../catalog/strategy-files.js';
import { InputError } from '../contract/errors.js';
import type { Options } from '../contract/kernel.js';
import { readMeasuredCode } from '../measure/code.js';
import { defaultWorkers } from '../measure/host.js';
import { type DecideRequest, Inspector, inspecting } from '../measure/inspect/inspector.js';
import { makePlan, type Plan, type PlanRequest, type PreparedData } from '../measure/plan.js';
import type { HostRecord, RunHeader } from '../results/format.js';
import type { BenchOptions } from './bench-options.js';
import { leastBudgetMs, parseBudget } from './budget.js';
import { checkDictionaries } from './dictionary-check.js';
import { checkHeader } from './header-check.js';
import { checkKernelOptions } from './kernel-options.js';
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
  /** What `import 'breakeven'` means to plug-ins there; absent where it is this tool. */
  readonly self?: SelfBelow;
  /** Of the other side of a comparison: both do the same work. */
  readonly calibration?: RunHeader['calibration'];
  /** What somebody's own kernel was found to be, where it has been tried before. */
  readonly tried?: Options;
  /** The file of `options.data`, where it has been read before. */
  readonly data?: PreparedData;
  /** Says what takes its time before the first cell. */
  note(line: string): void;
}

/** Two strategies are the same within this. */
const margin = 0.05;

/** From words to a plan: everything is looked up, checked and refused here, before anything is measured. */
export async function prepare(name: string, options: BenchOptions, at: Preparation): Promise<Plan> {
  const inspector = new Inspector(inspectedAs(at));
  try {
    return await planned(inspector, name, options, at);
  } finally {
    inspector.close();
  }
}

async function planned(
  inspector: Inspector,
  name: string,
  options: BenchOptions,
  at: Preparation,
): Promise<Plan> {
  const { now, host } = at;
  const entry = await inspector.scenario(findScenarioFile(name, at.home));
  const { scenario } = entry;
  const asked = distinct(
    await inspector.strategies([
      ...chosenStrategyFiles(scenario, { only: options.only, added: options.strategies }, at.home),
      ...(options.peers ? shippedPeerFiles(at.home) : []),
    ]),
  );
  const kernel = await inspector.kernel(findKernelFile(options.kernel ?? scenario.kernel.module, at.home));
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
  const decide = decider(inspector, at, {
    kernel,
    strategies,
    host: { usableCores: host.usableCores, nodeVersion: host.node },
  });
  const code = readMeasuredCode(
    {
      kernel: kernel.module,
      others: [entry.module, ...strategies.map(({ module }) => module)],
      ...inspectedAs(at),
    },
    options.nodeArgs,
  );
  if (code.isCut)
    at.note(
      'The plug-ins lead to more files than are watched: a change in the last of them would go unseen.',
    );
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
      rounds: options.rounds ?? (options.quick ? quickRounds : fullRounds),
      seed: options.seed,
      quick: options.quick,
      workers: defaultWorkers(host.usableCores),
      limitMs: options.limitMs,
      budgetMs,
      margin,
      code,
      kernel: {
        ...kernel,
        options: { ...kernel.plugin.options, ...calibration?.options, ...given, ...found },
      },
      decide,
    });
  let plan = await planWith({});
  if (at.before === undefined && options.budgetMs === 'default' && budgetMs !== undefined) {
    budgetMs = Math.max(budgetMs, leastBudgetMs(plan));
    plan = await planWith({});
  }
  checkDictionaries(plan);
  checkMemory(plan);
  checkHeader(plan.header);
  return isOwn(kernel) ? planWith(at.tried ?? (await tryOwnKernel(kernel, plan))) : plan;
}

function inspectedAs({ self }: Preparation) {
  return self === undefined ? {} : { self };
}

/** Of the process that is there; of a fresh one for points that are added later, when that has been closed. */
function decider(inspector: Inspector, at: Preparation, request: DecideRequest): PlanRequest['decide'] {
  return (points, signal) =>
    inspector.isClosed
      ? inspecting({ ...inspectedAs(at), ...(signal === undefined ? {} : { signal }) }, (fresh) =>
          fresh.decide(request, points),
        )
      : inspector.decide(request, points);
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
  const baselines = new Set(
    [...byLabel.values()].filter(({ strategy }) => strategy.baseline).map(({ id }) => id),
  );
  if (baselines.size > 1)
    throw new InputError(
      `${[...baselines].join(' and ')} both declare \`baseline\`, and every ratio is held against one: leave it out of one of them.`,
    );
  return [...byLabel.values()];
}

async function calibrated(
  kernel: KernelEntry,
  { host, now, calibration }: Preparation,
): Promise<RunHeader['calibration']> {
  if (!kernel.plugin.calibrates) return undefined;
  if (calibration !== undefined) return calibration;
  const { calibrate } = await import('../measure/preflight/calibration.js');
  return calibrate(kernel, host, () => now.toISOString());
}

function runId(now: Date, { quick }: BenchOptions): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return quick ? `${stamp}-quick` : stamp;
}
