import type { KernelEntry } from '../../catalog/kernel-files.js';
import { plainKindOption } from '../../catalog/plain-function.js';
import type { Options } from '../../contract/kernel.js';
import type { Inspector } from '../../measure/inspect/inspector.js';
import type { CellData } from '../../measure/order.js';

/** What a function was found to be, before anything long starts. */
export interface Tried {
  /** Found by calling it: its kind, where it is a plain function. */
  readonly options: Options;
  /** A list of the length that is asked about, ms. */
  readonly listMs: number;
  /** Longer lists cost no more than in proportion. */
  readonly inProportion: boolean;
}

/** A list that takes longer could not be measured in a few seconds either. */
const deadlineMs = 5_000;
/** So much more per number is more than the clock's noise. */
const clearlyMore = 1.4;

/** Calls it with a list as long as those that are asked about, in a process of its own. Throws an InputError that says what is wrong with it. */
export async function tryFunction(
  inspector: Inspector,
  kernel: KernelEntry,
  options: Options,
  data: CellData,
  length: number,
): Promise<Tried> {
  const order = { kernel: { module: kernel.module, options }, from: 'lists', data, timed: true } as const;
  const { plainKind, timed } = await inspector.probe(order, kernel.id, deadlineMs);
  const { nsPerNumber, nsPerNumberShort } = timed ?? { nsPerNumber: 0, nsPerNumberShort: 0 };
  return {
    options: plainKind === undefined ? {} : { [plainKindOption]: plainKind },
    listMs: (length * nsPerNumber) / 1e6,
    inProportion: nsPerNumber < clearlyMore * nsPerNumberShort,
  };
}
