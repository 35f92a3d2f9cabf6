import { expect, it } from 'vitest';
import { givesMemoryBack, measureMemory } from './fresh-memory.js';

const machine = (files: Record<string, string>) => (path: string) =>
  files[path.replace('/sys/bus/virtio/devices/', '')];

it('free pages go back to the host where a balloon device reports them', () => {
  expect(givesMemoryBack(machine({ 'virtio1/device': '0x0005', 'virtio1/features': '0110010' }))).toBe(true);
  expect(givesMemoryBack(machine({ 'virtio1/device': '0x0005', 'virtio1/features': '0110000' }))).toBe(false);
});

it('other devices, and machines that have none, do not', () => {
  expect(givesMemoryBack(machine({ 'virtio0/device': '0x0001', 'virtio0/features': '1111111' }))).toBe(false);
  expect(givesMemoryBack(machine({}))).toBe(false);
});

it('new memory has a price, in pages that nobody had and in pages that come again', () => {
  const { lowNs, highNs, againNs } = measureMemory(2 ** 30) ?? { lowNs: 0, highNs: 0, againNs: 0 };
  expect(lowNs).toBeGreaterThan(0);
  expect(highNs).toBeGreaterThanOrEqual(lowNs);
  expect(againNs).toBeGreaterThan(0);
});

it('where memory is too little to tell, nothing is said', () => {
  expect(measureMemory(1_000)).toBeUndefined();
});
