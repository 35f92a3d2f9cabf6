import type { MeasureEvent } from '../measure/measure.js';
import type { Plan } from '../measure/plan.js';
import { formatBytes } from '../report/units.js';
import type { CellHeader, CellRecord } from '../results/format.js';
import { openTerminal } from './terminal.js';

/** Away from a terminal a line at most this often, so that a log stays readable and never looks dead. */
const plainEveryMs = 2_000;

/** Says how far the run is. Prints only between cells: while one runs, the driver must not disturb it. */
export class Progress {
  private readonly terminal = openTerminal();
  private readonly cells: ReadonlyMap<string, CellHeader>;
  private readonly tookMs = new Map<string, number[]>();
  private lastPrintMs = Number.NEGATIVE_INFINITY;
  private problems = 0;

  constructor(private readonly plan: Plan) {
    this.cells = new Map(plan.header.cells.map((cell) => [cell.id, cell]));
  }

  begin(): void {
    const { header, runnable } = this.plan;
    const { host, scenario } = header;
    this.terminal.line(`${scenario.title}: ${scenario.question}`);
    this.terminal.line(
      `${host.cpu}, ${host.usableCores} usable ${host.usableCores === 1 ? 'core' : 'cores'}, Node ${host.node}. ` +
        `${runnable.length} cells × ${header.rounds} rounds, each in a fresh process, up to ${formatBytes(this.largest())}.`,
    );
  }

  show(event: MeasureEvent): void {
    if (event.type === 'cell starts') this.showStart(event);
    else if (event.type === 'cell done') this.note(event.record);
  }

  end(status: 'finished' | 'interrupted'): void {
    if (this.terminal.interactive) this.terminal.settle();
    if (status === 'interrupted')
      this.terminal.line('Interrupted. What was measured is kept; the report below is partial.');
  }

  private showStart({ turn, done, left, elapsedMs }: Extract<MeasureEvent, { type: 'cell starts' }>): void {
    const cell = this.cells.get(turn.cell);
    if (cell === undefined) return;
    const total = done + left.length;
    const text =
      `${done + 1}/${total}  round ${turn.round + 1}/${this.plan.header.rounds}  ${cell.strategy} ${placeOf(cell)}` +
      `  ${this.timeLeft(left, done, elapsedMs)}${this.problems > 0 ? `  ${this.problems} failed` : ''}`;
    if (this.terminal.interactive) this.terminal.update(text.slice(0, this.terminal.columns - 1));
    else if (elapsedMs - this.lastPrintMs >= plainEveryMs) {
      this.terminal.line(text);
      this.lastPrintMs = elapsedMs;
    }
  }

  private note({ cell, elapsedMs, outcome, round }: CellRecord): void {
    if (outcome.status !== 'skipped') this.tookMs.set(cell, [...(this.tookMs.get(cell) ?? []), elapsedMs]);
    if (outcome.status === 'measured' || outcome.status === 'skipped') return;
    this.problems++;
    const header = this.cells.get(cell);
    if (this.terminal.interactive) this.terminal.settle();
    this.terminal.line(
      `  ${outcome.status}: ${header?.strategy} ${header ? placeOf(header) : ''}, round ${round + 1}: ${outcome.message}`,
    );
  }

  /** From each cell's own earlier rounds; in the first round from the mean of all so far. */
  private timeLeft(left: readonly { cell: string }[], done: number, elapsedMs: number): string {
    if (done === 0) return 'time left: not known yet';
    const mean = elapsedMs / done;
    const ms = left.reduce((sum, { cell }) => sum + (meanOf(this.tookMs.get(cell)) ?? mean), 0);
    const seconds = Math.round(ms / 1_000);
    return `${seconds >= 90 ? `${Math.round(seconds / 60)} min` : `${seconds} s`} left`;
  }

  private largest(): number {
    return Math.max(0, ...this.plan.runnable.map(({ estimatedBytes }) => estimatedBytes));
  }
}

/** The swept axes of a cell, without what every cell has. */
export function placeOf({ point }: CellHeader): string {
  return Object.entries(point)
    .filter(
      ([axis, value]) =>
        !(
          ['workers', 'chunk', 'skew', 'values'].includes(axis) &&
          ['balanced', 'equal', 'ints'].includes(String(value))
        ) && axis !== 'workers',
    )
    .map(([axis, value]) => `${axis} ${value}`)
    .join(', ');
}

function meanOf(times: readonly number[] | undefined): number | undefined {
  return times && times.reduce((sum, each) => sum + each, 0) / times.length;
}
