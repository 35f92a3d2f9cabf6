import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { breakeven } from '../../test/support/cli/program.js';
import { storeRun } from '../../test/support/cli/stored-run.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-project-'));
const at = { cwd: folder };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  storeRun(join(folder, 'here.ndjson'));
  storeRun(join(folder, 'elsewhere.ndjson'), { fingerprint: 'elsewhere' });
  expect(await breakeven(['calibrate', 'here.ndjson'], at)).toMatchObject({ code: 0 });
});

it('prints what a dictionary would take that no memory holds', async () => {
  const { code, stdout } = await breakeven(
    'project --keys 1e6 --length 1e6 --memory 24GB --cores 64,2'.split(' '),
    at,
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/^# 1M keys × 1M numbers \(7\.3 TiB\): a projection$/m);
  expect(stdout).toMatch(/^\| strategy \| .* \| processor time \| 2 cores \| 64 cores \|$/m);
  for (const part of ['What cannot run in one piece', 'How to cut it', 'Where one machine is the wrong tool'])
    expect(stdout).toContain(`## ${part}`);
});

it.each([
  ['--keys 1e6', 'project needs the size of the dictionary'],
  ['--keys 1e6 --length 1e6 --memory 24', '--memory 24: the unit is missing. There are: B, kB, MB, GB, TB'],
  ['--keys 1e6 --length 1e6 --memory 24gigs', 'there is no unit "gigs"'],
  ['--keys 1e6 --length 1e6 --cores 2,none', '--cores none: it must be a number above 0.'],
  ['--keys 1e6 --length 1e6 --cores 2,,4', '--cores 2,,4: there is nothing between two commas'],
  ['--keys 1e6 --length 1e6 --storage 0GB/s', '--storage 0GB: it must be a number above 0.'],
  ['--keys 1e6 --length 1e6 --cost 4us', 'always the same work'],
  ['--keys 1e6 --length 1e6 --memroy 1GB', 'project has no option --memroy. Did you mean "memory"?'],
  ['--keys 1e6 --length 1e6 --bandwidth elsewhere.ndjson', 'it was measured on another machine'],
  ['--keys 1e6 --length 1e6 --bandwidth here.ndjson', 'nothing in it is larger than the caches'],
  [
    '--keys 1 --length 1e9 --memory 1GB',
    'a single list and its answers take more than a quarter of the memory',
  ],
])('project %s: exit 2, %s', async (args, says) => {
  const { code, stderr } = await breakeven(['project', ...args.split(' ')], at);
  expect(stderr).toContain(says);
  expect(code).toBe(2);
});
