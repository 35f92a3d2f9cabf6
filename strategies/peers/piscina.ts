import { fileURLToPath } from 'node:url';
import {
  type Columns,
  type Dictionary,
  defineStrategy,
  isLists,
  type Lists,
  type RunSession,
} from 'breakeven';
import { hasPiscina, loadPiscina, needsPiscina, type PiscinaPool } from './piscina.pool.js';

/** So much of what a thread wrote before it died is told. */
const tailLength = 1_000;

/** The pool that most people take, used as its README shows: a task per list, all of them at once. */
export default defineStrategy({
  title: 'piscina, a task per list',
  family: 'threads',
  // As worker-threads, whose messages are the same, and all of them are in flight at once.
  footprint: { lists: 1, inFlight: { ints: 32, doubles: 124, columns: 28 } },
  supports: () => hasPiscina() || { reason: `skipped: ${needsPiscina}` },
  async open({ ref, workers, signal }): Promise<RunSession> {
    const Piscina = await loadPiscina();
    const pool = new Piscina({
      filename: fileURLToPath(new URL('./piscina.worker.js', import.meta.url)),
      workerData: ref,
      minThreads: workers,
      maxThreads: workers,
    });
    const lastWords = listenTo(pool);
    let closing: Promise<void> | undefined;
    const close = () => {
      signal.removeEventListener('abort', close);
      closing ??= pool.destroy();
      return closing;
    };
    signal.addEventListener('abort', close, { once: true });
    try {
      // One for each thread, since none is given two while another has none.
      await Promise.all(Array.from({ length: workers }, () => pool.run(undefined, { name: 'ready' })));
    } catch (cause) {
      await close();
      throw withLastWords(cause, lastWords());
    }
    return {
      run: (input) =>
        answersTo(pool, input).catch((cause: unknown) => {
          throw withLastWords(cause, lastWords());
        }),
      close,
    };
  },
});

async function answersTo(pool: PiscinaPool, input: Dictionary): Promise<Dictionary> {
  if (isLists(input)) {
    const answers = await Promise.all([...input.values()].map((list) => pool.run(list)));
    let i = 0;
    const dictionary: Lists = new Map();
    for (const key of input.keys()) dictionary.set(key, listOf(answers[i++]));
    return dictionary;
  }
  const { keys, offsets, values } = input;
  const answers = await Promise.all(
    keys.map((_, i) => {
      // A view would be cloned with the whole buffer behind it.
      const list = values.slice(offsets[i], offsets[i + 1]);
      return pool.run(list, { transferList: [list.buffer] });
    }),
  );
  return packed(keys, answers);
}

function packed(keys: Columns['keys'], answers: readonly unknown[]): Columns {
  const lists = answers.map((answer) => (typeof answer === 'number' ? [answer] : (answer as Float64Array)));
  const offsets = new Uint32Array(keys.length + 1);
  for (let i = 0; i < lists.length; i++) offsets[i + 1] = offsets[i] + lists[i].length;
  const values = new Float64Array(offsets[keys.length]);
  for (let i = 0; i < lists.length; i++) values.set(lists[i], offsets[i]);
  return { keys, offsets, values };
}

function listOf(answer: unknown): number[] {
  if (typeof answer === 'number') return [answer];
  return Array.isArray(answer) ? answer : Array.from(answer as Float64Array);
}

/** Collects what the threads write on stderr: piscina says no more of a dead one than its exit code. */
function listenTo(pool: PiscinaPool): () => string {
  let tail = '';
  for (const { stderr } of pool.threads)
    stderr.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-tailLength);
    });
  // Told of a thread that dies without a task: whatever is asked next rejects.
  pool.on('error', () => {});
  return () => tail.trim();
}

function withLastWords(cause: unknown, words: string): Error {
  const message = (cause instanceof Error ? cause.message : String(cause)).replace(
    'exited with code: ',
    'ended with exit code ',
  );
  return new Error(words === '' ? message : `${message}: ${words}`, { cause });
}
