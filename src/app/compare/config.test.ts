import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { limitOf } from '../../compare/limits.js';
import { parsePercent, readConfig } from './config.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function config(content: unknown): string {
  const path = join(folder, 'limits.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const cell = {
  quantity: 'time',
  scenario: 'ci',
  strategy: 'child-process[serialization=json]',
  account: 'warm',
} as const;

describe('limits', () => {
  it('are 5 % for times and twice as much for CPU time and memory, unless told otherwise', () => {
    const { limits, ...commands } = readConfig(undefined, undefined, folder);
    expect(limits).toMatchObject({ time: 0.05, cpu: 0.1, memory: 0.1 });
    expect(limits.crossover).toBeUndefined();
    expect(commands).toEqual({});
  });

  it('come from a file, where --fail-on takes the place of failOn', () => {
    const path = config({ failOn: '8%', memory: '50%', crossover: 1.5, build: null, install: 'make' });
    expect(readConfig(path, undefined).limits).toMatchObject({
      time: 0.08,
      cpu: 0.16,
      memory: 0.5,
      crossover: 1.5,
    });
    expect(readConfig(path, '3%').limits.time).toBeCloseTo(0.03);
    expect(readConfig(path, undefined)).toMatchObject({ build: null, install: 'make' });
  });

  it('of parts take the place of the one for all, the largest of those that apply', () => {
    const { limits } = readConfig(
      config({
        failOn: '5%',
        scenarios: { ci: '2%' },
        strategies: { 'child-process': '10%' },
        accounts: { warm: '7%' },
      }),
      undefined,
    );
    expect(limitOf(limits, cell)).toBeCloseTo(0.1);
    expect(limitOf(limits, { ...cell, strategy: 'for-loop' })).toBeCloseTo(0.07);
    expect(limitOf(limits, { ...cell, strategy: 'for-loop', account: 'resident' })).toBeCloseTo(0.02);
    expect(limitOf(limits, { ...cell, quantity: 'memory' })).toBeCloseTo(0.1);
  });

  it.each([
    ['{', 'is not JSON'],
    [{ failOn: 5 }, 'failOn: '],
    [{ failOn: 'much' }, 'failOn much: write a percentage above 0, like 5%.'],
    [{ fialOn: '5%' }, 'fialOn'],
    [{ accounts: { cold: '5%' } }, 'accounts'],
    [{ crossover: 0.5 }, 'crossover: '],
  ])('%j is refused with file and field', (content, says) => {
    expect(() => readConfig(config(content), undefined)).toThrow(says);
    expect(() => readConfig(config(content), undefined)).toThrow('limits.json');
  });
});

describe('a percentage', () => {
  it.each(['5%', ' 5 % ', '0.5%'])('%s is read', (text) => {
    expect(parsePercent(text, '--fail-on')).toBeCloseTo(Number.parseFloat(text) / 100);
  });
  it.each(['5', '-5%', '0%', '%', '1e9%', 'five%'])('%s is refused', (text) => {
    expect(() => parsePercent(text, '--fail-on')).toThrow(`--fail-on ${text}: write a percentage`);
  });
});
