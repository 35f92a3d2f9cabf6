import { tmpdir } from 'node:os';
import { runCommandLine } from '../../../src/cli/command-line.js';
import type { Answered, CommandLine } from './one-process.js';

/* Entry of the process that takes many command lines. What each says is caught where the program writes it. */
let before = Promise.resolve();

process.on('message', ({ id, args, cwd }: CommandLine) => {
  before = before.then(async () => {
    process.chdir(cwd);
    process.env.HOME = cwd;
    process.env.BREAKEVEN_CACHE = cwd;
    const said = { stdout: '', stderr: '' };
    const release = [catchWrites('stdout', said), catchWrites('stderr', said)];
    const code = await runCommandLine(args);
    for (const each of release) each();
    // The folder is its test's to remove.
    process.chdir(tmpdir());
    process.send?.({ id, code, ...said } satisfies Answered);
  });
});
// Nothing that a command line left behind may keep it.
process.on('disconnect', () => process.exit());

/** Until the function that it returns is called, what is written to the stream is kept instead. */
function catchWrites(name: 'stdout' | 'stderr', said: Record<typeof name, string>): () => void {
  const { write } = process[name];
  process[name].write = (text: string | Uint8Array) => {
    said[name] += text;
    return true;
  };
  return () => {
    process[name].write = write;
  };
}
