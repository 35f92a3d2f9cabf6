import { type Dictionary, isLists } from '../contract/dictionary.js';
import type { OpenRequest, Placed, StagedSession } from '../contract/strategy.js';
import { lengthsOf, longestFirst, mostListsSent, partition } from '../dictionary/partition.js';
import { AnswerSink, type DataSource, sourceOf } from './exchange.js';
import type { Batch } from './messages.js';
import { PackedBuffers } from './packed.js';
import type { Pool, WithoutId } from './pool.js';
import { trace } from './registry.js';

interface Range {
  readonly from: number;
  readonly to: number;
}

interface Job {
  readonly range: Range;
  readonly request: WithoutId;
}

/** A part of the data that one worker keeps: `id` is its number there. */
interface Part {
  readonly range: Range;
  readonly worker: number;
  readonly id: number;
}

/**
 * The session of every strategy that sends lists to workers and gets lists back. `run` overlaps sending, computing
 * and receiving; the stages keep the data in the workers, so that `compute` alone moves nothing.
 */
export function pooledSession(pool: Pool, { kernel, chunk, workers }: OpenRequest): StagedSession {
  const reduces = kernel.kind === 'reduce';
  // Two messages in each worker's hands, and one that is being packed or unpacked.
  const buffers = pool.transfer ? new PackedBuffers(2 * pool.workers + 1) : undefined;
  const rangesOf = (input: Dictionary, lengths: Uint32Array) => {
    const asLists = pool.json || (isLists(input) && !pool.transfer);
    return longestFirst(partition(lengths, chunk, workers, asLists ? mostListsSent : undefined), lengths);
  };
  return {
    run: async (input) => {
      const source = trace('pack', () => sourceOf(input, pool.json, buffers));
      const sink = trace('merge', () => new AnswerSink(input, reduces, buffers));
      const ranges = trace('pack', () => rangesOf(input, source.lengths));
      await pool.dispatch(
        takeInTurn(ranges, (batch) => ({ type: 'run', batch }), source),
        ({ range }, { batch }) => sink.put(range, batch),
      );
      return trace('merge', () => sink.dictionary());
    },
    place: async (input) => place(pool, input, rangesOf(input, lengthsOf(input)), reduces, buffers),
    close: () => pool.close(),
  };
}

async function place(
  pool: Pool,
  input: Dictionary,
  ranges: readonly Range[],
  reduces: boolean,
  buffers: PackedBuffers | undefined,
): Promise<Placed> {
  const source = sourceOf(input, pool.json, buffers);
  const queues = shareOut(ranges, source.lengths, pool.workers);
  const parts: Part[] = [];
  await pool.dispatch<Job>(
    (worker) => {
      const range = queues[worker].shift();
      return range && { range, request: { type: 'place', batch: source.batch(range) } };
    },
    ({ range }, { id }, worker) => parts.push({ range, worker, id }),
  );
  const askAll = async (request: WithoutId) => {
    await Promise.all(Array.from({ length: pool.workers }, (_, worker) => pool.ask(worker, request)));
  };
  return {
    compute: () => askAll({ type: 'compute' }),
    collect: async () => {
      const sink = new AnswerSink(input, reduces, buffers);
      const left = Array.from({ length: pool.workers }, (_, worker) =>
        parts.filter((part) => part.worker === worker),
      );
      await pool.dispatch(
        (worker) => {
          const part = left[worker].shift();
          return part && { range: part.range, request: { type: 'collect', placed: part.id } as const };
        },
        ({ range }, { batch }) => sink.put(range, batch),
      );
      return sink.dictionary();
    },
    poison: () => askAll({ type: 'poison' }),
    release: () => askAll({ type: 'release' }),
  };
}

/** Dynamic dispatch: whichever worker is free takes the next range. */
function takeInTurn(ranges: readonly Range[], request: (batch: Batch) => WithoutId, source: DataSource) {
  let next = 0;
  return (): Job | undefined => {
    if (next >= ranges.length) return undefined;
    const range = ranges[next++];
    return { range, request: request(source.batch(range)) };
  };
}

/** Static shares for data that stays: each range, the long ones first, goes to the worker that has the fewest elements. */
function shareOut(ranges: readonly Range[], lengths: Uint32Array, workers: number): Range[][] {
  const queues: Range[][] = Array.from({ length: workers }, () => []);
  const loads = new Array<number>(workers).fill(0);
  for (const range of ranges) {
    const worker = loads.indexOf(Math.min(...loads));
    queues[worker].push(range);
    for (let i = range.from; i < range.to; i++) loads[worker] += lengths[i];
  }
  return queues;
}
