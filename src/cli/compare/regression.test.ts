import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brief, repository, strategy } from '../../../test/support/cli/commits.js';
import { breakeven, lastLine } from '../../../test/support/cli/program.js';
import { readResults } from '../../results/reader.js';

/* Alone on the machine, after all other tests: one that is busy is found unfit to judge. */
describe('a regression between two commits', { timeout: 240_000 }, () => {
  it('names the strategy that does its work four hundred times, and touches nothing of the working tree', async () => {
    const { cwd, git, write } = repository();
    write('own.mjs', strategy(400));
    write('untracked.txt', 'mine');
    const before = git('status', '--porcelain');
    const ended = await breakeven(['compare', '--base', 'main', ...brief], { cwd });
    expect(ended.stderr).toContain('uncommitted changes: they are part of head');
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/^Regression: `own` is (up to )?[\d.]+× slower/);
    expect(git('status', '--porcelain')).toBe(before);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    const folder = join(cwd, dirname(lastLine(ended)));
    const [base, head] = ['base', 'head'].map((side) =>
      readResults(join(folder, side, 'mine', 'results.ndjson')),
    );
    expect(base.records).toHaveLength(10);
    // Interleaved: the places of both sides in the one order follow each other.
    const places = [...base.records, ...head.records].map(({ order }) => order).sort((a, b) => a - b);
    expect(places).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(base.header.interleaved).toMatchObject({ side: 'base' });
    expect(JSON.stringify([base.header, head.header])).not.toContain(tmpdir());
  });
});
