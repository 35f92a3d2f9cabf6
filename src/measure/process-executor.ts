import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parentSide } from '../process/channel.js';
import { endLeftover, type Leftover } from '../process/group.js';
import { type ProgramEnd, runProgram } from '../process/program.js';
import { leaveToReaper } from '../process/reaper/reaper.js';
import type { Outcome } from '../results/format.js';
import { outcomeSchema } from '../results/record.js';
import { problemOf, v } from '../results/valid.js';
import { type Spending, type SpentMs, spendings } from './cell/spent.js';
import { findDataFile } from './data-file.js';
import { readOutOfMemoryKills, readProcessRefusals } from './machine/cgroup.js';
import type { Executor } from './measure.js';
import type { CellData, CellOrder, ExpectedDigests } from './order.js';
import { lateWarning, neverUp, overTime, type Progress, recogniseRefusal } from './refusal.js';

export interface ProcessExecutorOptions {
  /** Processors that cells may run on, as `taskset -c` takes them: "0", "0-3", "0,2". */
  readonly cpus?: string;
  /** Further arguments for Node. */
  readonly nodeArgs?: readonly string[];
  /** Hears where the time of each cell's process went, and how long it was there. */
  onSpent?(ms: SpentMs, wholeMs: number): void;
}

/** Node is up in a twentieth of a second, on a busy machine in a few. One that was refused a thread may never be. */
const getUpMs = 30_000;

/** Measures each cell in a fresh Node process: nothing that V8 learnt in one cell reaches the next. */
export function processExecutor(options: ProcessExecutorOptions = {}): Executor {
  const expected = new Map<string, ExpectedDigests>();
  const runOnce = async (order: CellOrder, data: CellData, signal: AbortSignal): Promise<Outcome> => {
    const question = questionOf(order);
    const before = { kills: readOutOfMemoryKills(), refusals: readProcessRefusals() };
    let outcome: Outcome | undefined;
    let problem: string | undefined;
    let startedAt: number | undefined;
    let oneShotNs: number | undefined;
    const leftovers = new Map<Leftover, () => void>();
    let spentMs: SpentMs | undefined;
    const beganMs = performance.now();
    const parent = parentSide();
    // Its own, since one that lives as long as the run would keep hold of every cell.
    const ending = new AbortController();
    const interrupt = () => ending.abort();
    signal.addEventListener('abort', interrupt, { once: true });
    if (signal.aborted) interrupt();
    let lingering: NodeJS.Timeout | undefined;
    const end = await runProgram({
      command: commandFor(order, options),
      message: parent.first({ ...order, data, expected: expected.get(question) }),
      deadlineMs: order.limitMs,
      firstWordMs: getUpMs,
      warning: lateWarning,
      signal: ending.signal,
      onMessage: (message) => {
        const body = parent.bodyOf(message);
        // A plug-in that speaks for its cell is not believed.
        if (body === undefined || outcome !== undefined) return;
        const said = readCellMessage(body);
        if (said.type === 'none') problem = said.problem;
        else if (said.type === 'started') startedAt = performance.now();
        else if (said.type === 'spent') spentMs = said.ms;
        else if (said.type === 'one-shot') oneShotNs = said.totalNs;
        else if (said.type === 'expected') expected.set(question, said.digests);
        else if (said.type === 'leftover') leftovers.set(said.leftover, leaveToReaper(said.leftover));
        else if (said.type === 'outcome') {
          outcome = said.outcome as Outcome;
          // It ends by itself; what a plug-in does when its process ends may take for ever.
          lingering = setTimeout(interrupt, lingerMs);
        }
      },
    });
    clearTimeout(lingering);
    if (spentMs !== undefined) options.onSpent?.(spentMs, performance.now() - beganMs);
    signal.removeEventListener('abort', interrupt);
    // With an outcome it has ended them itself, and others may have their ids by now.
    if (outcome === undefined) for (const each of leftovers.keys()) endLeftover(each);
    for (const isDone of leftovers.values()) isDone();
    const sinceStartMs = startedAt === undefined ? undefined : performance.now() - startedAt;
    const answer: Outcome | undefined =
      outcome === undefined && problem !== undefined
        ? {
            status: 'crashed',
            message: `its process answered otherwise than a cell does (${problem}): does a plug-in change what is built in?`,
          }
        : outcome;
    return recogniseRefusal(
      withoutPause(answer ?? outcomeOf(end, order, { sinceStartMs, oneShotNs }), end.pausedMs),
      {
        heapMegabytes: order.heapMegabytes,
        hasStarted: startedAt !== undefined,
        killsForMemory: readOutOfMemoryKills() > before.kills,
        refusedProcesses: readProcessRefusals() > before.refusals,
      },
    );
  };
  return {
    run: async (order, signal) => {
      const data = await dataOf(order);
      const outcome = await runOnce(order, data, signal);
      // Its file was cleaned away between our look and its own: it is no crash of the strategy.
      const isGone = outcome.status === 'crashed' && data.kind === 'file' && !existsSync(data.path);
      return isGone && !signal.aborted ? runOnce(order, await dataOf(order), signal) : outcome;
    },
  };
}

