import type { Kernel } from '../../../src/contract/kernel.js';
import type { Session } from '../../../src/contract/strategy.js';
import type { Outcome } from '../../../src/results/format.js';

/** A strategy that looks right and is not: what contract test and verification must see. */
export interface Fault {
  readonly id: string;
  /** What a cell that measures it must come to. */
  readonly outcome: Outcome['status'];
  /** Ends or blocks the whole process: to be tried only in one of its own. */
  readonly fatal?: true;
  open(kernel: Kernel): Session | Promise<Session>;
}
