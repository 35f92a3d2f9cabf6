import { type ChildProcess, spawn } from 'node:child_process';

/** Keeps one core busy for as long as it runs. */
export interface BackgroundLoad {
  stop(): void;
}

/** Ends by itself when this process is gone, since its stdin is then closed. */
const spin = `
  process.stdin.resume().on('end', () => process.exit());
  let state = 1;
  const turn = () => { for (let i = 0; i < 2e7; i++) state = (state * 1103515245 + 12345) | 0; setImmediate(turn); };
  turn();
`;

export function startLoad(): BackgroundLoad {
  const child: ChildProcess = spawn(process.execPath, ['-e', spin], { stdio: ['pipe', 'ignore', 'ignore'] });
  return { stop: () => void child.kill('SIGKILL') };
}