/** A cell that has answered has so long to end. */
const lingerMs = 5_000;
/** An outcome that says how long the cell was paused; a bound without that time. */
function withoutPause(outcome: Outcome, pausedMs: number | undefined): Outcome {
  if (pausedMs === undefined) return outcome;
  if (outcome.status !== 'limit' || outcome.boundNs === undefined) return { ...outcome, pausedMs };
  return { ...outcome, boundNs: Math.max(0, outcome.boundNs - pausedMs * 1e6), pausedMs };
}

/** The order's data, with the place where its file lies now. */
async function dataOf({ data }: CellOrder): Promise<CellData> {
  return data.kind === 'file' ? { ...data, path: await findDataFile(data.path) } : data;
}

/** Cells with the same data, kernel and meaning of `breakeven` have the same right answers, whatever their strategy. */
function questionOf({ data, from, kernel, self }: CellOrder): string {
  return JSON.stringify([data, from, kernel, self]);
}

function commandFor(order: CellOrder, { cpus, nodeArgs }: ProcessExecutorOptions): [string, ...string[]] {
  const entry = fileURLToPath(new URL('./cell/main.js', import.meta.url));
  const node = [
    process.execPath,
    '--expose-gc',
    `--max-old-space-size=${order.heapMegabytes}`,
    ...(nodeArgs ?? []),
    entry,
  ];
  return cpus === undefined ? (node as [string, ...string[]]) : ['taskset', '-c', cpus, ...node];
}

/** What it means that a cell's process ended without an outcome. */
function outcomeOf(end: ProgramEnd, order: CellOrder, progress: Progress): Outcome {
  switch (end.kind) {
    case 'deadline':
      return overTime(progress, order.limitMs);
    case 'aborted':
      return { status: 'skipped', message: 'the run was interrupted' };
    case 'silent':
      return neverUp(getUpMs);
    case 'not started':
      return { status: 'crashed', message: `its process could not be started: ${end.message}` };
    case 'killed':
    case 'exited':
      return crashed(end);
  }
}

function crashed(end: Extract<ProgramEnd, { kind: 'killed' | 'exited' }>): Outcome {
  const { stderrTail } = end;
  if (end.kind === 'killed')
    return {
      status: 'crashed',
      message: `its process was ended by ${end.signal}`,
      signal: end.signal,
      stderrTail,
    };
  const message = `its process ended with exit code ${end.exitCode} before it had an answer`;
  return { status: 'crashed', message, exitCode: end.exitCode, stderrTail };
}

const spentEntries = Object.fromEntries(
  spendings.map((spending) => [spending, v.number()] as const),
) as Record<Spending, ReturnType<typeof v.number>>;

/** What a cell's process says to the driver, which believes nothing else. */
const cellMessageSchema = v.variant('type', [
  /** It is up: Node has got the threads that it needs. */
  v.object({ type: v.literal('up') }),
  /** Its first session begins. */
  v.object({ type: v.literal('started') }),
  v.object({ type: v.literal('one-shot'), totalNs: v.number() }),
  v.object({ type: v.literal('spent'), ms: v.object(spentEntries) }),
  /** The right answers were computed here: cells that come after need not do it again. */
  v.object({
    type: v.literal('expected'),
    digests: v.object({ data: v.string(), flipped: v.string() }),
  }),
  /** Something to end or remove should this process be killed. */
  v.object({
    type: v.literal('leftover'),
    leftover: v.variant('kind', [
      v.object({ kind: v.literal('group'), group: v.pipe(v.number(), v.integer(), v.minValue(2)) }),
      v.object({ kind: v.literal('folder'), folder: v.string() }),
    ]),
  }),
  v.object({ type: v.literal('outcome'), outcome: outcomeSchema }),
]);

/** `problem`: what is wrong with a message that is none. */
export function readCellMessage(
  said: unknown,
): v.InferOutput<typeof cellMessageSchema> | { readonly type: 'none'; readonly problem: string } {
  const result = v.safeParse(cellMessageSchema, said, { abortEarly: true });
  return result.success ? result.output : { type: 'none', problem: problemOf(result) ?? 'unknown' };
}
