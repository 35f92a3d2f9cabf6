import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Ended, environmentFor, type ProgramOptions } from './program.js';

/** What the process is asked, and answers. */
export interface CommandLine {
  readonly id: number;
  readonly args: readonly string[];
}

export interface Answered extends Ended {
  readonly id: number;
}

export interface OneProcess {
  /** As `breakeven` of program.ts, in the turn in which it is asked. */
  run(args: readonly string[]): Promise<Ended>;
  end(): Promise<void>;
}

/**
 * Many command lines, one after another, in one process that has loaded the program once: for those that are refused,
 * or only read and write files. What a process itself adds (its exit code, its streams) is for program.ts to show.
 */
export function oneProcess({ cwd, env }: ProgramOptions): OneProcess {
  const child = fork(fileURLToPath(new URL('./one-process-main.js', import.meta.url)), {
    cwd,
    env: environmentFor(cwd, env),
    execArgv: [],
  });
  const waiting = new Map<number, { resolve(ended: Ended): void; reject(cause: Error): void }>();
  let asked = 0;
  child.on('message', ({ id, ...ended }: Answered) => {
    waiting.get(id)?.resolve(ended);
    waiting.delete(id);
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values())
      reject(new Error(`the process of many command lines ended with ${code ?? signal}`));
  });
  return {
    run: (args) =>
      new Promise((resolve, reject) => {
        if (!child.connected) throw new Error('the process of many command lines has ended');
        const id = asked++;
        waiting.set(id, { resolve, reject });
        child.send({ id, args } satisfies CommandLine);
      }),
    end: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
