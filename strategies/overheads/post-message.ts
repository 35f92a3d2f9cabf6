import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { defineStrategy, isLists, type StagedSession, toColumns, toLists } from 'breakeven';
import { type Echo, type EchoEnd, openEcho } from './echo.line.js';
import { echoSession } from './echo.session.js';
import { identityAlone } from './steps.session.js';

/**
 * postMessage to a worker thread and back: lists (the shares apart, see echo.session.ts), or a packed array, copied or
 * moved (place packs, compute is the round trip, collect unpacks).
 */
export default defineStrategy({
  title: 'postMessage to a thread and back',
  family: 'threads',
  options: { data: ['lists', 'packed', 'moved'] },
  footprint: { lists: 1, columns: 3, inFlight: { ints: 46, doubles: 124, columns: 124 } },
  supports: (_kernel, _plugin, _host, ref) => identityAlone(ref),
  open: async ({ options, signal }) => {
    const echo = await openEcho(threadEnd(options.data === 'moved'), signal);
    return options.data === 'lists'
      ? echoSession(echo, false)
      : packedSession(echo, options.data === 'moved');
  },
});

function threadEnd(moved: boolean): EchoEnd {
  const worker = new Worker(new URL('./echo.thread.js', import.meta.url), {
    // A worker's default heap limit is far below the main thread's: give it the same.
    resourceLimits: { maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20) },
  });
  let problem = '';
  worker.on('error', ({ message }) => {
    problem = `: ${message}`;
  });
  return {
    send: (asked, buffer) => worker.postMessage({ ...asked, moved }, buffer === undefined ? [] : [buffer]),
    onSaid: (handler) => void worker.on('message', handler),
    onEnd: (handler) => void worker.on('exit', (code) => handler(`exit code ${code}${problem}`)),
    end: async () => void (await worker.terminate()),
  };
}

function packedSession(echo: Echo, moved: boolean): StagedSession {
  return {
    place(input) {
      const { keys, offsets, values } = isLists(input) ? toColumns(input) : input;
      // What is moved has no length any more.
      const { length } = values;
      // What is moved is gone here: columns are the user's, and stay whole.
      let source = (isLists(input) || !moved ? values : values.slice()) as Float64Array<ArrayBuffer>;
      let made = new Float64Array();
      return {
        async compute() {
          const said = await echo.ask({ do: 'return', values: source }, moved ? source.buffer : undefined);
          made = (said as { readonly values: Float64Array<ArrayBuffer> }).values;
          if (moved) source = made;
        },
        collect: () =>
          isLists(input)
            ? toLists({ keys, offsets, values: made })
            : { keys, offsets: offsets.slice(), values: made.slice() },
        poison() {
          made = new Float64Array(length).fill(Number.NaN);
        },
      };
    },
    close: () => echo.close(),
  };
}
