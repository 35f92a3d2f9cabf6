import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { exampleStrategies } from '../../test/support/synthetic/example.js';
import { syntheticResults } from '../../test/support/synthetic/run.js';
import { readResults } from './reader.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-reader-'));
afterAll(() => rmSync(folder, { recursive: true }));

const trace = {
  kind: 'spans',
  totalNs: 9,
  caller: {
    spans: [
      ['pack', 0, 4],
      ['serialise', 4, 9, 1],
    ],
    gc: [[1, 2]],
  },
  workers: [{ spans: [], gc: [] }],
  estimated: [],
} as const;
const strategies = exampleStrategies.map((model) => ({ ...model, trace: () => trace }));

/** A results file of this version, with traces, in which `change` was made to its text. */
function fileOf(name: string, change: (text: string) => string): string {
  const { header, records } = syntheticResults({ strategies, sweeps: [{}], rounds: 1 });
  const path = join(folder, name);
  writeFileSync(path, change(`${[header, ...records].map((line) => JSON.stringify(line)).join('\n')}\n`));
  return path;
}

describe('a results file', () => {
  test('of version 1, without traces, is read as one of today', () => {
    const older = (text: string) =>
      text.replace(/"version":\d+/, '"version":1').replaceAll(`,"trace":${JSON.stringify(trace)}`, '');
    const { header, records } = readResults(fileOf('older.ndjson', older));
    expect(header.version).toBe(1);
    expect(JSON.stringify(records)).not.toContain('"trace"');
    expect(records).toHaveLength(strategies.length);
  });

  test('keeps the traces of its calls, and says which is no trace', () => {
    const { records } = readResults(fileOf('today.ndjson', (text) => text));
    const [{ outcome }] = records;
    expect(outcome.status === 'measured' && outcome.warm?.trace).toEqual(trace);
    const broken = fileOf('broken.ndjson', (text) => text.replace('["pack",0,4]', '["pack",0]'));
    expect(() => readResults(broken)).toThrow(/broken\.ndjson, line 2: .*trace/);
  });
});
