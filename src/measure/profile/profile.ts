import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Account } from '../../contract/scenario.js';
import { makeFolder } from '../../files/make-folder.js';
import { parentSide } from '../../process/channel.js';
import { runProgram } from '../../process/program.js';
import { problemOf, v } from '../../results/valid.js';
import { findDataFile } from '../data-file.js';
import type { CellOrder } from '../order.js';
import { type CpuProfile, computeSelfTimes, readCpuProfile, type SelfTime } from './self-times.js';

/** What the process of a profile needs. */
export interface ProfileOrder {
  readonly cell: CellOrder;
  readonly account: Account;
  readonly warmupMs: number;
  readonly workMs: number;
}

const messageSchema = v.variant('type', [
  /** It worked from the one to the other, in µs of the profiler's clock. */
  v.object({
    type: v.literal('worked'),
    calls: v.pipe(v.number(), v.integer(), v.minValue(1)),
    fromUs: v.number(),
    toUs: v.number(),
  }),
  v.object({ type: v.literal('failed'), message: v.string() }),
]);

export type ProfileMessage = v.InferOutput<typeof messageSchema>;

/** Where the time of one cell goes. */
export type CellProfile =
  | {
      readonly kind: 'profiled';
      readonly calls: number;
      readonly selfTimes: readonly SelfTime[];
      /** One of each thread and process that was at work, as Node wrote it. */
      readonly profiles: readonly CpuProfile[];
    }
  /** `message`: why, without a full stop. */
  | { readonly kind: 'failed'; readonly message: string };

const main = fileURLToPath(new URL('./main.js', import.meta.url));

/** Between two samples. Node's default of 1 ms would see a thousand in a second. */
const everyUs = 200;
const warmupMs = 300;
const workMs = 1_000;
/** Beyond the cell's own limit: Node starts, warms up, works and writes what it saw. */
const extraMs = 30_000;

/**
 * Does a cell's work in a process of its own under Node's profiler (`--cpu-prof`, which its worker threads and forked
 * processes inherit), and adds up where it was seen. `folder`: an empty one of our own, for what Node writes. Whatever goes wrong is
 * told, not thrown.
 */
export async function profileCell(
  order: CellOrder,
  account: Account,
  folder: string,
  signal: AbortSignal,
): Promise<CellProfile> {
  makeFolder(folder);
  const data =
    order.data.kind === 'file' ? { ...order.data, path: await findDataFile(order.data.path) } : order.data;
  const parent = parentSide();
  let said: ProfileMessage | undefined;
  const end = await runProgram({
    command: [
      process.execPath,
      `--max-old-space-size=${order.heapMegabytes}`,
      '--cpu-prof',
      `--cpu-prof-dir=${folder}`,
      `--cpu-prof-interval=${everyUs}`,
      main,
    ],
    message: parent.first({ cell: { ...order, data }, account, warmupMs, workMs } satisfies ProfileOrder),
    deadlineMs: order.limitMs + extraMs,
    signal,
    onMessage: (message) => {
      const body = parent.bodyOf(message);
      if (body === undefined || said !== undefined) return;
      const result = v.safeParse(messageSchema, body);
      said = result.success
        ? result.output
        : { type: 'failed', message: `its process said something else (${problemOf(result)})` };
    },
  });
  if (said === undefined) return { kind: 'failed', message: `its process had no answer (${end.kind})` };
  if (said.type === 'failed') return { kind: 'failed', message: said.message };
  const names = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'));
  if (names.length === 0) return { kind: 'failed', message: 'Node wrote no profile' };
  const window = { fromUs: said.fromUs, toUs: said.toUs };
  // Node has threads of its own, which had nothing to do.
  const profiles = names
    .sort()
    .map((name) => readCpuProfile(join(folder, name)))
    .filter((profile) => computeSelfTimes([profile], window).length > 0);
  return { kind: 'profiled', calls: said.calls, selfTimes: computeSelfTimes(profiles, window), profiles };
}
