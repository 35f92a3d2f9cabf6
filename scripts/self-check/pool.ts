import type { MachineRecord, Outcome } from '../../src/results/format.js';
import { KeptLines } from '../lab/kept-lines.js';

export type Condition = 'quiet' | 'busy';

/** One cell process: a line of the pool. */
export interface Draw {
  readonly condition: Condition;
  readonly round: number;
  /** Length of its call, which also names the cell. */
  readonly ms: number;
  /** a and b are the same strategy; the others do so much more work. */
  readonly who: string;
  readonly at: string;
  readonly outcome: Outcome;
  readonly machine: MachineRecord;
}

/** All processes that were measured. */
export class Pool extends KeptLines<Draw> {
  get draws(): readonly Draw[] {
    return this.lines;
  }

  has({ condition, round, ms, who }: Pick<Draw, 'condition' | 'round' | 'ms' | 'who'>): boolean {
    return this.lines.some(
      (one) => one.condition === condition && one.round === round && one.ms === ms && one.who === who,
    );
  }
}
