import type { Plan } from '../measure/plan.js';
import { priceMs } from '../measure/price.js';
import { formatBytes, formatCount } from '../report/units.js';
import { ExitCode } from './exit.js';
import { placeOf } from './progress.js';
import { openTerminal } from './terminal.js';

/** `--dry-run`: the cells, their memory and about how long they take, and nothing measured. */
export function dryRun(plan: Plan): ExitCode {
  const terminal = openTerminal();
  const { header, runnable } = plan;
  const prices = new Map(runnable.map((cell) => [cell.id, priceMs(cell, plan.order(cell.id), header)]));
  const rows = header.cells.map((cell) => [
    cell.strategy,
    placeOf(cell),
    formatCount(cell.elements),
    cell.notApplicable === undefined ? formatBytes(cell.estimatedBytes) : 'not applicable',
    cell.notApplicable ?? `${((prices.get(cell.id) ?? 0) / 1_000).toFixed(1)} s`,
  ]);
  terminal.table(['strategy', 'point', 'numbers', 'memory', 'about, per round'], rows);
  const totalMs = [...prices.values()].reduce((sum, each) => sum + each, 0) * header.rounds;
  const largest = Math.max(0, ...runnable.map(({ estimatedBytes }) => estimatedBytes));
  terminal.line(
    `${header.scenario.id}: ${runnable.length} cells × ${header.rounds} rounds, at most ${formatBytes(largest)} at once, about ${Math.ceil(totalMs / 60_000)} min (a guess: nothing was measured).`,
  );
  return ExitCode.fine;
}
