import { defineStrategy, type Strategy } from '../../../src/contract/strategy.js';
import type { LoadedStrategy } from '../../../src/plugins/strategy.js';
import type { Fault } from './fault.js';
import { faults } from './faults.js';

/** A faulty strategy as the catalog would describe it, if it found it. */
export function faultyEntry(id: string): LoadedStrategy {
  const module = new URL(`./faulty.js?fault=${id}`, import.meta.url).href;
  return { id, label: id, module, options: {}, strategy: faultyStrategy(id) };
}

/** Throws where there is no such fault. */
export function faultyStrategy(id: string | null): Strategy {
  const fault: Fault | undefined = faults.find((each) => each.id === id);
  if (fault === undefined) throw new Error(`there is no fault "${id}": import faulty.js?fault=<id>`);
  return defineStrategy({
    title: fault.id,
    family: 'serial',
    supports: ({ kind }) => (kind === 'wait' ? { reason: 'the faulty ones do not wait' } : true),
    open: ({ kernel }) => fault.open(kernel),
  });
}
