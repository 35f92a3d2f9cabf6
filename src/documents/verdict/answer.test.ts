import { describe, expect, it } from 'vitest';
import { analysed, example, waits, workPerItem } from '../../../test/support/report-runs.js';
import type { Analysis } from '../../analysis/types.js';
import { sectionMarkdown, textMarkdown } from '../../render/markdown.js';
import type { Outcome } from '../../results/format.js';
import { answerSection, answerText } from './answer.js';

const answer = (analysis: Analysis) => textMarkdown(answerText(analysis));
const section = (analysis: Analysis) => sectionMarkdown(answerSection(analysis, []));

const lengths = (...length: number[]) => [{ keys: [8], length }];
const costs = (...cost: number[]) => [{ cost, keys: [16] }];

describe('the answer', () => {
  it('is one thread where a pool takes longer, with how much longer and with which', () => {
    const text = answer(analysed({ sweeps: lengths(1000, 10_000, 100_000) }));
    expect(text).toMatch(
      /^Stay with one thread \(.*\)\. The best pool \(worker-threads\) takes \d+(\.\d+)?× as long\./,
    );
  });

  it('is the border where there is one, for a server and for a script', () => {
    const text = answer(analysed({ strategies: workPerItem, sweeps: costs(15, 30, 45, 90, 180, 1000) }));
    expect(text).toMatch(/^A pool pays in a server from about \d\d µs of work per item on/);
    const shown = section(analysed({ strategies: workPerItem, sweeps: costs(15, 30, 45, 90, 180, 1000) }));
    expect(shown).toMatch(
      /\| fresh data again and again, a server \| up to \d\d µs .* \| \d\d µs \[\d\d µs, \d\d µs\] \| from /,
    );
  });

  it('is a pool where it pays at every size, with what it gains', () => {
    const text = answer(analysed({ strategies: workPerItem, sweeps: costs(500, 1000, 5000) }));
    expect(text).toMatch(/^Use a pool \(worker-threads\): 1\.\d+× as fast\./);
  });

  it('is one thread where both are the same', () => {
    const equal = example('worker-threads', { run: example('for-loop').run });
    const text = answer(
      analysed({
        strategies: [example('for-loop'), equal],
        sweeps: lengths(100_000, 200_000),
        noise: { cell: 0.004 },
        // Of fewer processes of a pool it is not known that none is slow as a whole.
        rounds: 40,
      }),
    );
    expect(text).toMatch(/^Stay with one thread \(for-loop\): a pool is no faster\./);
  });

  it('is none where too few rounds can name none, and says so', () => {
    const equal = example('worker-threads', { run: example('for-loop').run });
    const noisy = analysed({
      strategies: [example('for-loop'), equal],
      sweeps: lengths(100_000, 200_000),
      noise: { cell: 0.4 },
      rounds: 3,
    });
    expect(answer(noisy)).toMatch(/^This run cannot say whether a pool pays\./);
    expect(section(noisy)).toMatch(/\| (open: too few rounds|a tie: either will do) \|/);
  });

  it('names what is best over the same data where that is another one', () => {
    const slow = example('wasm-simd', { place: ({ elements }) => 9 * elements });
    const text = answer(
      analysed({ strategies: [example('for-loop'), slow], sweeps: lengths(100_000, 200_000) }),
    );
    expect(text).toMatch(
      /^Of what was measured, for-loop is the fastest\. But over the same data again and again use wasm-simd\./,
    );
  });

  it('lets async-tasks win where items only wait', () => {
    const text = answer(analysed({ kind: 'wait', strategies: waits, sweeps: [{ keys: [4, 16, 64] }] }));
    expect(text).toMatch(
      /^Start all waits at once on one thread \(async-tasks\): 6\d× as fast as one after another\./,
    );
  });

  it('says that there is nothing to decide from where nothing was measured', () => {
    const crash: Outcome = { status: 'crashed', message: 'out of memory' };
    const text = answer(analysed({ sweeps: lengths(1000, 2000), outcome: () => crash }));
    expect(text).toMatch(
      /nothing was measured \(12 cells failed; see below\), so there is nothing to decide from/,
    );
  });

  it('says in its table where no pool took part', () => {
    const alone = analysed({
      strategies: [example('for-loop'), example('wasm-simd')],
      sweeps: lengths(100_000, 200_000),
    });
    expect(answer(alone)).toMatch(/^Of what was measured, wasm-simd is the fastest\./);
    expect(section(alone)).not.toContain('best pool');
  });

  it('speaks of all that ships and was not tried, and of nothing else', () => {
    const one = analysed({ sweeps: lengths(1000, 2000) });
    const left = { ...one, header: { ...one.header, notTried: ['a-pool', 'b-pool'] } };
    expect(section(left)).toContain('**Not tried here:** a-pool and b-pool. Add them with --strategy.');
    expect(section(one)).not.toContain('Not tried here');
  });
});

describe('a blocker', () => {
  it('stops the verdict and says what to do', () => {
    const analysis = analysed({ sweeps: lengths(1000, 2000) });
    const blocker = {
      id: 'busy-machine',
      severity: 'blocker',
      strategies: [],
      cells: [],
      facts: { kind: 'share', share: 0.6 },
    } as const;
    const text = answer({ ...analysis, findings: [blocker] });
    expect(text).toBe(
      "This run gives no verdict: While the cells ran, other programs took 60 % of this machine's processor time. " +
        'Close them, or use a machine that does nothing else, and measure again.',
    );
  });
});

describe('its caution', () => {
  it('labels a quick run and says what it leaves out', () => {
    const quick = {
      quick: true,
      rounds: 4,
      scenario: { quickNote: 'lists of 100,000 numbers instead of 1,000,000' },
    };
    const text = section(analysed({ ...quick, sweeps: lengths(1000, 2000) }));
    expect(text).toContain('quick: indicative. Lists of 100,000 numbers instead of 1,000,000.');
  });

  it('names no winner below four rounds', () => {
    const text = section(analysed({ rounds: 2, sweeps: lengths(1000, 2000) }));
    expect(text).toContain('Only 2 rounds: below 4 there is no interval and no winner');
    expect(text).toContain('open: too few rounds');
  });

  it('calls five rounds indicative', () => {
    expect(section(analysed({ rounds: 5, sweeps: lengths(1000, 2000) }))).toContain('Only 5 rounds');
  });

  it('says that a run was interrupted', () => {
    expect(section(analysed({ stopAfter: 60, sweeps: lengths(1000, 2000) }))).toContain(
      'The run was interrupted',
    );
  });
});
