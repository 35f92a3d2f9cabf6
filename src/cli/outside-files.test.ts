import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { oneProcess } from '../../test/support/cli/one-process.js';
import { type Ended, startBreakeven } from '../../test/support/cli/program.js';
import { storeRun } from '../../test/support/cli/stored-run.js';
import { lockRun } from '../results/lock.js';

const { folder: cwd, remove } = writeFixtures();
const together = oneProcess({ cwd });
afterAll(async () => {
  await together.end();
  remove();
});
const at = (name: string) => join(cwd, name);

beforeAll(() => {
  for (const pipe of ['pipe', 'pipe.json', 'pipe.ndjson', 'pipe.csv', 'pipe.parquet', 'pipe.mjs'])
    execFileSync('mkfifo', [at(pipe)]);
  mkdirSync(at('piped-run'));
  execFileSync('mkfifo', [at('piped-run/results.ndjson')]);
  mkdirSync(at('piped-job'));
  execFileSync('mkfifo', [at('piped-job/job.json')]);
  storeRun(at('run.ndjson'));
  writeFileSync(at('list.json'), '[]');
  writeFileSync(at('number.json'), '5');
  writeFileSync(at('limits-list.json'), '{"strategies":["5%"]}');
  writeFileSync(at('slip.json'), '{"strategies":{"worker-treads":"50%"}}');
  writeFileSync(at('slip-scenario.json'), '{"scenarios":{"synthetik":"50%"}}');
  writeFileSync(at('slip-account.json'), '{"accounts":{"worm":"50%"}}');
  writeFileSync(at('no-accounts.json'), '{"accounts":null}');
  writeFileSync(at('slip-field.json'), '{"failon":"5%"}');
  writeFileSync(at('far.json'), '{"strategies":{"of-another-project":"50%"}}');
  writeFileSync(at('deep.json'), `{"failOn":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
  const scenario = (
    sweeps: string,
  ) => `export default { title: 'Large', question: 'How many?', from: 'lists', claims: [],
    strategies: ['for-loop'], kernel: { module: 'square-minus-13', options: {} }, sweeps: ${sweeps}, quick: ${sweeps} };`;
  writeFileSync(
    at('million.mjs'),
    scenario('[{ keys: Array.from({ length: 1e6 }, (_, i) => i + 1), length: [9] }]'),
  );
  const many = 'Array.from({ length: 200 }, (_, i) => i + 1)';
  writeFileSync(at('product.mjs'), scenario(`[{ keys: ${many}, length: ${many}, workers: ${many} }]`));
});

/** Ends by itself, or the test fails: what hangs is ended after a while and has no code. */
async function runWithin(
  seconds: number,
  args: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { child, ended } = startBreakeven(args.split(' '), { cwd, env });
  const timer = setTimeout(() => child.kill('SIGKILL'), 1_000 * seconds);
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
  }
}

const own = '--scenario tiny.mjs --quick --rounds 1 --only for-loop';

describe.concurrent('a file that cannot be read to its end is refused at once, and told what it is', {
  timeout: 90_000,
}, () => {
  it.each([
    ['report pipe', 'pipe is a pipe (FIFO)'],
    ['report piped-run', 'results.ndjson is a pipe (FIFO)'],
    ['report /dev/zero', '/dev/zero is a device'],
    ['bench --resume pipe', 'pipe is a pipe (FIFO)'],
    ['compare pipe run.ndjson', 'pipe is a pipe (FIFO)'],
    ['compare --resume piped-job', 'job.json is a pipe (FIFO)'],
    ['compare run.ndjson run.ndjson --config pipe.json', 'pipe.json is a pipe (FIFO)'],
    ['compare run.ndjson run.ndjson --config /dev/zero', '/dev/zero is a device'],
    ['advise --keys 4 --length 9 --profile pipe', 'pipe is a pipe (FIFO)'],
    ['advise --keys 4 --length 9 --profile /dev/zero', '/dev/zero is a device'],
    ['project --keys 4 --length 9 --profile pipe', 'pipe is a pipe (FIFO)'],
    ['report run.ndjson --bandwidth pipe', 'pipe is a pipe (FIFO)'],
    ['calibrate pipe', 'pipe is a pipe (FIFO)'],
    ['calibrate run.ndjson --out pipe', 'it is a pipe or a device'],
    [`bench --data pipe.json ${own}`, 'pipe.json is a pipe (FIFO)'],
    [`bench --data pipe.ndjson ${own}`, 'pipe.ndjson is a pipe (FIFO)'],
    [`bench --data pipe.csv --group-by a --value b ${own}`, 'pipe.csv is a pipe (FIFO)'],
    [`bench --data pipe.parquet --group-by a --value b ${own}`, 'pipe.parquet is a pipe (FIFO)'],
    [`bench --kernel pipe.mjs ${own}`, 'kernel file pipe.mjs is a pipe (FIFO)'],
    ['bench --scenario pipe.mjs', 'scenario file pipe.mjs is a pipe (FIFO)'],
    ['bench --scenario tiny.mjs --only ./pipe.mjs', 'pipe.mjs is a pipe (FIFO)'],
    ['check pipe.mjs', 'pipe.mjs is a pipe (FIFO)'],
  ])('%s', async (args, says) => {
    const { code, stderr } = await together.run(args.split(' '));
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  it('and a summary that nobody reads costs the run nothing', async () => {
    const { code, stderr } = await runWithin(60, 'compare run.ndjson run.ndjson', {
      GITHUB_STEP_SUMMARY: at('pipe'),
    });
    expect(stderr).toMatch(/The summary could not be appended to .*pipe/);
    expect([0, 3]).toContain(code);
  });
});

describe.concurrent('a folder in which nothing can be made', { timeout: 90_000 }, () => {
  it.each(['/proc/nope', '/dev/fd/x', '/proc/self/fd/x/y'])(
    '--out %s is refused before anything is measured',
    async (out) => {
      const { code, stderr } = await together.run(`bench ${own} --out ${out}`.split(' '));
      expect(stderr).toMatch(/^breakeven: --out .* cannot be written: .* Choose another folder\.$/m);
      expect(code).toBe(2);
    },
  );

  it('as cache costs what it would have held, and nothing else', async () => {
    const { code, stderr } = await runWithin(60, `bench ${own} --out cacheless`, {
      HOME: '/proc',
      BREAKEVEN_CACHE: '/proc/nope/breakeven',
    });
    expect(stderr).not.toContain('unexpected');
    expect([0, 3]).toContain(code);
  });
});

describe.concurrent('a cache that holds anything else', { timeout: 90_000 }, () => {
  it.each([
    ['null'],
    ['[1, 2]'],
    ['{"a": null, "b": "x", "c": {"at": 5}, "__proto__": {"x": 1}}'],
    ['['.repeat(100_000)],
  ])('%.40s is measured again', async (content) => {
    const cache = at(`cache-${Math.random()}`);
    mkdirSync(cache);
    for (const name of ['prices.json', 'calibration.json']) writeFileSync(join(cache, name), content);
    const run = `bench ${own} --kernel burn --out ${cache}/out`;
    const { code, stderr } = await runWithin(60, run, { BREAKEVEN_CACHE: cache });
    expect(stderr).not.toContain('unexpected');
    expect([0, 3]).toContain(code);
    expect(Object.keys(JSON.parse(readFileSync(join(cache, 'prices.json'), 'utf8'))).join()).toContain(
      'for-loop',
    );
  });
});

describe.concurrent('a lock that is none', { timeout: 30_000 }, () => {
  const folderWith = (put: (path: string) => void) => {
    const folder = at(`locked-${Math.random()}`);
    mkdirSync(folder);
    put(join(folder, 'results.lock'));
    return folder;
  };

  it.each([
    ['a folder', (path: string) => mkdirSync(path), /it is a folder\. .*remove it and try again/],
    ['a dangling link', (path: string) => symlinkSync('nowhere', path), /it is no regular file/],
    ['a FIFO', (path: string) => execFileSync('mkfifo', [path]), /it is no regular file/],
    ['an empty file', (path: string) => writeFileSync(path, ''), /names no process/],
    ['somebody else’s file', (path: string) => writeFileSync(path, 'null'), /names no process/],
  ])('%s ends with a RunError that says what to remove', (_, put, says) => {
    const folder = folderWith(put);
    expect(() => lockRun(folder)).toThrow(says);
    expect(readdirSync(folder)).toEqual(['results.lock']);
  });

  it('of another container is nobody’s to take over', () => {
    const other = { pid: process.pid, start: '1', boot: 'another', pidNamespace: 'pid:[1]' };
    const folder = folderWith((path) => writeFileSync(path, JSON.stringify(other)));
    expect(() => lockRun(folder)).toThrow(
      /may be measuring in .* another container .*Remove .*results\.lock if it is not/s,
    );
  });

  it('of a process that is gone is taken over, in the form of earlier versions, too', () => {
    for (const content of ['4194305 77', undefined]) {
      const folder = folderWith((path) => {
        if (content !== undefined) writeFileSync(path, content);
      });
      const lock = lockRun(folder);
      expect(() => lockRun(folder)).toThrow(`process ${process.pid} is measuring in`);
      lock.release();
      expect(readdirSync(folder)).toEqual([]);
    }
  });
});

describe.concurrent('a configuration of compare that means nothing', { timeout: 60_000 }, () => {
  it.each([
    ['list.json', 'it holds a list, and must hold an object'],
    ['number.json', 'it holds a number, and must hold an object'],
    ['limits-list.json', 'strategies is a list, and must be an object'],
    [
      'slip.json',
      'limit for strategies.worker-treads, and there is no such name on either side. Did you mean "worker-threads"?',
    ],
    [
      'slip-scenario.json',
      'limit for scenarios.synthetik, and there is no such name on either side. Did you mean "synthetic"?',
    ],
    ['slip-account.json', 'accounts.worm, which means nothing. Did you mean "warm"?'],
    ['no-accounts.json', 'accounts: Invalid type: Expected Object but received null'],
    ['slip-field.json', 'failon, which means nothing. Did you mean "failOn"?'],
    ['deep.json', 'nests more than 100 levels deep'],
  ])('%s is refused', async (config, says) => {
    const { code, stderr } = await together.run(['compare', 'run.ndjson', 'run.ndjson', '--config', config]);
    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });

  it('is told where its name is nobody’s and near to none', async () => {
    const args = ['compare', 'run.ndjson', 'run.ndjson', '--config', 'far.json'];
    const { stderr } = await together.run(args);
    expect(stderr).toContain('The limit for strategies.of-another-project applies to nothing here');
  });
});

describe.concurrent('what is counted before it is made', { timeout: 60_000 }, () => {
  it.each([
    ['--scenario million.mjs', 'keys has 1000000 values, and may have 200'],
    ['--scenario million.mjs --dry-run', 'keys has 1000000 values, and may have 200'],
    [
      '--scenario product.mjs',
      'has 8000000 points, which makes 8000000 cells with 1 strategies; at most 20000 are measured. Cut an axis: keys has 200 values.',
    ],
    ['--scenario product.mjs --dry-run', 'at most 20000 are measured'],
    ['--scenario tiny.mjs --rounds 100000', '--rounds 100000: at most 10000 are taken.'],
    [`--scenario tiny.mjs --keys ${'.'.repeat(50_000)}`, 'its values have 50000 letters'],
  ])('%.60s', async (args, says) => {
    const { code, stderr } = await together.run(args.split(' '));
    expect(stderr).toContain(says);
    expect(code).toBe(2);
    expect(existsSync(at('reports/million'))).toBe(false);
  });
});
