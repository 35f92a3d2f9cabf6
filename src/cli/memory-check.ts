import { InputError } from '../catalog/problem.js';
import { availableBytes } from '../measure/memory.js';
import type { Plan } from '../measure/plan.js';
import { formatBytes } from '../report/units.js';

/** Leaves this share of the free memory to everything else on the machine. */
const usableShare = 0.9;

/** Refuses a run whose largest cell cannot fit: the figure needed, the figure free, and what would fit. */
export function checkMemory({ runnable }: Plan, free = availableBytes()): void {
  const usable = free * usableShare;
  const worst = [...runnable].sort((a, b) => b.estimatedBytes - a.estimatedBytes)[0];
  if (worst === undefined || worst.estimatedBytes <= usable) return;
  const axis = Number(worst.point.length ?? 0) > worst.keys ? 'length' : 'keys';
  const value = Number(worst.point[axis] ?? worst.keys);
  // The estimate grows with the data but for what the processes hold themselves: slightly pessimistic, never wrong.
  const fits = twoDigits((value * usable) / worst.estimatedBytes);
  throw new InputError(
    `${worst.strategy} at ${worst.keys} keys and ${worst.elements} numbers needs about ${formatBytes(worst.estimatedBytes)}, ` +
      `and ${formatBytes(usable)} of the free ${formatBytes(free)} may be used. ` +
      (fits >= 1 ? `--${axis} ${fits} would fit.` : `No --${axis} would fit: take fewer strategies.`),
  );
}

/** Rounded down: free memory changes from one try to the next, and the figure is to be typed. */
function twoDigits(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.floor(value / step) * step;
}
