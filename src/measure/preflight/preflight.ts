import { fileURLToPath } from 'node:url';
import { InputError } from '../../contract/errors.js';
import type { KernelRef, Options } from '../../contract/kernel.js';
import { runProgram } from '../../process/program.js';
import type { PreflightMessage } from './main.js';
import type { PreflightOrder } from './order.js';
import type { ProbeResult } from './probe.js';

/** A kernel that needs longer than this for a few lists would not finish a sweep. */
const patientMs = 30_000;

/** Tries the user's kernel on its data in a process of its own. Throws an InputError that says what is wrong with it. */
export async function probeKernel(
  order: Omit<PreflightOrder & { type: 'probe' }, 'type'>,
  name: string,
  deadlineMs = patientMs,
): Promise<ProbeResult> {
  const message = await ask({ type: 'probe', ...order }, `kernel ${name}`, deadlineMs);
  return message.type === 'probed' ? message.result : {};
}

/** Has the kernel measure this machine, in a fresh process. */
export async function calibrateKernel(kernel: KernelRef, name: string): Promise<Options> {
  const message = await ask({ type: 'calibrate', kernel }, `kernel ${name}`, patientMs);
  return message.type === 'calibrated' ? message.options : {};
}

async function ask(order: PreflightOrder, what: string, deadlineMs: number): Promise<PreflightMessage> {
  let answer: PreflightMessage | undefined;
  const end = await runProgram({
    command: [process.execPath, '--expose-gc', fileURLToPath(new URL('./main.js', import.meta.url))],
    message: order,
    deadlineMs,
    onMessage: (message) => {
      answer = message as PreflightMessage;
    },
  });
  if (answer?.type === 'failed') throw new InputError(`${what}: ${answer.message}`);
  if (answer !== undefined) return answer;
  if (end.kind === 'deadline')
    throw new InputError(
      `${what} did not finish ${'timed' in order ? 'a list, tried twice,' : 'a few lists'} within ${deadlineMs / 1_000} s: does it ever return?`,
    );
  const detail = 'stderrTail' in end ? end.stderrTail : '';
  throw new InputError(`${what}: its process ended (${end.kind}) before it answered. ${detail}`.trim());
}
