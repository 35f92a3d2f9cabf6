import type { Dictionary } from '../../src/contract/dictionary.js';
import type { RunSession } from '../../src/contract/strategy.js';
import { generate } from '../../src/dictionary/generate.js';
import { findKernel, loadKernel } from '../../src/plugins/kernel.js';
import { findStrategies, importStrategy } from '../../src/plugins/strategy.js';
import { nowNs } from '../../src/workers/span-log.js';

/*
 * Entry of a process that times the strategies it is given, one after another, as a benchmark in a single process
 * does: the second one finds what the first did to the heap and to V8's feedback. Prints name to median ns.
 */
const input = generate({ keys: 8, length: 50_000, skew: 'equal', values: 'doubles', seed: 1 }, 'lists');
const kernel = await findKernel('square-minus-13');
const loaded = await loadKernel({ module: kernel.module, options: kernel.plugin.options });
const times: Record<string, number> = {};
for (const label of process.argv.slice(2)) times[label] = await timeOf(label);
process.stdout.write(JSON.stringify(times));

async function timeOf(label: string): Promise<number> {
  const [entry] = await findStrategies([label]);
  const strategy = await importStrategy(entry.module);
  const session = await strategy.open({
    kernel: loaded.kernel,
    ref: loaded.ref,
    split: loaded.plugin.split,
    workers: 1,
    chunk: 'balanced',
    options: entry.options,
    signal: new AbortController().signal,
  });
  const call = async (): Promise<Dictionary> => {
    if (!('place' in session) || session.run !== undefined) return (session as RunSession).run(input);
    const placed = await session.place(input);
    await placed.compute();
    return placed.collect();
  };
  for (let warmup = 0; warmup < 20; warmup++) await call();
  const samples: number[] = [];
  for (let sample = 0; sample < 15; sample++) {
    globalThis.gc?.();
    const from = nowNs();
    await call();
    samples.push(nowNs() - from);
  }
  await session.close();
  return samples.sort((a, b) => a - b)[7];
}
