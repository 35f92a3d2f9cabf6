import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { median } from '../../src/analysis/round-logs.js';
import { seededRandom } from '../../src/results/random.js';
import { normalLuck } from '../../test/support/synthetic/luck.js';
import { measuredOutcome } from '../../test/support/synthetic/outcome.js';
import { clopperPearson } from './binomial.js';
import { blocksOf } from './draw-blocks.js';
import { figuresOf } from './figures.js';
import { noiseOf, noiseText, readNoise, recordedRounds } from './noise.js';
import { type Draw, Pool } from './pool.js';
import { reportOf } from './report.js';

const host = {
  fingerprint: 'x',
  cpu: 'Example CPU',
  cores: 2,
  usableCores: 2,
  memoryBytes: 8e9,
  os: 'Linux',
  arch: 'x64',
  node: '20',
  v8: '11',
  clockStepNs: 40,
};

/** A quiet pool of two cells: equal strategies, and three that do more work. */
function draws(rounds: number, noise: number, staged = false): Draw[] {
  const random = seededRandom(4);
  const works: [string, number][] = [
    ['a', 1],
    ['b', 1],
    ['+5 %', 1.05],
    ['+10 %', 1.1],
    ['+20 %', 1.2],
  ];
  return Array.from({ length: rounds }, (_, round) =>
    [1, 5].flatMap((ms) =>
      works.map(([who, work]): Draw => {
        const stages = staged ? { place: () => 1e5, collect: () => 1e5 } : {};
        const model = { label: who, family: 'serial' as const, compute: () => ms * 1e6 * work, ...stages };
        const shape = { point: {}, keys: 4, length: 10, elements: 40, workers: 1 };
        const outcome = measuredOutcome({ model, shape }, normalLuck(0, { cell: noise }, random), 0, random);
        return { condition: 'quiet', round, ms, who, at: '', outcome, machine: { spinNs: 1 } };
      }),
    ),
  ).flat();
}

describe('the figures of a self-check', () => {
  it('find equal strategies equal, and more work where there is more', () => {
    const figures = figuresOf(host, draws(24, 0.01), 'quiet');
    expect(figures?.rounds).toBe(24);
    expect(figures?.same.falseWinners.of).toBe(200);
    expect(figures?.same.falseWinners.interval.low).toBeLessThan(0.05);
    expect(figures?.same.falseWinnersDisjoint.of).toBe(6);
    const [, ten, twenty] = figures?.slower ?? [];
    expect(ten.found.share).toBeGreaterThan(0.9);
    expect(twenty.found.share).toBe(1);
    expect(twenty.seen).toBeCloseTo(0.2, 1);
  });

  it('need rounds enough for one comparison', () => {
    expect(figuresOf(host, draws(7, 0.01), 'quiet')).toBeUndefined();
    expect(figuresOf(host, draws(9, 0.01), 'busy')).toBeUndefined();
  });

  it('stand in the report with their bars', () => {
    const conditions = [figuresOf(host, draws(9, 0.01), 'quiet') ?? []].flat();
    const text = reportOf({ startedAt: '', endedAt: '', quick: true, complete: false, host, conditions });
    expect(text).toMatch(/false winner \| \d+ of 2 \| .* low end ≤ 5 %: reached/);
    expect(text).toContain('quick: indicative');
    expect(text).toContain('run it again to go on');
  });
});

describe('the noise that a self-check saw', () => {
  const about = { host, startedAt: '2026-01-01T00:00:00.000Z', quick: true };
  /** Lists that are packed have all three accounts. */
  const staged = draws(12, 0.03, true);

  it('is the deviation of each process from the median of its name and length, round by round', () => {
    const noise = recordedRounds(noiseOf(staged, about), 'quiet');
    expect(noise.length).toBe(12);
    expect(noise.every((round) => round.length === 2 && round.every((pair) => pair.length === 2))).toBe(true);
    for (const [place, ms] of [1, 5].entries()) {
      const logs = staged.flatMap(({ ms: own, who, outcome }) =>
        own === ms && who === 'b' && outcome.status === 'measured' ? [Math.log(outcome.peakBytes)] : [],
      );
      expect(new Set(logs).size).toBe(1);
      const warm = noise.map((round) => round[place][1].time.warm);
      expect(median(warm)).toBeCloseTo(0, 3);
      expect(Math.max(...warm)).toBeGreaterThan(0.02);
      expect(noise.every((round) => round[place][1].peak === 0)).toBe(true);
    }
  });

  it('leaves out rounds that lack a cell, and is empty for what was not measured', () => {
    const noise = noiseOf(
      staged.filter(({ round, who, ms }) => round !== 3 || who !== 'b' || ms !== 5),
      about,
    );
    expect(noise.conditions.quiet).toHaveLength(11);
    expect(noise.conditions.busy).toEqual([]);
  });

  it('is read as it was written, one round a line, and refused in another version', () => {
    const noise = noiseOf(staged, about);
    const text = noiseText(noise);
    expect(readNoise(text)).toEqual(noise);
    expect(text.split('\n').filter((line) => line.startsWith('      [['))).toHaveLength(12);
    expect(() => readNoise(text.replace('"version": 1', '"version": 2'))).toThrow('npm run self-check');
    expect(() => recordedRounds(noise, 'busy')).toThrow('the record of noise has no busy rounds');
  });
});

describe('blocks', () => {
  it('are disjoint while they last, then drawn anew', () => {
    const blocks = blocksOf([...Array(20).keys()], 8, 5, 1);
    expect(blocks.map(({ disjoint }) => disjoint)).toEqual([true, true, false, false, false]);
    expect(blocks[1].rounds).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
    expect(new Set(blocks[4].rounds).size).toBe(8);
  });

  it('are only the disjoint ones where the pool is small: the same rounds again are no evidence', () => {
    expect(blocksOf([...Array(15).keys()], 8, 5, 1).length).toBe(1);
    expect(blocksOf([...Array(7).keys()], 8, 5, 1)).toEqual([]);
  });
});

describe("Clopper and Pearson's interval", () => {
  // From tables; the first is 1 − 0.025^(1/10).
  it.each([
    [0, 10, 0, 0.3085],
    [5, 10, 0.1871, 0.8129],
    [10, 200, 0.0242, 0.09],
    [10, 10, 0.6915, 1],
  ])('of %i in %i', (found, count, low, high) => {
    const range = clopperPearson(found, count);
    expect(range.low).toBeCloseTo(low, 3);
    expect(range.high).toBeCloseTo(high, 3);
  });
});

describe('the pool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'self-check-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('goes on where it was, a torn last line left out', () => {
    const path = join(folder, 'pool.ndjson');
    const [one, two] = draws(1, 0);
    new Pool(path, 'key').add(one);
    writeFileSync(path, '{"condition":"qui', { flag: 'a' });
    const again = new Pool(path, 'key');
    expect(again.has(one)).toBe(true);
    expect(again.has(two)).toBe(false);
    again.add(two);
    expect(new Pool(path, 'key').draws.length).toBe(2);
  });

  it('of other settings or another machine is refused', () => {
    const path = join(folder, 'other.ndjson');
    new Pool(path, 'key');
    expect(() => new Pool(path, 'another')).toThrow('move it away');
  });
});
