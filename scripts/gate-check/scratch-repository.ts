import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A strategy that runs the kernel so many times over: 12 are 20 % more work than 10. */
const strategy = (times: number) => `import { defineStrategy } from 'breakeven';
export default defineStrategy({
  title: 'own loop',
  family: 'serial',
  open: ({ kernel }) => ({
    close() {},
    run: (input) =>
      new Map(
        [...input].map(([key, xs]) => {
          const out = xs.slice();
          for (let i = 0; i < ${times}; i++) kernel.list(xs, out);
          return [key, out];
        }),
      ),
  }),
});
`;

const scenario = `import { defineScenario } from 'breakeven';
export default defineScenario({
  title: 'Gate',
  question: 'Is it seen?',
  from: 'lists',
  kernel: { module: 'sqrt-chain', options: { steps: 4 } },
  strategies: ['for-loop', 'async-tasks', 'typed-array', './own.mjs'],
  sweeps: [{ keys: [4], length: [2_000, 40_000] }],
  quick: [{ keys: [4], length: [2_000] }],
  claims: [],
});
`;

/** A git repository as a user has one, with the tags `base` and `slower`, made in `parent`. Returns its folder. */
export function scratchRepository(parent: string): string {
  const cwd = join(parent, 'repository');
  mkdirSync(cwd);
  const git = (...args: string[]) => {
    const { status, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  };
  const commit = (tag: string) => {
    git('add', '--all');
    git('-c', 'user.name=gate', '-c', 'user.email=gate@example.org', 'commit', '--quiet', '--message', tag);
    git('tag', tag);
  };
  git('init', '--quiet');
  writeFileSync(join(cwd, '.gitignore'), 'reports/\n');
  writeFileSync(join(cwd, 'gate.mjs'), scenario);
  writeFileSync(join(cwd, 'own.mjs'), strategy(10));
  commit('base');
  writeFileSync(join(cwd, 'own.mjs'), strategy(12));
  commit('slower');
  return cwd;
}
