import { describe, expect, it } from 'vitest';
import { analysed, example, waits, workPerItem } from '../../../test/support/report-runs.js';
import type { Analysis } from '../../analysis/types.js';
import { sectionMarkdown, textMarkdown } from '../../render/markdown.js';
import type { Outcome } from '../../results/format.js';
import { answerSection, answerText } from './answer.js';

const answer = (analysis: Analysis) => textMarkdown(answerText(analysis));
const section = (analysis: Analysis) => sectionMarkdown(answerSection(analysis));

const lengths = (...length: number[]) => [{ keys: [8], length }];
const costs = (...cost: number[]) => [{ cost, keys: [16] }];

describe('the answer', () => {
  it('says not to send the lists where moving costs more than computing, and what moving costs', () => {
    const text = answer(analysed({ sweeps: lengths(1000, 10_000, 100_000) }));
    expect(text).toMatch(
      /^Here \(2 cores, Node 20\.20\) do not send these lists to threads or processes: moving a number there and back costs 8\d ns, computing it 2\.\d ns\./,
    );
  });

  it('says from where on to send them, with the interval, where parallel pays from a crossover on', () => {
    const text = answer(analysed({ strategies: workPerItem, sweeps: costs(15, 30, 45, 90, 180, 1000) }));
    expect(text).toMatch(
      /send these lists to worker-threads from about \d\d µs of work per item \[\d\d µs, \d\d µs\] on \(with 16 keys\); below that, stay with a single thread/,
    );
    expect(text).toMatch(/speed-up of 1\.\d+× \[.*\] over the best single thread \(for-loop\)/);
    expect(text).toContain('Keep the workers open');
  });

  it('says so where parallel pays at every size', () => {
    const text = answer(analysed({ strategies: workPerItem, sweeps: costs(500, 1000, 5000) }));
    expect(text).toContain('send these lists to worker-threads, at every size that was measured');
  });

  it('calls it the same where both stay within the margin', () => {
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
    expect(text).toMatch(/threads neither gain nor lose: they stay within 5 % of for-loop, which is simpler/);
  });

  it('admits that it cannot decide where the noise is larger than the difference', () => {
    const equal = example('worker-threads', { run: example('for-loop').run });
    const text = answer(
      analysed({
        strategies: [example('for-loop'), equal],
        sweeps: lengths(100_000, 200_000),
        noise: { cell: 0.4 },
      }),
    );
    expect(text).toMatch(/this run cannot decide whether threads pay/);
  });

  it('advises to vectorise for fresh data where packing and unpacking are repaid at once', () => {
    const text = answer(analysed({ sweeps: lengths(100_000, 200_000) }));
    expect(text).toMatch(
      /Use wasm-simd even for fresh data: 1\.2\d× \[.*\] the for-loop .*packing and unpacking included/,
    );
    expect(text).toMatch(/packing has paid for itself after 3 passes \[\d, \d\]/);
  });

  it('advises to pack once where vectorising pays only while the data stays packed', () => {
    const slow = example('wasm-simd', { place: ({ elements }) => 9 * elements });
    const text = answer(
      analysed({ strategies: [example('for-loop'), slow], sweeps: lengths(100_000, 200_000) }),
    );
    expect(text).toMatch(
      /Pack the lists once and use wasm-simd: 5\.\d× \[.*\] the for-loop while the data stays packed; packing has paid/,
    );
    expect(text).toMatch(/Packed afresh for every run it is 0\.\d+×/);
  });

  it('advises the plain for-loop where nothing beats it', () => {
    const slow = example('typed-array', { compute: ({ elements }) => 5 * elements });
    const text = answer(
      analysed({
        strategies: [example('for-loop'), slow, example('worker-threads')],
        sweeps: lengths(100_000, 200_000),
      }),
    );
    expect(text).toMatch(/Packed arrays and SIMD do not pay either .*: stay with the plain for-loop/);
  });

  it('lets async-tasks win where items only wait', () => {
    const text = answer(analysed({ kind: 'wait', strategies: waits, sweeps: [{ keys: [4, 16, 64] }] }));
    expect(text).toMatch(/start all waits at once on one thread, with async-tasks: 6\d× \[.*\] the for-loop/);
    expect(text).toContain('workers only add cost');
  });

  it('says that there is nothing to decide from where nothing was measured', () => {
    const crash: Outcome = { status: 'crashed', message: 'out of memory' };
    const text = answer(analysed({ sweeps: lengths(1000, 2000), outcome: () => crash }));
    expect(text).toMatch(
      /nothing was measured \(12 cells failed; see below\), so there is nothing to decide from/,
    );
  });

  it('says so where no threads or processes took part', () => {
    const text = answer(
      analysed({
        strategies: [example('for-loop'), example('wasm-simd')],
        sweeps: lengths(100_000, 200_000),
      }),
    );
    expect(text).toContain('no figure for threads or processes');
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
    expect(text).toContain('cannot decide');
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
