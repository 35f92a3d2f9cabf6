import { fileURLToPath } from 'node:url';
import { InputError, RunError } from '../contract/errors.js';
import { parentSide } from '../process/channel.js';
import { runProgram } from '../process/program.js';
import { v } from '../results/valid.js';
import type { PluginKind } from './contract-test.js';
import type { CaseResult } from './result.js';

export interface ContractOrder {
  readonly module: string;
  readonly deadlineMs: number;
}

const resultSchema = v.variant('status', [
  v.object({ case: v.string(), status: v.literal('passed') }),
  v.object({ case: v.string(), status: v.literal('failed'), problem: v.string(), hung: v.boolean() }),
  v.object({ case: v.string(), status: v.literal('skipped'), reason: v.string() }),
]) satisfies v.GenericSchema<unknown, CaseResult>;

export const contractMessageSchema = v.variant('type', [
  v.object({ type: v.literal('kind'), kind: v.picklist(['strategy', 'kernel', 'scenario']) }),
  v.object({ type: v.literal('result'), result: resultSchema }),
  v.object({ type: v.literal('done') }),
  v.object({ type: v.literal('bad input'), message: v.string() }),
]);

export type ContractMessage = v.InferOutput<typeof contractMessageSchema>;

export interface IsolatedOptions {
  /** How long one call of the plug-in may take. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  onResult(result: CaseResult): void;
}

/** A case makes several calls, each with a deadline of its own: only what blocks the process is silent for longer. */
const deadlinesPerCase = 6;

/**
 * The contract test in a process of its own: what blocks it or exits there becomes a failed case. Resolves to what the
 * file turned out to be; a scenario is not tested here. Throws an InputError where the file is no plug-in.
 */
export async function testIsolated(module: string, options: IsolatedOptions): Promise<PluginKind> {
  const { deadlineMs = 10_000, signal, onResult } = options;
  const silence = new AbortController();
  const silentMs = deadlinesPerCase * deadlineMs;
  let timer = setTimeout(() => silence.abort(), silentMs);
  let kind: PluginKind | undefined;
  let badInput: string | undefined;
  let last = 'the first case';
  let done = false;
  const parent = parentSide();
  const end = await runProgram({
    command: [process.execPath, '--expose-gc', fileURLToPath(new URL('./main.js', import.meta.url))],
    message: parent.first({ module, deadlineMs } satisfies ContractOrder),
    deadlineMs: Number.POSITIVE_INFINITY,
    signal: signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]),
    onMessage: (said) => {
      const heard = v.safeParse(contractMessageSchema, parent.bodyOf(said));
      if (!heard.success) return;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), silentMs);
      const message = heard.output;
      if (message.type === 'kind') kind = message.kind;
      else if (message.type === 'bad input') badInput = message.message;
      else if (message.type === 'done') done = true;
      else {
        last = `the case after “${message.result.case}”`;
        onResult(message.result);
      }
    },
  });
  clearTimeout(timer);
  // Whoever aborted knows it: it is no failure of the plug-in.
  if (signal?.aborted) return kind ?? 'scenario';
  if (badInput !== undefined) throw new InputError(badInput);
  if (done || kind === 'scenario') return kind ?? 'scenario';
  // SIGKILL comes from outside (somebody, the machine's own killer): nothing was found out.
  if (end.kind === 'killed' && end.signal === 'SIGKILL' && kind === undefined)
    throw new RunError(
      'while it was imported, its process was ended by SIGKILL, and nothing was tested. Try again; if that does not help, look for what ends it.',
    );
  const how = silence.signal.aborted
    ? `it blocked its process for ${silentMs / 1_000} s: is there a loop without an end?`
    : `its process ended (${describe(end)}): a plug-in must throw or reject, never end the process`;
  if (kind === undefined) throw new InputError(`while it was imported, ${how}`);
  onResult({ case: last, status: 'failed', problem: how, hung: true });
  return kind;
}

function describe(end: Awaited<ReturnType<typeof runProgram>>): string {
  const tail = 'stderrTail' in end && end.stderrTail !== '' ? `: ${end.stderrTail}` : '';
  if (end.kind === 'exited') return `exit code ${end.exitCode}${tail}`;
  return end.kind === 'killed' ? `signal ${end.signal}${tail}` : end.kind;
}
