import type { AxisValue } from '../contract/scenario.js';

/** `2xcores`: so many workers per usable core. */
const pattern = /^(\d+(?:\.\d+)?)xcores$/;

export function isPerCore(value: AxisValue): boolean {
  return typeof value === 'string' && Number(pattern.exec(value)?.[1] ?? 0) > 0;
}

/**
 * Values of the axis `workers` as numbers: plain data cannot know the machine, so that a scenario says `2xcores`. At
 * least one worker, to the nearest whole one, each number once, the smallest first.
 */
export function workersOn(usableCores: number, values: readonly AxisValue[]): number[] {
  const counts = values.map((value) => {
    const factor = pattern.exec(String(value))?.[1];
    return factor === undefined ? Number(value) : Math.max(1, Math.round(Number(factor) * usableCores));
  });
  return [...new Set(counts)].sort((a, b) => a - b);
}
