import { formatBytes, formatWait } from '../document/units.js';
import { plainPoint } from '../document/words.js';
import { varyingAxes } from '../documents/points.js';
import { priceMs } from '../measure/known-prices.js';
import type { LeftTurn, MeasureEvent } from '../measure/measure.js';
import type { Plan } from '../measure/plan.js';
import type { CellHeader, CellRecord } from '../results/format.js';
import { note, openTerminal, watched } from './terminal.js';

/** Away from a terminal a line at most this often, so that a log stays readable and never looks dead. */
const plainEveryMs = 2_000;

/** Says how far the run is. Prints only between cells: while one runs, the driver must not disturb it. */
export class Progress {
  private readonly terminal = openTerminal();
  private readonly timeLeft = new TimeLeft((cell) => this.priceMs(cell));
  private lastPrintMs = Number.NEGATIVE_INFINITY;
  private done = 0;
  private problems = 0;

  constructor(private readonly plan: Plan) {}

  begin(): void {
    const { header, runnable } = this.plan;
    const { host, scenario } = header;
    note(`${scenario.title}: ${scenario.question}`);
    note(
      `${host.cpu}, ${host.usableCores} usable ${host.usableCores === 1 ? 'core' : 'cores'}, Node ${host.node}. ` +
        `${runnable.length} cells${this.howMuch()}, each in a fresh process, up to ${formatBytes(this.largest())}.`,
    );
    if (new Set(runnable.map(({ strategy }) => strategy)).size === 1)
      note('Only one strategy takes part: add another with --strategy to have something to compare it with.');
  }

  show(event: MeasureEvent): void {
    if (event.type === 'cell starts') this.showStart(event);
    else if (event.type === 'cell known') this.recall(event.record);
    else if (event.type === 'cell done') this.showDone(event.record);
  }

  end(status: 'finished' | 'interrupted', elapsedMs: number): void {
    this.settle(elapsedMs);
    note(
      status === 'finished'
        ? 'Measured. Writing charts and verdict …'
        : 'Interrupted. What was measured is kept; writing a partial report …',
    );
  }

  /** The last line stays, and the next one begins below it. */
  settle(elapsedMs: number): void {
    if (!watched) return;
    this.terminal.update(`${this.done} measured in ${formatWait(elapsedMs)}`);
    this.terminal.settle();
  }

  private howMuch(): string {
    const { budgetMs, rounds, until } = this.plan.header;
    if (budgetMs === undefined) return ` × ${rounds} rounds`;
    return until === undefined
      ? `, a budget of ${formatWait(budgetMs)}`
      : ` until every question is answered, ${formatWait(budgetMs)} at most`;
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
      this.nameOf(turn.cell),
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
    note(`  ${outcome.status}: ${this.nameOf(cell)}, round ${round + 1}: ${outcome.message}`);
  }

  private nameOf(id: string): string {
    // Asked anew each time: the planner may have added points.
    const { cells } = this.plan.header;
    const { strategy, point } = cellOf(cells, id);
    const axes = varyingAxes(cells.map((cell) => cell.point));
    return axes.length === 0 ? strategy : `${strategy}, ${plainPoint(point, axes)}`;
  }

  private priceMs(id: string): number {
    const { header } = this.plan;
    return priceMs(cellOf(header.cells, id), this.plan.order(id), header);
  }

  private largest(): number {
    return Math.max(0, ...this.plan.runnable.map(({ estimatedBytes }) => estimatedBytes));
  }
}

function cellOf(cells: readonly CellHeader[], id: string): CellHeader {
  const cell = cells.find((each) => each.id === id);
  if (cell === undefined) throw new Error(`the plan has no cell ${id}`);
  return cell;
}

/**
 * How long the rest takes: each cell by its own earlier rounds; before it had one by its price, a guess that is
 * corrected by how far the guesses were off so far.
 */
export class TimeLeft {
  private readonly took = new Map<string, { sumMs: number; times: number }>();
  private measuredMs = 0;
  private pricedMs = 0;

  constructor(private readonly priceMs: (cell: string) => number) {}

  note(turn: Named, elapsedMs: number): void {
    const { sumMs, times } = this.took.get(name(turn)) ?? { sumMs: 0, times: 0 };
    this.took.set(name(turn), { sumMs: sumMs + elapsedMs, times: times + 1 });
    this.measuredMs += elapsedMs;
    this.pricedMs += this.priceMs(turn.cell);
  }

  estimateMs(turns: readonly Named[]): number {
    const correction = this.pricedMs > 0 ? this.measuredMs / this.pricedMs : 1;
    return turns.reduce((sum, turn) => {
      // Without a round of its own kind a part of a cell is held for the whole: too much rather than too little.
      const own = this.took.get(name(turn)) ?? this.took.get(turn.cell);
      return sum + (turn.times ?? 1) * (own ? own.sumMs / own.times : this.priceMs(turn.cell) * correction);
    }, 0);
  }
}

type Named = Pick<LeftTurn, 'cell' | 'only' | 'times'>;

function name({ cell, only }: Named): string {
  return only === undefined ? cell : `${cell} ${only}`;
}
