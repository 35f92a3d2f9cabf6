import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import workerThreads from 'node:worker_threads';

/*
 * Loaded before the tests of pure functions (`npm run test:fast`): one that starts a process or a thread is none of them,
 * and fails with this sentence.
 */
const starts = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'] as const;

function refuse(): never {
  throw new Error(
    'a test of pure functions started a process or a thread: take its file out of `pure` in vitest.config.js',
  );
}

for (const name of starts) Object.assign(childProcess, { [name]: refuse });
Object.assign(workerThreads, { Worker: refuse });
syncBuiltinESMExports();
