import type { SerializationType } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endProcess, forkModule } from '../process/fork.js';
import { drained } from '../process/stderr-tail.js';
import { endDeadlineMs, isTyped, type Lane, type Reply, type WorkerSetup } from './messages.js';
import { callersLog } from './registry.js';

/** Starts one worker process; thread-lane.ts is its twin. */
export function processLane(setup: WorkerSetup, serialization: SerializationType): Lane {
  const path = fileURLToPath(new URL('./process-worker.js', import.meta.url));
  const { child, stderrTail } = forkModule(path, [JSON.stringify(setup)], serialization);
  let ending = false;
  let failure: Error | undefined;
  let died: (cause: Error) => void = () => {};
  let replied: (reply: Reply) => void = () => {};

  const ready = new Promise<void>((resolve, reject) => {
    const fail = (cause: Error) => {
      reject(cause);
      if (!ending) died(cause);
    };
    child.on('message', (reply) => {
      if (!isTyped(reply)) return;
      if (reply.type === 'ready') resolve();
      else replied(reply as Reply);
    });
    child.on('error', (cause) => {
      failure = cause;
      if (child.pid === undefined) fail(cause);
    });
    child.on('exit', async (code, signal) => {
      if (ending) return;
      // What it wrote before it died may still be in the pipe.
      await drained(child.stderr);
      const detail = failure?.message ?? stderrTail();
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      fail(new Error(`worker process ended with ${how}${detail && `: ${detail}`}`, { cause: failure }));
    });
  });
  return {
    ready,
    send: (request) => {
      // A message that cannot be sent any more is answered by the worker's death, which rejects the job.
      child.send(request, () => callersLog()?.calledBack('transfer', request.id));
    },
    onReply: (handler) => {
      replied = handler;
    },
    onDeath: (handler) => {
      died = handler;
    },
    end: async () => {
      ending = true;
      if (child.connected) child.disconnect();
      await endProcess(child, endDeadlineMs);
    },
  };
}
