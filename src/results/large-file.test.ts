import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleStrategies, syntheticResults } from '../../test/support/synthetic.js';

const { header, records } = syntheticResults({
  strategies: exampleStrategies.slice(0, 2),
  sweeps: [{}],
  rounds: 5,
});
const { bavail, bsize } = statfsSync(tmpdir());
const largeBytes = 620e6;

let folder: string;
let path: string;

/** A run whose records carry much that no reader keeps: a field that this version does not know. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'breakeven-large-'));
  path = join(folder, 'results.ndjson');
  const file = openSync(path, 'w');
  const more = 'x'.repeat(1 + largeBytes / records.length);
  const put = (line: object) => {
    writeSync(file, `${JSON.stringify(line)}\n`);
  };
  put(header);
  for (const record of records) put({ ...record, more });
  writeSync(file, '{"type":"cell","torn');
  closeSync(file);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(bavail * bsize < 3e9)('results of more than the longest string', () => {
  test('are read by lines', () => {
    expect(statSync(path).size).toBeGreaterThan(2 ** 29 - 24);
    const program = `import { readLines, readResults } from ${JSON.stringify(new URL('./reader.js', import.meta.url).href)};
      const results = readResults(${JSON.stringify(path)});
      const { wholeBytes, fileBytes } = readLines(${JSON.stringify(path)});
      console.log(JSON.stringify([results.records.length, results.notes.length, fileBytes - wholeBytes]));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([10, 1, '{"type":"cell","torn'.length]);
  }, 120_000);
});
