import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { defineStrategy } from 'breakeven';
import { type EchoEnd, openEcho } from './echo.line.js';
import { echoSession } from './echo.session.js';
import { identityAlone } from './steps.session.js';

/** Messages to a forked process and back, the shares apart: see echo.session.ts. */
export default defineStrategy({
  title: 'messages to a forked process and back',
  family: 'processes',
  options: { serialization: ['json', 'advanced'] },
  footprint: { lists: 1, inFlight: { ints: 64, doubles: 140, columns: 140 } },
  supports: (_kernel, _plugin, _host, ref) => identityAlone(ref),
  open: async ({ options, signal }) => {
    const json = options.serialization !== 'advanced';
    return echoSession(await openEcho(processEnd(json ? 'json' : 'advanced'), signal), json);
  },
});

/** How long a process may take to end when its channel is closed. */
const endDeadlineMs = 500;

function processEnd(serialization: 'json' | 'advanced'): EchoEnd {
  const child = fork(fileURLToPath(new URL('./echo.process.js', import.meta.url)), {
    serialization,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    // A message that cannot be sent any more is answered by the end of the process.
    send: (asked) => void child.send(asked, () => {}),
    onSaid: (handler) => void child.on('message', handler),
    onEnd(handler) {
      child.on('error', ({ message }) => handler(message));
      child.on('exit', (code, signal) => handler(signal === null ? `exit code ${code}` : `signal ${signal}`));
    },
    async end() {
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), endDeadlineMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
