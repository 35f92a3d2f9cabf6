import { fileURLToPath } from 'node:url';
import type { KernelRef } from '../../src/contract/kernel.js';
import { findKernel, loadKernel } from '../../src/plugins/kernel.js';
import { threadPool } from '../../src/workers/pool.js';
import { type Area, plainEngine, wholeLists } from '../../src/workers/shared/area.js';
import { sharedPool } from '../../src/workers/shared/pool.js';
import { hasPiscina, loadPiscina, needsPiscina } from '../../strategies/peers/piscina.pool.js';
import { median } from '../figures/figure.js';
import { workers } from './cells.js';
import { type Ruler, ratioOf, ratioRuler } from './ruler.js';

const rounds = 5;
const batches = 15;
const callsPerBatch = 50;
const manyTasks = 5_000;

/** What is timed: one call, and how many tasks are in it. */
interface Calls {
  readonly call: () => unknown;
  readonly tasks?: number;
  readonly perBatch?: number;
}

/** What it costs to give workers nothing to do: by shared memory, beside it by a message, and by piscina. */
export async function dispatch(): Promise<Ruler[]> {
  const { module } = await findKernel('square-minus-13');
  const { kernel, ref } = await loadKernel({ module, options: {} });
  // One more thread than the caller can be: with a single core there would be nobody to meet.
  const pool = await sharedPool({ kernel, ref, workers: Math.max(2, workers), engine: plainEngine(kernel) });
  const messages = await threadPool({ ref, workers: 1 });
  const peer = hasPiscina() ? await piscina(ref) : undefined;
  try {
    const id = pool.add(emptyLists(manyTasks));
    const meeting: Calls = { call: () => pool.meet() };
    const flying: Calls = { call: () => pool.compute(id), tasks: manyTasks, perBatch: 1 };
    const message = await perTaskNs({ call: () => messages.ask(0, { type: 'release' }) });
    return [
      { name: 'worker-threads: one empty message and its answer', seen: us(message) },
      ...(await beside('empty dispatch and join over all workers / one piscina task', meeting, peer?.one)),
      ...(await beside('empty tasks in flight, each / piscina’s', flying, peer?.many)),
    ];
  } finally {
    await Promise.all([pool.close(), messages.close(), peer?.close()]);
  }
}

/** Both in turns, round by round; without piscina ours alone. */
async function beside(what: string, ours: Calls, theirs: Calls | undefined): Promise<Ruler[]> {
  const seen: number[] = [];
  const name = `worker-threads-shared: ${what}`;
  if (theirs === undefined)
    return [{ name, seen: us(await perTaskNs(ours)), needs: `bar 0.35×: ${needsPiscina}` }];
  const noted = async (calls: Calls) => {
    const ns = await perTaskNs(calls);
    if (calls === ours) seen.push(ns);
    return ns;
  };
  const ratio = await ratioOf(
    rounds,
    () => noted(ours),
    () => noted(theirs),
  );
  return [{ name: `${name}, ours`, seen: us(median(seen)) }, ratioRuler(name, ratio, 0.35)];
}

async function piscina(ref: KernelRef) {
  const Piscina = await loadPiscina();
  const filename = fileURLToPath(new URL('../../strategies/peers/piscina.worker.js', import.meta.url));
  const pool = new Piscina({ filename, workerData: ref, minThreads: workers, maxThreads: workers });
  const one = () => pool.run(undefined, { name: 'ready' });
  const many = () => Promise.all(Array.from({ length: manyTasks }, one));
  await many();
  const calls: { one: Calls; many: Calls } = {
    one: { call: one },
    many: { call: many, tasks: manyTasks, perBatch: 1 },
  };
  return { ...calls, close: () => pool.destroy() };
}

async function perTaskNs({ call, tasks = 1, perBatch = callsPerBatch }: Calls): Promise<number> {
  const times: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    const began = process.hrtime.bigint();
    for (let i = 0; i < perBatch; i++) {
      const calling = call();
      // What blocks and returns nothing is not made to wait for a turn.
      if (calling !== undefined) await calling;
    }
    times.push(Number(process.hrtime.bigint() - began) / (perBatch * tasks));
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
