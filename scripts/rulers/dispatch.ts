import { loadKernel } from '../../src/catalog/kernel.js';
import { findKernel } from '../../src/catalog/kernel-entry.js';
import { threadPool } from '../../src/workers/pool.js';
import { type Area, plainEngine, wholeLists } from '../../src/workers/shared/area.js';
import { sharedPool } from '../../src/workers/shared/pool.js';
import { median } from '../figures/figure.js';
import { workers } from './cells.js';
import type { Ruler } from './ruler.js';

const batches = 100;
const callsPerBatch = 50;
const manyTasks = 5_000;

/** What it costs to give workers nothing to do: by shared memory, and beside it by a message. */
export async function dispatch(): Promise<Ruler[]> {
  const { module } = await findKernel('square-minus-13');
  const { kernel, ref } = await loadKernel({ module, options: {} });
  // One more thread than the caller can be: with a single core there would be nobody to meet.
  const pool = await sharedPool({ kernel, ref, workers: Math.max(2, workers), engine: plainEngine(kernel) });
  const messages = await threadPool({ ref, workers: 1 });
  try {
    const meeting = await perCallNs(() => pool.meet());
    const id = pool.add(emptyLists(manyTasks));
    const task = (await perCallNs(() => pool.compute(id))) / manyTasks;
    const message = await perCallNs(async () => void (await messages.ask(0, { type: 'release' })));
    const needs = 'bar 0.35× piscina: needs piscina';
    return [
      { name: 'worker-threads-shared: empty dispatch and join, all workers', seen: us(meeting), needs },
      { name: 'worker-threads-shared: empty tasks in flight, each', seen: us(task), needs },
      { name: 'worker-threads: one empty message and its answer, for comparison', seen: us(message) },
    ];
  } finally {
    await Promise.all([pool.close(), messages.close()]);
  }
}

async function perCallNs(call: () => void | Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    const began = process.hrtime.bigint();
    for (let i = 0; i < callsPerBatch; i++) {
      const calling = call();
      if (calling) await calling;
    }
    times.push(Number(process.hrtime.bigint() - began) / callsPerBatch);
  }
  // The first fifth compiles.
  return median(times.slice(batches / 5));
}

function emptyLists(count: number): Area {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes);
  const units = new Uint32Array(shared(16 * count));
  for (let k = 0; k < count; k++) units.set([k, k + 1, wholeLists, 0], 4 * k);
  return {
    input: new Float64Array(shared(0)),
    output: new Float64Array(shared(0)),
    offsets: new Uint32Array(shared(4 * (count + 1))),
    units,
  };
}

function us(ns: number): string {
  return `${(ns / 1_000).toPrecision(3)} µs`;
}
