import { InputError } from '../contract/errors.js';
import { availableBytes } from '../measure/machine/cgroup.js';
import { fixedBytes } from '../measure/memory.js';
import type { Plan } from '../measure/plan.js';
import { formatBytes } from '../report/units.js';

/** Leaves this share of the free memory to everything else on the machine. */
const usableShare = 0.9;

/** Refuses a run whose largest cell cannot fit: the figure needed, the figure free, and what would fit. */
export function checkMemory({ runnable, header }: Plan, free = availableBytes()): void {
  const usable = free * usableShare;
  const worst = [...runnable].sort((a, b) => b.estimatedBytes - a.estimatedBytes)[0];
  if (worst === undefined || worst.estimatedBytes <= usable) return;
  const axis = Number(worst.point.length ?? 0) > worst.keys ? 'length' : 'keys';
  const value = Number(worst.point[axis] ?? worst.keys);
  // What the processes hold themselves does not shrink with the data.
  const family = header.strategies.find(({ label }) => label === worst.strategy)?.family ?? 'serial';
  const fixed = fixedBytes(family, Number(worst.point.workers ?? header.defaults.workers ?? 1));
  const fits = usable > fixed ? twoDigits((value * (usable - fixed)) / (worst.estimatedBytes - fixed)) : 0;
  throw new InputError(
    `${worst.strategy} at ${worst.keys} keys and ${worst.elements} numbers needs about ${formatBytes(worst.estimatedBytes)}, ` +
      `and ${formatBytes(usable)} of the free ${formatBytes(free)} may be used. ` +
      (fits >= 1 ? `--${axis} ${fits} would fit.` : `No --${axis} would fit: take fewer strategies.`),
  );
}

/** Rounded down: free memory changes from one try to the next, and the figure is to be typed. */
function twoDigits(value: number): number {
  if (value < 1) return 0;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.floor(value / step) * step;
}
