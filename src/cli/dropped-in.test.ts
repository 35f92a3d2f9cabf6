import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentFor } from '../../test/support/cli/program.js';
import { validatorOf } from '../../test/support/schemas.js';
import type { Analysis } from '../analysis/types.js';

/*
 * A file that is put into strategies/, and nothing else, measured by the package that it was put into. The copy ships the
 * for-loop alone beside it, so that the run is short.
 */

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'breakeven-dropped-in-run-'));
const copy = join(folder, 'breakeven');
const project = join(folder, 'project');

const serial = `import { defineStrategy } from 'breakeven';
export default defineStrategy({
  title: 'one more loop',
  family: 'serial',
  open: ({ kernel }) => ({
    run(input) {
      const answers = new Map();
      for (const [key, list] of input) {
        const out = list.slice();
        kernel.list(list, out);
        answers.set(key, out);
      }
      return answers;
    },
    close() {},
  }),
});
`;

/** The same, but it says that it cannot do this work. */
const unable = serial.replace(
  "family: 'serial',",
  "family: 'serial',\n  supports: () => ({ reason: 'it never can' }),",
);

interface Verdict {
  readonly data: { readonly analysis: Pick<Analysis, 'header' | 'accounts'> };
}

beforeAll(() => {
  mkdirSync(project);
  const keep = (path: string) => !/\.test\./.test(path) && !isOtherStrategy(path);
  for (const part of ['dist/src', 'dist/strategies', 'dist/scenarios'])
    cpSync(join(root, part), join(copy, part), { recursive: true, filter: keep });
  cpSync(join(root, 'package.json'), join(copy, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  writeFileSync(join(copy, 'dist/strategies/one-more.js'), serial);
  writeFileSync(join(copy, 'dist/strategies/unable.js'), unable);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function isOtherStrategy(path: string): boolean {
  return dirname(path) === join(root, 'dist/strategies') && !basename(path).startsWith('for-loop');
}

describe('a file in strategies/, without another line anywhere,', { timeout: 240_000 }, () => {
  it.each(['large-lists', 'waiting-items'])('is measured in %s, and stands in its verdict.json', (id) => {
    const args = ['bench', '--scenario', id, '--quick', '--rounds', '1', '--out', 'reports'];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(copy, 'dist/src/cli/main.js'), ...args],
      { cwd: project, env: environmentFor(project), encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) });
    const verdict = join(project, dirname(stdout.trimEnd().split('\n').at(-1) ?? ''), 'verdict.json');
    const file = JSON.parse(readFileSync(verdict, 'utf8')) as Verdict;
    expect(validatorOf('verdict')(file)).toBe(true);
    const { header, accounts } = file.data.analysis;
    expect(header.strategies.map(({ label }) => label)).toEqual(['for-loop', 'one-more', 'unable']);
    expect(accounts.map(({ account }) => account)).toContain('warm');
    for (const { account, points } of accounts) {
      expect(points.length).toBeGreaterThan(0);
      for (const { cells } of points)
        expect(cells.map(({ strategy, state }) => [strategy, state.kind])).toEqual([
          ['for-loop', 'measured'],
          // It has no stages: where its data lies in place, it cannot be timed.
          ['one-more', account === 'resident' ? 'not applicable' : 'measured'],
          ['unable', 'not applicable'],
        ]);
    }
    expect(readdirSync(dirname(verdict))).toContain('verdict.md');
    expect(readFileSync(join(dirname(verdict), 'verdict.md'), 'utf8')).toContain('`one-more`');
  });
});
