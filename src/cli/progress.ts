import type { MeasureEvent } from '../measure/measure.js';
import type { Plan } from '../measure/plan.js';
import { priceMs } from '../measure/price.js';
import { formatPoint, varyingAxes } from '../report/axes.js';
import { formatBytes } from '../report/units.js';
import type { CellHeader, CellRecord } from '../results/format.js';
import { openTerminal } from './terminal.js';
import { note, watched } from './terminal-lines.js';
import { formatDuration, TimeLeft } from './time-left.js';

/** Away from a terminal a line at most this often, so that a log stays readable and never looks dead. */
const plainEveryMs = 2_000;

/** Says how far the run is. Prints only between cells: while one runs, the driver must not disturb it. */
export class Progress {
  private readonly terminal = openTerminal();
  private readonly cells: ReadonlyMap<string, CellHeader>;
  private readonly axes: readonly string[];
  private readonly timeLeft: TimeLeft;
  private lastPrintMs = Number.NEGATIVE_INFINITY;
  private done = 0;
  private problems = 0;

  constructor(private readonly plan: Plan) {
    const { header, runnable } = plan;
    this.cells = new Map(header.cells.map((cell) => [cell.id, cell]));
    this.axes = varyingAxes(header.cells.map(({ point }) => point));
    this.timeLeft = new TimeLeft(
      new Map(runnable.map((cell) => [cell.id, priceMs(cell, plan.order(cell.id), header)])),
    );
  }

  begin(): void {
    const { header, runnable } = this.plan;
    const { host, scenario } = header;
    note(`${scenario.title}: ${scenario.question}`);
    note(
      `${host.cpu}, ${host.usableCores} usable ${host.usableCores === 1 ? 'core' : 'cores'}, Node ${host.node}. ` +
        `${runnable.length} cells × ${header.rounds} rounds, each in a fresh process, up to ${formatBytes(this.largest())}.`,
    );
    if (new Set(runnable.map(({ strategy }) => strategy)).size === 1)
      note('Only one strategy takes part: there is nothing to compare it with. Try --strategy for-loop too.');
  }

  show(event: MeasureEvent): void {
    if (event.type === 'cell starts') this.showStart(event);
    else if (event.type === 'cell done') this.showDone(event.record);
  }

  end(status: 'finished' | 'interrupted', elapsedMs: number): void {
    if (watched) {
      this.terminal.update(`${this.done} measured in ${formatDuration(elapsedMs)}`);
      this.terminal.settle();
    }
    note(
      status === 'finished'
        ? 'Measured. Writing charts and verdict …'
        : 'Interrupted. What was measured is kept; writing a partial report …',
    );
  }

  private showStart({ turn, done, left, elapsedMs }: Extract<MeasureEvent, { type: 'cell starts' }>): void {
    const cell = this.cells.get(turn.cell);
    if (cell === undefined) return;
    const text = [
      `${done + 1}/${done + left.length}`,
      `${formatDuration(this.timeLeft.estimateMs(left))} left`,
      ...(this.problems > 0 ? [`${this.problems} failed`] : []),
      `round ${turn.round + 1}/${this.plan.header.rounds}`,
      this.nameOf(cell),
    ].join('  ');
    if (watched) this.terminal.update(text);
    else if (elapsedMs - this.lastPrintMs >= plainEveryMs) {
      note(text);
      this.lastPrintMs = elapsedMs;
    }
  }

  private showDone({ cell, elapsedMs, outcome, round }: CellRecord): void {
    this.done++;
    if (outcome.status === 'skipped') return;
    this.timeLeft.note(cell, elapsedMs);
    if (outcome.status === 'measured') return;
    if (outcome.status !== 'limit') this.problems++;
    const header = this.cells.get(cell);
    if (watched) this.terminal.settle();
    note(
      `  ${outcome.status}: ${header ? this.nameOf(header) : cell}, round ${round + 1}: ${outcome.message}`,
    );
  }

  private nameOf({ strategy, point }: CellHeader): string {
    return this.axes.length === 0 ? strategy : `${strategy}, ${formatPoint(point, this.axes)}`;
  }

  private largest(): number {
    return Math.max(0, ...this.plan.runnable.map(({ estimatedBytes }) => estimatedBytes));
  }
}
