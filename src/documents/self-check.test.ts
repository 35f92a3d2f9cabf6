import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { plainText } from '../document/words.js';
import { readSelfCheck, selfCheckText } from './self-check.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-self-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): URL {
  const path = join(folder, name);
  writeFileSync(path, content);
  return pathToFileURL(path);
}

const share = (value: number) => ({ share: value, of: 200, found: 200 * value });
const figures = {
  startedAt: '2026-01-02T03:04:05.000Z',
  host: { cpu: 'Example 9000' },
  conditions: [
    {
      condition: 'quiet',
      same: { falseWinners: share(0.005), smallestDifference: 0.0312 },
      slower: [
        { more: 0.05, found: share(0.4) },
        { more: 0.1, found: share(0.96) },
      ],
    },
  ],
};

describe('what the self-check saw', () => {
  it('is quoted with its machine, its date and its shares', () => {
    const seen = readSelfCheck(file('whole.json', JSON.stringify(figures)));
    const sentence = seen && plainText(selfCheckText(seen));
    expect(sentence).toContain('Example 9000, 2026-01-02');
    expect(sentence).toContain('the half-width of an interval was 3.1 %');
    expect(sentence).toContain('10 % more work was named slower in 96 % of 200');
    expect(sentence).toContain('itself in 0.5 % of 200');
  });

  it.each([
    ['missing', () => pathToFileURL(join(folder, 'nowhere.json'))],
    ['torn', () => file('torn.json', JSON.stringify(figures).slice(0, 100))],
    ['without a quiet half', () => file('busy.json', JSON.stringify({ ...figures, conditions: [] }))],
  ])('is left out where the file is %s', (_, where) => {
    expect(readSelfCheck(where())).toBeUndefined();
  });
});
