import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { oneProcess } from '../../test/support/cli/one-process.js';
import { breakeven } from '../../test/support/cli/program.js';
import { storeRun } from '../../test/support/cli/stored-run.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-own-kernel-'));
const at = { cwd: folder };
const files: Readonly<Record<string, string>> = {
  'double.mjs': 'export default (list) => list.map((x) => 2 * x);',
  'throws.mjs': "export default () => { throw new Error('no idea'); };",
  'shorter.mjs': 'export default (list) => list.slice(1);',
  'later-throws.mjs':
    "export default (list) => { if (list.length > 50) throw new Error('too long for me'); return list.map((x) => x + 1); };",
  'changes.mjs':
    'let calls = 0; export default (list) => { calls++; return list.map((x) => x + (calls > 40 ? 1 : 0)); };',
  'changes-later.mjs':
    'let calls = 0; export default (list) => { calls++; return list.map((x) => x + (calls > 300 ? 1 : 0)); };',
  'never.mjs': 'export default () => { for (;;); };',
  'slow.mjs': `export default (list) => { const until = Date.now() + 600; while (Date.now() < until); return list.map((x) => x + 1); };`,
  'random.mjs': 'export default (list) => list.map(() => Math.random());',
  'one-list.json': '{ "a": [1, 2, 3] }',
  'hundred.json': JSON.stringify(
    Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`key${i}`, Array(50).fill(i)])),
  ),
  'skewed.json': JSON.stringify(
    Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`key${i}`, Array(i === 7 ? 900 : 10).fill(i)])),
  ),
  'no-lists.json': '{ "a": "text" }',
  'empty.json': '{ "a": [] }',
};

beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  storeRun(join(folder, 'here.ndjson'));
  expect(await breakeven(['calibrate', 'here.ndjson'], at)).toMatchObject({ code: 0 });
});
const together = oneProcess(at);
afterAll(async () => {
  await together.end();
  rmSync(folder, { recursive: true, force: true });
});

it('measures a function of one list, on the data that it is asked about, and advises from that', async () => {
  const { code, stdout, stderr } = await breakeven(
    'advise --kernel double.mjs --data one-list.json'.split(' '),
    at,
  );
  expect(code).toBe(0);
  expect(stderr.match(/Reading one-list\.json/g)).toHaveLength(1);
  expect(stdout).toMatch(/^1 key, 3 numbers each; warm, from lists, double/m);
  expect(stdout).toMatch(/^(for-loop|async-tasks): .* nine times of ten$/m);
  expect(stdout).toMatch(/^rests on: .*double\.mjs measured just now, each cell once; /m);
});

it('measures a kernel with an option cost as it stands, and asks for no amount', async () => {
  const { code, stdout, stderr } = await breakeven('advise --kernel burn --keys 1 --length 1'.split(' '), at);
  expect(stderr).toContain('Its option cost stays as it stands: 100.');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^1 key, 1 number each; warm, from lists, burn/m);
});

it('takes the size of a data file, and a stored profile', async () => {
  const [byFile, bySize] = await Promise.all(
    ['--data hundred.json', '--keys 100 --length 50'].map((args) =>
      breakeven(['advise', ...args.split(' ')], at),
    ),
  );
  expect(byFile).toMatchObject({ code: 0, stdout: bySize.stdout });
});

it('says what a list much longer than the others means', async () => {
  const { code, stdout } = await together.run('advise --data skewed.json'.split(' '));
  expect(stdout).toMatch(
    /^note: the longest list has 900 numbers, 28 times the mean, .* with 70 % of all numbers$/m,
  );
  expect(code).toBe(0);
});

it.each([
  ['--kernel throws.mjs --keys 4 --length 4', 'the kernel threw on the list of key "key1": Error: no idea'],
  ['--kernel shorter.mjs --keys 4 --length 4', 'a list function must answer as many as it gets'],
  ['--kernel random.mjs --keys 4 --length 4', 'the kernel is not deterministic'],
  ['--kernel later-throws.mjs --keys 4 --length 64', 'Error: too long for me'],
  ['--kernel changes.mjs --keys 4 --length 1', 'of the same list'],
  // The first or the last one, by how fast the machine is.
  ['--kernel changes-later.mjs --keys 64 --length 10', 'timed warm call answered wrongly'],
  ['--kernel never.mjs --keys 4 --length 4', 'within 5 s: does it ever return?'],
  // The second where the machine is slow, too.
  [
    '--kernel slow.mjs --keys 64 --length 4',
    /too long to learn anything about pools in a few seconds|did not finish/,
  ],
  ['--kernel double.mjs --keys 1e6 --length 1e6 --from columns', 'your function is measured with lists here'],
  ['--kernel none.mjs --keys 4 --length 4', 'none.mjs'],
  [
    '--kernel double.mjs --keys 4 --length 4 --cost 4us',
    '--kernel and --cost: your function is measured now',
  ],
  [
    '--kernel double.mjs --keys 4 --length 4 --profile p.json',
    '--kernel and --profile: your function is measured now',
  ],
  ['--kernel double.mjs --keys 1e6 --length 1e6', 'no strategy can hold them at once'],
  ['--data no-lists.json', 'no-lists.json'],
  ['--data empty.json', 'empty.json: holds no numbers'],
  ['--data hundred.json --keys 4', '--keys and --data: the file says how large'],
  ['--keys 4 --length 4 --value x', '--value says how a data file is read'],
])('advise %s: exit 2, %s', async (args, says) => {
  const { code, stdout, stderr } = await together.run(['advise', ...args.split(' ')]);
  expect(stderr).toMatch(says);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
