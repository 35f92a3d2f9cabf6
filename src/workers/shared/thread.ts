import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { loadKernel } from '../../plugins/kernel.js';
import { importDefault } from '../../plugins/load-module.js';
import { sealPort } from '../../process/seal.js';
import { GcMeter } from '../meters.js';
import { nowNs, SpanLog } from '../span-log.js';
import { type Area, type AreaKernel, type EngineModule, plainEngine, runUnit } from './area.js';
import { Board, collectGarbage, startTrace, takeTrace } from './board.js';
import type { AreaNotice, ThreadReply, ThreadSetup } from './messages.js';

/* Entry of a thread that takes units of work from shared memory. pool.ts is the caller's side. */
const port = parentPort;
if (port === null) throw new Error('shared/thread.js runs only as a worker thread');

/**
 * How often a thread looks for work before it sleeps: for about 50 µs, longer than the caller takes to wake (10 µs, in a
 * virtual machine 20). With fewer looks a pair that has once slept goes on to wake each other at every call, 40 µs each,
 * instead of 0.4.
 */
const lookAgain = 40_000;

const { ref, engine: engineHref, board: buffer, workers, thread } = workerData as ThreadSetup;
const board = new Board(workers, buffer);
const post = sealPort(port);
const say = (reply: ThreadReply) => post(reply);

const { kernel } = await loadKernel(ref);
const engineModule =
  engineHref === undefined ? plainEngine : ((await importDefault(engineHref, 'engine')) as EngineModule);
const engine = engineModule(kernel);
const reduces = kernel.kind === 'reduce';
const gc = new GcMeter();
let log: SpanLog | undefined;
const areas = new Map<number, { readonly area: Area; readonly kernel: AreaKernel }>();

say({ type: 'ready' });
for (;;) {
  const news = board.news;
  work();
  const question = board.questionFor(thread);
  if (question === undefined) {
    if (!somethingNew(news)) board.sleep(news);
    continue;
  }
  if (question === collectGarbage) {
    readNotices();
    globalThis.gc?.();
    await noteGc();
  } else if (question === startTrace) {
    await noteGc();
    log = new SpanLog();
  } else if (question === takeTrace) {
    await noteGc();
    say({ type: 'traced', trace: { spans: log?.spans ?? [], gc: log?.gc ?? [] } });
    log = undefined;
  }
  board.answer(thread);
}

/** The observer is told of collections when the event loop turns, which it does nowhere else. */
async function noteGc(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
  board.spendGc(
    thread,
    gc.take(undefined, (fromNs, toNs) => log?.gc.push([fromNs, toNs])),
  );
}

function work(): void {
  const fromNs = log === undefined ? 0 : nowNs();
  let began = performance.now();
  let units = 0;
  for (let unit = board.take(); unit >= 0; unit = board.take()) {
    let lists = 0;
    try {
      const known = areaOf(board.area);
      lists = runUnit(known.area, known.kernel, reduces, unit);
    } catch (cause) {
      say({
        type: 'failed',
        message: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      });
      board.fail();
    }
    // One look at the clock per unit: what lies between two units is a few dozen nanoseconds.
    const ended = performance.now();
    board.spend(thread, (ended - began) * 1e6, lists);
    began = ended;
    units++;
    board.finish();
  }
  if (units > 0) log?.add('compute', fromNs, nowNs());
}

function somethingNew(news: number): boolean {
  for (let look = 0; look < lookAgain; look++) if (board.news !== news) return true;
  return false;
}

function areaOf(id: number) {
  if (!areas.has(id)) readNotices();
  const known = areas.get(id);
  if (known === undefined) throw new Error(`thread ${thread + 1} was never told of area ${id}`);
  return known;
}

function readNotices(): void {
  for (;;) {
    const notice = receiveMessageOnPort(port as NonNullable<typeof port>)?.message as AreaNotice | undefined;
    if (notice === undefined) return;
    if (notice.type === 'area') areas.set(notice.id, { area: notice.area, kernel: engine(notice.area) });
    else areas.delete(notice.id);
  }
}
