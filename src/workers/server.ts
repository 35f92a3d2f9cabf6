import type { Kernel } from '../contract/kernel.js';
import { loadKernel } from '../plugins/kernel.js';
import {
  type Batch,
  mark,
  type Reply,
  type Request,
  type Stamp,
  unmark,
  type WorkerSetup,
} from './messages.js';
import { GcMeter } from './meters.js';
import { PackedBuffers } from './packed.js';
import { nowNs, SpanLog } from './span-log.js';

/** What differs between a thread and a process, seen from inside the worker. */
export interface ServerChannel {
  /** `sent`: called when the last of it is written, where that takes longer than the call. */
  send(reply: Reply, sent?: () => void): void;
  /** CPU time of this process alone; 0 in a thread, whose process the driver measures itself. */
  cpuNs(): number;
  /** Peak memory of this process alone, likewise. Reading it costs tens of microseconds. */
  peakBytes(): number;
}

interface Slot {
  readonly input: number[][] | ColumnsBatch;
  readonly output: number[][] | Float64Array;
}

interface ColumnsBatch {
  readonly lengths: Uint32Array;
  readonly values: Float64Array;
}

/**
 * The worker's side of a pool, the same in a thread and in a process: loads the kernel, then answers requests.
 * Returns the handler for incoming messages.
 */
export async function serve(setup: WorkerSetup, channel: ServerChannel): Promise<(request: Request) => void> {
  const { kernel, plugin } = await loadKernel(setup.ref);
  const cuttable = plugin.split === 'elements';
  const gc = new GcMeter();
  const slots = new Map<number, Slot>();
  // The memory of one message's input is that of the next one's answer: nothing is fresh but at the beginning.
  const spare = setup.transfer ? new PackedBuffers(1) : undefined;
  let lastCpuNs = channel.cpuNs();
  let log: SpanLog | undefined;

  const stamp = (fromNs: number, toNs: number, lists: number, peakBytes = 0): Stamp => {
    const cpuNs = channel.cpuNs();
    const used = cpuNs - lastCpuNs;
    lastCpuNs = cpuNs;
    return { fromNs, toNs, lists, gcNs: takeGc(), cpuNs: used, peakBytes };
  };

  const takeGc = () => gc.take(undefined, (fromNs, toNs) => log?.gc.push([fromNs, toNs]));
  /** Answers, and notes where a call is traced: the kernel's work lay between `began` and `ended`. */
  const reply = (answer: Reply & { readonly type: 'done' }, fromNs: number, began: number, ended: number) => {
    if (log === undefined) return channel.send(answer);
    const { id } = answer;
    log.add('deserialise', fromNs, began, id);
    if (ended > began) log.add(kernel.kind === 'wait' ? 'wait' : 'compute', began, ended, id);
    channel.send(answer, () => log?.calledBack('transfer', id));
    log.add('serialise', ended, nowNs(), id);
  };

  const handle = async (request: Request): Promise<void> => {
    const { id } = request;
    const fromNs = log?.calledBack('deserialise', id) ?? nowNs();
    switch (request.type) {
      case 'run': {
        const input = unpack(request.batch);
        const began = nowNs();
        const output = await answer(kernel, cuttable, input, spare);
        const ended = nowNs();
        const batch = pack(input, output, setup.json);
        if (!Array.isArray(input)) spare?.giveBack(input.values);
        const done = { type: 'done', id, stamp: stamp(began, ended, sizeOf(input)), batch } as const;
        return reply(done, fromNs, began, ended);
      }
      case 'place': {
        const input = unpack(request.batch);
        slots.set(id, { input, output: outputsFor(kernel, input) });
        return channel.send({ type: 'done', id, stamp: stamp(fromNs, fromNs, 0) });
      }
      case 'compute': {
        let lists = 0;
        for (const slot of slots.values()) {
          await fill(kernel, cuttable, slot);
          lists += sizeOf(slot.input);
        }
        return channel.send({ type: 'done', id, stamp: stamp(fromNs, nowNs(), lists) });
      }
      case 'collect': {
        const slot = slots.get(request.placed);
        if (slot === undefined) throw new Error(`nothing was placed under number ${request.placed}`);
        const packed = pack(slot.input, slot.output, setup.json);
        // What is moved away would be gone from here.
        const batch = setup.transfer ? structuredClone(packed) : packed;
        return channel.send({ type: 'done', id, stamp: stamp(fromNs, fromNs, 0), batch });
      }
      case 'poison': {
        for (const slot of slots.values()) poison(kernel, slot);
        return channel.send({ type: 'done', id, stamp: stamp(fromNs, fromNs, 0) });
      }
      case 'release': {
        slots.clear();
        return channel.send({ type: 'done', id, stamp: stamp(fromNs, fromNs, 0) });
      }
      case 'collect-garbage': {
        const peakBytes = channel.peakBytes();
        globalThis.gc?.();
        // Else the collection would count as work on the next message.
        log?.since('pack');
        return channel.send({ type: 'done', id, stamp: stamp(fromNs, fromNs, 0, peakBytes) });
      }
      case 'start-trace': {
        takeGc();
        log = new SpanLog();
        return channel.send({ type: 'done', id, stamp: stamp(fromNs, fromNs, 0) });
      }
      case 'take-trace': {
        // Collections are told of when the event loop turns.
        for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
        const stamped = stamp(fromNs, fromNs, 0);
        const { spans, gc } = log ?? { spans: [], gc: [] };
        log = undefined;
        return channel.send({ type: 'done', id, stamp: stamped, trace: { spans, gc } });
      }
    }
  };

  channel.send({ type: 'ready' });
  return (request) => {
    handle(request).catch((cause: unknown) => {
      const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      channel.send({ type: 'failed', id: request.id, message });
    });
  };
}

