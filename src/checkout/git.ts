import { spawnSync } from 'node:child_process';
import { InputError } from '../contract/errors.js';

/** What git answers, without the last line break. Throws an InputError with what it says. */
export function git(args: readonly string[], cwd: string): string {
  const { ok, stdout, stderr } = tryGit(args, cwd);
  if (!ok)
    throw new InputError(
      `git ${args.find((word) => !word.startsWith('-'))} failed: ${stderr.trim().split('\n')[0]}`,
    );
  return stdout.replace(/\n$/, '');
}

export function tryGit(
  args: readonly string[],
  cwd: string,
): { readonly ok: boolean; readonly stdout: string; readonly stderr: string } {
  // A hook's variables (GIT_DIR, GIT_INDEX_FILE) would lead to another repository than the folder's.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^GIT_(DIR|INDEX|WORK)/.test(name)),
  );
  const { error, status, stdout, stderr } = spawnSync('git', [...args], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined)
    throw new InputError(
      'comparing commits needs git, which cannot be started here. Install it, or compare two stored runs.',
      {
        cause: error,
      },
    );
  return { ok: status === 0, stdout, stderr };
}
