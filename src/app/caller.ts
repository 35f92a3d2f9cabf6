import type { MeasureEvent } from '../measure/measure.js';
import type { Plan } from '../measure/plan.js';
import type { CellHeader } from '../results/format.js';

/** Who has a command carried out, a terminal or another program: it hears how things are going, and may end them. */
export interface Caller {
  /** Aborted: nothing more is measured; what there is is kept and reported. */
  readonly signal: AbortSignal;
  /** A line on the way, in plain words. */
  note(line: string): void;
  /**
   * From now on there is something to lose: `signal` is the way to end it. `goOn`: the command line that goes on with
   * what was measured, should this process end in another way.
   */
  beginMeasuring(goOn?: string): void;
  /** There is nothing to lose any more. */
  endMeasuring(): void;
  /** The cells of this plan are about to be measured. `nameOf`: how one is called, where its strategy alone does not tell. */
  watch(plan: Plan, nameOf?: (cell: CellHeader) => string): RunWatcher;
}

/** Follows the cells of one run. Whatever it does between two of them must not take long. */
export interface RunWatcher {
  show(event: MeasureEvent): void;
  /** The last cell is measured, or the run was interrupted. */
  end(): void;
}
