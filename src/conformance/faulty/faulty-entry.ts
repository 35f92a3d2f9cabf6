import { importStrategy, type StrategyEntry } from '../../catalog/strategy.js';

/** A faulty strategy as the catalog would describe it, if it found it. */
export async function faultyEntry(id: string): Promise<StrategyEntry> {
  const module = new URL(`./faulty.js?fault=${id}`, import.meta.url).href;
  return { id, label: id, module, options: {}, strategy: await importStrategy(module) };
}
