import type { CellOrder } from './order.js';
import type { Plan } from './plan.js';

/** The plan with other orders for each cell: other series, less of its life. */
export function withOrders(plan: Plan, changes: Partial<CellOrder>): Plan {
  return {
    get header() {
      return plan.header;
    },
    get runnable() {
      return plan.runnable;
    },
    findChangedCode: () => plan.findChangedCode?.(),
    add: (points, signal) => plan.add(points, signal),
    order: (cell) => ({ ...plan.order(cell), ...changes }),
  };
}
