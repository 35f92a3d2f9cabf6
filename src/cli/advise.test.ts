import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { oneProcess } from '../../test/support/cli/one-process.js';
import { breakeven } from '../../test/support/cli/program.js';
import { storeRun } from '../../test/support/cli/stored-run.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-advise-'));
const at = { cwd: folder };
const together = oneProcess(at);
afterAll(async () => {
  await together.end();
  rmSync(folder, { recursive: true, force: true });
});

beforeAll(async () => {
  storeRun(join(folder, 'here.ndjson'));
  storeRun(join(folder, 'skewed.ndjson'), {}, { skew: ['equal', 1] });
  expect(await breakeven(['calibrate', 'here.ndjson'], at)).toMatchObject({ code: 0 });
  const profile = readFileSync(join(folder, 'breakeven-profile.json'), 'utf8');
  writeFileSync(join(folder, 'cut.json'), profile.slice(0, 500));
  const { accounts, ...rest } = JSON.parse(profile);
  writeFileSync(join(folder, 'warm.json'), JSON.stringify({ ...rest, accounts: { warm: accounts.warm } }));
});

it('calibrate says which strategies follow a formula, and writes a profile', async () => {
  const { stdout } = await breakeven(['calibrate', 'here.ndjson', '--out', 'again.json'], at);
  expect(stdout).toContain('warm: 6 of 6 strategies follow a formula');
  expect(stdout).toContain('Written: again.json.');
  expect(JSON.parse(readFileSync(join(folder, 'again.json'), 'utf8'))).toMatchObject({
    format: 'breakeven-profile',
  });
});

it('advise names the choice, its time, what would change it and what it rests on', async () => {
  const { code, stdout } = await breakeven('advise --keys 100 --length 50'.split(' '), at);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^for-loop: [\d.]+ µs, between [\d.]+ µs and [\d.]+ µs nine times of ten$/m);
  expect(stdout).toMatch(/^runner-up: /m);
  expect(stdout).toMatch(/^above [\d.,k]+ numbers per list: (typed-array|wasm-simd)$/m);
  expect(stdout).toMatch(/^rests on: .*a formula that held on points it had not seen$/m);
});

it.each([
  ['advise --keys 100', 'advise needs the size of the dictionary'],
  ['advise --keys 100 --length 0', '--length 0: it must be a number above 0.'],
  ['advise --keys 1.5 --length 1', '--keys 1.5: it must be a whole number.'],
  ['advise --keys many --length 1', '--keys many: it must be a number above 0.'],
  [
    'advise --keys 1e3 --length 1 --cost 4parsecs',
    'there is no unit "parsecs". There are: ns, us, µs, ms, s.',
  ],
  ['advise --keys 1e3 --length 1 --cost 4', '--cost 4: the unit is missing.'],
  [
    'advise --keys 1e3 --length 1 --cost 4us',
    'measured with the kernel square-minus-13, always the same work',
  ],
  ['advise --keys 1e3 --length 1 --account cold', '--account cold: there are one-shot, warm, resident.'],
  ['advise --keys 1e3 --length 1 --from columns', 'measured from lists, and says nothing of columns.'],
  ['advise --keys 1e3 --length 1 --lenght 1', 'advise has no option --lenght.'],
  [
    'advise --keys 1e6 --length 1e6',
    'no strategy can hold them at once. Cut the dictionary: `breakeven project` says how.',
  ],
  ['advise --keys 1e8 --length 1', 'a Map holds 16.8M at most'],
  [
    'advise --keys 1e6 --length 1',
    'keys 1,000,000 lies 3,910 times outside of what this profile was measured at',
  ],
  [
    'advise --keys 1e2 --length 1e2 --profile none.json',
    'there is no profile none.json: `breakeven calibrate`',
  ],
  [
    'advise --keys 1e2 --length 1e2 --profile here.ndjson',
    'holds the results of a run, not a profile: `breakeven calibrate here.ndjson`',
  ],
  ['advise --keys 1e2 --length 1e2 --profile .', '. is a folder, not a profile: name the file in it'],
  ['advise --keys 1e2 --length 1e2 --profile cut.json', 'cut.json is no profile, or it was cut'],
  [
    'advise --keys 64 --length 1e2 --account one-shot --profile warm.json',
    '--account one-shot: the profile was made from a run without it, and knows warm alone',
  ],
  ['calibrate none', 'none does not exist'],
  [
    'calibrate here.ndjson --out nowhere/x.json',
    '--out nowhere/x.json cannot be written: there is no folder nowhere. Make it first',
  ],
  ['calibrate --out .', '--out . cannot be written: it is a folder.'],
  ['calibrate skewed.ndjson', 'the run sweeps skew, which no formula knows'],
  ['calibrate --rounds 3', 'calibrate has no option --rounds. There are: out.'],
])('%s: exit 2, %s', async (args, says) => {
  const { code, stderr } = await together.run(args.split(' '));
  expect(stderr).toContain(says);
  expect(code).toBe(2);
});

it.each([
  ['another machine', { fingerprint: 'elsewhere' }, 'elsewhere.json comes from another machine'],
  ['another Node', { node: '1.2.3' }, 'elsewhere.json was measured with Node 1.2.3'],
  ['other cores', { usableCores: 63 }, 'elsewhere.json was measured with 63 usable cores'],
])('a profile of %s is refused', async (_what, host, says) => {
  storeRun(join(folder, 'elsewhere.ndjson'), host);
  await together.run('calibrate elsewhere.ndjson --out elsewhere.json'.split(' '));
  const { code, stderr } = await together.run(
    'advise --keys 1e2 --length 1e2 --profile elsewhere.json'.split(' '),
  );
  expect(stderr).toContain(says);
  expect(code).toBe(2);
});

it('a profile that was edited into nonsense is refused', async () => {
  const profile = readFileSync(join(folder, 'breakeven-profile.json'), 'utf8');
  writeFileSync(join(folder, 'edited.json'), profile.replace(/"ns": [\d.]+/, '"ns": -1'));
  const { code, stderr } = await breakeven(
    'advise --keys 1e2 --length 1e2 --profile edited.json'.split(' '),
    at,
  );
  expect(stderr).toMatch(/edited\.json: the profile's one-shot account, .*: the formula needs coefficients/);
  expect(code).toBe(2);
});

it('tells what V8 must be told where lists are larger than its heap, and nothing where they are not', async () => {
  storeRun(join(folder, 'large.ndjson'), { memoryBytes: 24e9 });
  await together.run('calibrate large.ndjson --out large.json'.split(' '));
  const ask = (size: string) => together.run(`advise --profile large.json ${size}`.split(' '));
  const [large, small] = [await ask('--keys 3000 --length 1e5'), await ask('--keys 100 --length 50')];
  expect(large.stdout).toMatch(
    /^note: the lists and their answers take about 4\.5 GiB of V8's heap, which ends at about 4 GiB: start Node with --max-old-space-size=7168$/m,
  );
  expect(small).toMatchObject({ code: 0 });
  expect(small.stdout).not.toContain('heap');
});
