import { fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Ended, environmentFor, type ProgramOptions } from './program.js';

/** What the process is asked, and answers. */
export interface CommandLine {
  readonly id: number;
  readonly args: readonly string[];
  readonly cwd: string;
}

export interface Answered extends Ended {
  readonly id: number;
}

export interface OneProcess {
  /** Carries one out, in the turn in which it is asked and in the folder of the process or another. */
  run(args: readonly string[], cwd?: string): Promise<Ended>;
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
  // It ends with this process, and keeps it from nothing.
  child.unref();
  child.channel?.unref();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values())
      reject(new Error(`the process of many command lines ended with ${code ?? signal}`));
  });
  return {
    run: (args, at = cwd) =>
      new Promise((resolve, reject) => {
        if (!child.connected) throw new Error('the process of many command lines has ended');
        const id = asked++;
        waiting.set(id, { resolve, reject });
        child.send({ id, args, cwd: at } satisfies CommandLine);
      }),
    end: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

let shared: OneProcess | undefined;

/** One command line, in the process that has loaded the program for all the tests of this one. */
export function runTogether(args: readonly string[], { cwd }: { readonly cwd: string }): Promise<Ended> {
  shared ??= oneProcess({ cwd: tmpdir() });
  return shared.run(args, cwd);
}
