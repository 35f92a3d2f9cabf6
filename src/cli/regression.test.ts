import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository, strategy } from '../../test/support/cli/commits.js';
import { breakeven, lastLine } from '../../test/support/cli/program.js';
import { readResults } from '../results/reader.js';

/*
 * A real comparison, end to end. A machine that is busy is found unfit to judge, which is an answer, too: what is judged
 * red is tested on made-up runs.
 */
describe('a regression between two commits', { timeout: 240_000 }, () => {
  it('names the strategy that does its work four hundred times, and touches nothing of the working tree', async () => {
    const { cwd, git, write } = repository();
    write('own.mjs', strategy(400));
    write('untracked.txt', 'mine');
    const before = git('status', '--porcelain');
    const ended = await breakeven(['compare', '--base', 'main', '--scenario', 'mine.mjs', '--rounds', '5'], {
      cwd,
    });
    expect(ended.stderr).toContain('uncommitted changes: they are part of head');
    expect([1, 3], ended.stderr).toContain(ended.code);
    if (ended.code === 1) expect(ended.stdout).toMatch(/^Regression: `own` is (up to )?[\d.]+× slower/);
    else expect(ended.stdout).toMatch(/unfit|busy|other programs|no verdict/i);
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
