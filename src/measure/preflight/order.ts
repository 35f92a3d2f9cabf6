import type { KernelRef } from '../../contract/kernel.js';
import type { CellOrder } from '../order.js';

export type PreflightOrder =
  | { readonly type: 'calibrate'; readonly kernel: KernelRef }
  | ({ readonly type: 'probe'; readonly kernel: KernelRef } & Pick<CellOrder, 'from' | 'data'>);
