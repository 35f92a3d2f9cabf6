import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = mkdtempSync(join(tmpdir(), 'breakeven-commits-'));
const template = join(root, 'template');
process.once('exit', () => rmSync(root, { recursive: true, force: true }));

/** A loop that does its work so many times. */
export const strategy = (times: number, add = 0) => `import { defineStrategy } from 'breakeven';
export default defineStrategy({ title: 'own loop', family: 'serial', open: ({ kernel }) => ({ close() {},
  run: (input) => new Map([...input].map(([key, xs]) => { const out = xs.slice();
    for (let i = 0; i < ${times}; i++) kernel.list(xs, out); out[0] += ${add}; return [key, out]; })) }) });`;

export const scenario = (points = '[4_000]') => `import { defineScenario } from 'breakeven';
export default defineScenario({ title: 'Mine', question: 'Slower?', from: 'lists', claims: [],
  kernel: { module: 'square-minus-13', options: {} }, strategies: ['for-loop', './own.mjs'],
  sweeps: [{ keys: [4], length: ${points} }], quick: [{ keys: [4], length: [100] }] });`;

export interface Repository {
  readonly cwd: string;
  git(...args: string[]): string;
  write(name: string, text: string): void;
  commit(): void;
}

/** A repository of a user's, with a strategy and a scenario of their own in its first commit. */
export function repository(): Repository {
  const cwd = mkdtempSync(join(root, 'repo-'));
  const git = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
  const commit = () => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'A commit');
  };
  // The first is made by git, all others are copies of it.
  if (!existsSync(template)) {
    git('init', '--quiet', '--initial-branch', 'main');
    git('config', 'user.name', 'Test');
    git('config', 'user.email', 'test@example.org');
    write('.gitignore', 'reports/\n*.json\n');
    write('own.mjs', strategy(1));
    write('mine.mjs', scenario());
    commit();
    cpSync(cwd, template, { recursive: true });
  } else cpSync(template, cwd, { recursive: true });
  return { cwd, git, write, commit };
}

export const brief = ['--scenario', 'mine.mjs', '--rounds', '2'];