function unpack(batch: Batch): number[][] | ColumnsBatch {
  if (batch.form === 'marked') return unmark(batch);
  return batch.form === 'lists' ? batch.lists : batch;
}

function sizeOf(input: number[][] | ColumnsBatch): number {
  return Array.isArray(input) ? input.length : input.lengths.length;
}

/** Fresh answers, by the same loop as for-loop's. */
async function answer(
  kernel: Kernel,
  cuttable: boolean,
  input: number[][] | ColumnsBatch,
  spare?: PackedBuffers,
): Promise<number[][] | Float64Array> {
  if (!Array.isArray(input)) {
    const slot = { input, output: outputsFor(kernel, input, spare) };
    await fill(kernel, cuttable, slot);
    return slot.output;
  }
  const answers: number[][] = new Array(input.length);
  for (let i = 0; i < input.length; i++) {
    const xs = input[i];
    if (kernel.kind === 'reduce') answers[i] = [kernel.list(xs)];
    else if (kernel.kind === 'wait') answers[i] = Array.from((await kernel.list(xs)) ?? xs);
    else if (kernel.fresh !== undefined) answers[i] = kernel.fresh(xs) as number[];
    else {
      answers[i] = xs.slice();
      kernel.list(xs, answers[i]);
    }
  }
  return answers;
}

function outputsFor(
  kernel: Kernel,
  input: number[][] | ColumnsBatch,
  spare?: PackedBuffers,
): number[][] | Float64Array {
  if (Array.isArray(input)) return input.map((xs) => (kernel.kind === 'reduce' ? [0] : xs.slice()));
  const length = kernel.kind === 'reduce' ? input.lengths.length : input.values.length;
  return spare?.take(length) ?? new Float64Array(length);
}

async function fill(kernel: Kernel, cuttable: boolean, { input, output }: Slot): Promise<void> {
  if (Array.isArray(input)) return fillLists(kernel, input, output as number[][]);
  const { lengths, values } = input;
  const out = output as Float64Array;
  // A view per list costs as much as 50 numbers: where lists may be cut they may be joined, too.
  if (kernel.kind === 'map' && cuttable) return kernel.list(values, out);
  for (let i = 0, at = 0; i < lengths.length; i++) {
    const end = at + lengths[i];
    const xs = values.subarray(at, end);
    if (kernel.kind === 'reduce') out[i] = kernel.list(xs);
    else if (kernel.kind === 'map') kernel.list(xs, out.subarray(at, end));
    else out.set((await kernel.list(xs)) ?? xs, at);
    at = end;
  }
}

async function fillLists(kernel: Kernel, input: number[][], output: number[][]): Promise<void> {
  for (let i = 0; i < input.length; i++) {
    if (kernel.kind === 'reduce') output[i][0] = kernel.list(input[i]);
    else if (kernel.kind === 'map' && kernel.fresh !== undefined)
      output[i] = kernel.fresh(input[i]) as number[];
    else if (kernel.kind === 'map') kernel.list(input[i], output[i]);
    else output[i] = Array.from((await kernel.list(input[i])) ?? input[i]);
  }
}

/** A process that answers in JSON cannot send typed arrays: they would arrive as objects. */
function pack(input: number[][] | ColumnsBatch, output: number[][] | Float64Array, json: boolean): Batch {
  if (Array.isArray(output)) return json ? mark(output) : { form: 'lists', lists: output };
  const lengths = (input as ColumnsBatch).lengths;
  return { form: 'columns', lengths, values: output };
}

/** Every output becomes NaN, and nothing else: what a kernel has made itself may be its input, or a list that it keeps. */
function poison(kernel: Kernel, { output }: Slot): void {
  if (!Array.isArray(output)) output.fill(Number.NaN);
  else if (makesOwnAnswers(kernel))
    for (let i = 0; i < output.length; i++) output[i] = new Array<number>(output[i].length).fill(Number.NaN);
  else for (const list of output) list.fill(Number.NaN);
}

/** Its answers are lists that it hands out, not outputs that it was given. */
function makesOwnAnswers(kernel: Kernel): boolean {
  return kernel.kind === 'wait' || (kernel.kind === 'map' && kernel.fresh !== undefined);
}
