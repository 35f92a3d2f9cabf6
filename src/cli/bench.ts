import { formatBytes, formatCount, formatWait } from '../document/units.js';
import { plainPoint } from '../document/words.js';
import { varyingAxes } from '../documents/points.js';
import { expectedMs, knownPrices } from '../measure/known-prices.js';
import { withMemoryPrices } from '../measure/machine/fresh-memory.js';
import type { Plan } from '../measure/plan.js';
import { shippedScenarioFiles } from '../plugins/find.js';
import type { BenchOptions } from './bench-options.js';
import { hostOfCells } from './cell-processes.js';
import { ExitCode, worstOf } from './exit.js';
import { listenForInterruption } from './interruption.js';
import { checkOutFolder } from './out.js';
import { checkBudget, tooFewRounds } from './plan-checks.js';
import { prepare } from './prepare.js';
import { temporaryFolder } from './temporary-folder.js';
import { note, openTerminal, say } from './terminal.js';

const defaultScenario = 'large-lists';

/** `bench`: checks all that was asked for, then measures it scenario by scenario. Ends with the worst of their codes. */
export async function bench(options: BenchOptions): Promise<ExitCode> {
  const interruption = listenForInterruption();
  const folders = [];
  try {
    checkOutFolder(options.out);
    const seen = hostOfCells(options);
    const host = options.dryRun ? seen : withMemoryPrices(seen);
    const plans: Plan[] = [];
    for (const name of scenarioNames(options)) {
      const folder = temporaryFolder();
      folders.push(folder);
      const plan = await prepare(name, options, { now: new Date(), host, folder, note });
      checkBudget(plan);
      plans.push(plan);
    }
    if (options.dryRun) return dryRun(plans);
    // Execa, charts and the terminal library take 0.2 s to load: bad input does not wait for them.
    const { carryOut, newRun } = await import('./carry-out.js');
    interruption.nowMeasuring();
    const codes: ExitCode[] = [];
    for (const plan of plans) {
      const doubt = tooFewRounds(plan);
      if (doubt !== undefined) note(doubt);
      codes.push(await carryOut(plan, options, newRun(plan, options), interruption.signal));
      if (interruption.signal.aborted) break;
    }
    return worstOf(codes);
  } finally {
    interruption.dispose();
    for (const folder of folders) folder.remove();
  }
}

/** `all` stands for those that ship; files may stand beside it. */
export function scenarioNames({ scenarios = [defaultScenario] }: BenchOptions): string[] {
  const shipped = scenarios.includes('all') ? shippedScenarioFiles().map(({ id }) => id) : [];
  return [...new Set([...shipped, ...scenarios.filter((name) => name !== 'all')])];
}

/** `--dry-run`: the cells, their memory and about how long they take, and nothing measured. */
function dryRun(plans: readonly Plan[]): ExitCode {
  let totalMs = 0;
  for (const plan of plans) totalMs += show(plan);
  if (plans.length > 1) say(`All ${plans.length} scenarios: about ${formatWait(totalMs)}.`);
  return ExitCode.fine;
}

/** Prints one plan and returns what it costs. */
function show(plan: Plan): number {
  const { header, runnable } = plan;
  const axes = varyingAxes(header.cells.map(({ point }) => point));
  const prices = knownPrices(plan);
  const rows = header.cells.map((cell) => [
    cell.strategy,
    plainPoint(cell.point, axes.length === 0 ? Object.keys(cell.point) : axes),
    formatCount(cell.elements),
    formatBytes(cell.estimatedBytes),
    cell.notApplicable === undefined ? `${(prices.ofMs(cell.id) / 1_000).toFixed(1)} s` : 'not applicable',
  ]);
  openTerminal().table(['strategy', 'point', 'numbers', 'memory', 'about, per round'], rows);
  for (const [strategy, reason] of reasons(plan)) say(`${strategy} is not applicable: ${reason}`);
  const roundMs = runnable.reduce((sum, { id }) => sum + prices.ofMs(id), 0);
  const { budgetMs, until } = header;
  const totalMs = expectedMs(plan, prices);
  const largest = Math.max(0, ...runnable.map(({ estimatedBytes }) => estimatedBytes));
  const much = `one at a time, at most ${formatBytes(largest)}`;
  const source =
    prices.measured === runnable.length
      ? 'as earlier runs on this machine took'
      : prices.measured === 0
        ? 'a guess: nothing was measured'
        : `a guess but for ${prices.measured} cells that were measured before on this machine`;
  say(
    budgetMs === undefined
      ? `${header.scenario.id}: ${runnable.length} cells × ${header.rounds} rounds, ${much}, about ${formatWait(totalMs)} (${source}).`
      : `${header.scenario.id}: ${runnable.length} cells, ${much}, ${formatWait(roundMs)} per round (${source}), ` +
          (until === undefined
            ? `within a budget of ${formatWait(budgetMs)}.`
            : `about ${formatWait(totalMs)} until every question is answered, at most ${formatWait(budgetMs)}.`),
  );
  const doubt = tooFewRounds(plan);
  if (doubt !== undefined) say(doubt);
  return totalMs;
}

function reasons({ header }: Plan): ReadonlyMap<string, string> {
  return new Map(
    header.cells.flatMap(({ strategy, notApplicable }) =>
      notApplicable === undefined ? [] : [[strategy, notApplicable] as const],
    ),
  );
}
