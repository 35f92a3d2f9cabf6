import type { KernelRef } from '../../contract/kernel.js';
import type { CellOrder } from '../order.js';

export type PreflightOrder =
  | { readonly type: 'calibrate'; readonly kernel: KernelRef }
  | ({
      readonly type: 'probe';
      readonly kernel: KernelRef;
      /** Say also how long a list takes, from calls enough to see a kernel change its mind. */
      readonly timed?: true;
    } & Pick<CellOrder, 'from' | 'data'>);
