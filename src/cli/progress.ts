import type { RunWatcher } from '../app/caller.js';
import { findCell, predictTime, type TimeLeft } from '../app/time-left.js';
import { formatWait } from '../document/units.js';
import { plainPoint } from '../document/words.js';
import { varyingAxes } from '../documents/points.js';
import type { LeftTurn, MeasureEvent } from '../measure/measure.js';
import type { Plan } from '../measure/plan.js';
import type { CellHeader, CellRecord } from '../results/format.js';
import { note, openTerminal, watched } from './terminal.js';

/** Away from a terminal a line at most this often, so that a log stays readable and never looks dead. */
const plainEveryMs = 2_000;

/** Says how far the run is. Prints only between cells: while one runs, the driver must not disturb it. */
export class Progress implements RunWatcher {
  private readonly terminal = openTerminal();
  private readonly timeLeft: TimeLeft;
  private readonly beganMs = performance.now();
  private lastPrintMs = Number.NEGATIVE_INFINITY;
  private done = 0;
  private problems = 0;

  constructor(
    private readonly plan: Plan,
    private readonly nameOf = ({ strategy }: CellHeader): string => strategy,
  ) {
    this.timeLeft = predictTime(plan);
  }

  show(event: MeasureEvent): void {
    if (event.type === 'cell starts') this.showStart(event);
    else if (event.type === 'cell known') this.recall(event.record);
    else if (event.type === 'cell done') this.showDone(event.record);
  }

  /** The last line stays, and the next one begins below it. */
  end(): void {
    if (!watched) return;
    this.terminal.update(`${this.done} measured in ${formatWait(performance.now() - this.beganMs)}`);
    this.terminal.settle();
  }

  private showStart({ turn, done, left, elapsedMs }: Extract<MeasureEvent, { type: 'cell starts' }>): void {
    const { budgetMs, rounds, until } = this.plan.header;
    // Under a budget nobody knows how many cells are still to come: the time left is what is left of it.
    const text = [
      ...(budgetMs === undefined
        ? this.howFar(done, left)
        : [
            `cell ${done + 1}`,
            `${until === undefined ? '' : 'at most '}${formatWait(budgetMs - elapsedMs)} left of ${formatWait(budgetMs)}`,
          ]),
      ...(this.problems > 0 ? [`${this.problems} failed`] : []),
      budgetMs === undefined ? `round ${turn.round + 1}/${rounds}` : `round ${turn.round + 1}`,
      this.describe(turn.cell),
    ].join('  ');
    if (watched) this.terminal.update(text);
    else if (elapsedMs - this.lastPrintMs >= plainEveryMs) {
      note(text);
      this.lastPrintMs = elapsedMs;
    }
  }

  /** A planner may go on after what is waited for, in the time that is left over. */
  private howFar(done: number, left: readonly LeftTurn[]): string[] {
    if (left.length === 0) return [`cell ${done + 1}`, 'one more, as there is time'];
    const cells = left.reduce((sum, { times = 1 }) => sum + times, 0);
    return [`${done + 1}/${done + cells}`, `${formatWait(this.timeLeft.estimateMs(left))} left`];
  }

  /** Measured before the run was cut off: the time left knows what such a cell takes. */
  private recall(record: CellRecord): void {
    this.done++;
    if (record.outcome.status !== 'skipped') this.timeLeft.note(record, record.elapsedMs);
  }

  private showDone(record: CellRecord): void {
    const { cell, outcome, round } = record;
    this.done++;
    if (outcome.status === 'skipped') return;
    this.timeLeft.note(record, record.elapsedMs);
    if (outcome.status === 'measured') return;
    if (outcome.status !== 'limit') this.problems++;
    if (watched) this.terminal.settle();
    note(`  ${outcome.status}: ${this.describe(cell)}, round ${round + 1}: ${outcome.message}`);
  }

  private describe(id: string): string {
    // Asked anew each time: the planner may have added points.
    const { cells } = this.plan.header;
    const cell = findCell(cells, id);
    const axes = varyingAxes(cells.map(({ point }) => point));
    const name = this.nameOf(cell);
    return axes.length === 0 ? name : `${name}, ${plainPoint(cell.point, axes)}`;
  }
}
