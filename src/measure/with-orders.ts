import type { Sampling } from './order.js';
import type { Plan } from './plan.js';

/** The plan with other series in each cell. */
export function withSampling(plan: Plan, sampling: Sampling): Plan {
  return {
    get header() {
      return plan.header;
    },
    get runnable() {
      return plan.runnable;
    },
    add: (points) => plan.add(points),
    order: (cell) => ({ ...plan.order(cell), sampling }),
  };
}
