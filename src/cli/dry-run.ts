import type { Plan } from '../measure/plan.js';
import { priceMs } from '../measure/price.js';
import { formatPoint, varyingAxes } from '../report/axes.js';
import { formatBytes, formatCount } from '../report/units.js';
import { ExitCode } from './exit.js';
import { openTerminal } from './terminal.js';
import { say } from './terminal-lines.js';
import { formatDuration } from './time-left.js';

/** `--dry-run`: the cells, their memory and about how long they take, and nothing measured. */
export function dryRun(plans: readonly Plan[]): ExitCode {
  let totalMs = 0;
  for (const plan of plans) totalMs += show(plan);
  if (plans.length > 1) say(`All ${plans.length} scenarios: about ${formatDuration(totalMs)}.`);
  return ExitCode.fine;
}

/** Prints one plan and returns what it costs. */
function show(plan: Plan): number {
  const { header, runnable } = plan;
  const axes = varyingAxes(header.cells.map(({ point }) => point));
  const prices = new Map(runnable.map((cell) => [cell.id, priceMs(cell, plan.order(cell.id), header)]));
  const rows = header.cells.map((cell) => [
    cell.strategy,
    formatPoint(cell.point, axes.length === 0 ? Object.keys(cell.point) : axes),
    formatCount(cell.elements),
    formatBytes(cell.estimatedBytes),
    cell.notApplicable === undefined
      ? `${((prices.get(cell.id) ?? 0) / 1_000).toFixed(1)} s`
      : 'not applicable',
  ]);
  openTerminal().table(['strategy', 'point', 'numbers', 'memory', 'about, per round'], rows);
  for (const [strategy, reason] of reasons(plan)) say(`${strategy} is not applicable: ${reason}`);
  const totalMs = [...prices.values()].reduce((sum, each) => sum + each, 0) * header.rounds;
  const largest = Math.max(0, ...runnable.map(({ estimatedBytes }) => estimatedBytes));
  say(
    `${header.scenario.id}: ${runnable.length} cells × ${header.rounds} rounds, one at a time, at most ` +
      `${formatBytes(largest)}, about ${formatDuration(totalMs)} (a guess: nothing was measured).`,
  );
  return totalMs;
}

function reasons({ header }: Plan): ReadonlyMap<string, string> {
  return new Map(
    header.cells.flatMap(({ strategy, notApplicable }) =>
      notApplicable === undefined ? [] : [[strategy, notApplicable] as const],
    ),
  );
}
