import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { environmentFor, startBreakeven } from '../../test/support/cli/program.js';
import type { CellRecord, Outcome } from '../results/format.js';
import { readResults } from '../results/reader.js';

/*
 * Runs on machines that refuse something: real limits of the system around the built program. Nothing of it may be told
 * as a crash of a strategy, and the exit code is that of a run in which nothing bad was found.
 */
const folder = mkdtempSync(join(tmpdir(), 'breakeven-refuses-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const main = fileURLToPath(new URL('./main.js', import.meta.url));

/** 40 MB of lists of 8 bytes each that are kept for ever: more than a small group has. */
writeFileSync(
  join(folder, 'greedy.mjs'),
  `const kept = [];
export default { title: 'greedy', family: 'serial', open: ({ kernel }) => ({ close() {}, run(input) {
  for (let i = 0; i < 20; i++) kept.push(Buffer.alloc(2 ** 24, 1));
  return new Map([...input].map(([key, xs]) => { const out = xs.slice(); kernel.list(xs, out); return [key, out]; }));
} }) };`,
);
writeFileSync(
  join(folder, 'slow.mjs'),
  `export default (list) => { const end = Date.now() + 40; while (Date.now() < end); return list.map((x) => x + 1); };`,
);

let runs = 0;

interface Limited {
  readonly code: number | null;
  readonly stderr: string;
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

/** Runs bench inside a shell line: `"$@"` stands for the program. */
async function benchIn(
  line: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Limited> {
  const out = join(folder, `out${runs++}`);
  const command = [
    process.execPath,
    main,
    'bench',
    '--kernel',
    'square-minus-13',
    '--rounds',
    '1',
    '--quick',
  ];
  const child = spawn('sh', ['-c', line, 'sh', ...command, ...args, '--out', out], {
    cwd: folder,
    env: environmentFor(folder, env),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stderr, outcomes: outcomesIn(out) };
}

function recordsIn(out: string): readonly CellRecord[] {
  // Nothing was measured where not even the plan could be made.
  if (!existsSync(out)) return [];
  const [scenario] = readdirSync(out);
  const [run] = readdirSync(join(out, scenario));
  return readResults(join(out, scenario, run, 'results.ndjson')).records;
}

function outcomesIn(out: string): Readonly<Record<string, Outcome>> {
  // Nothing was measured where not even the plan could be made.
  if (!existsSync(out)) return {};
  const [scenario] = readdirSync(out);
  const [run] = readdirSync(join(out, scenario));
  const { header, records } = readResults(join(out, scenario, run, 'results.ndjson'));
  const nameOf = (id: string) => header.cells.find((cell) => cell.id === id)?.strategy ?? id;
  return Object.fromEntries(records.map(({ cell, outcome }) => [nameOf(cell), outcome]));
}

const can = (line: string) => spawnSync('sh', ['-c', line]).status === 0;

const small = ['--keys', '4', '--length', '1000'];
/** 16 MB for the program's numbers, as much for its answers. */
const large = ['--keys', '4', '--length', '500000'];

describe.skipIf(!can('unshare -m mount -t tmpfs tmpfs /dev/shm && cc --version'))(
  '/dev/shm is small (docker: 64 MB)',
  { timeout: 120_000 },
  () => {
    const strategies = ['--only', 'for-loop', '--only', 'native-serial'];
    const inside = (mounts: string) => `exec unshare -m sh -c '${mounts} exec "$@"' sh "$@"`;
    const shm = 'mount -t tmpfs -o size=8m tmpfs /dev/shm;';

    test('what passes to programs goes through the temporary folder', async () => {
      const { code, stderr, outcomes } = await benchIn(inside(shm), [...large, ...strategies]);
      expect(code, stderr).toBe(0);
      expect(outcomes['native-serial']).toMatchObject({ status: 'measured' });
    });

    test('and neither has room: a limit that names both', async () => {
      const temporary = join(folder, 'small-tmp');
      mkdirSync(temporary);
      const mounts = `${shm} mount -t tmpfs -o size=8m tmpfs ${temporary};`;
      const env = { TMPDIR: temporary };
      const { code, stderr, outcomes } = await benchIn(inside(mounts), [...large, ...strategies], env);
      expect(code, stderr).toBe(0);
      expect(outcomes['for-loop']).toMatchObject({ status: 'measured' });
      expect(outcomes['native-serial']).toMatchObject({ status: 'limit', limit: 'room', by: 'machine' });
      expect(stderr).toMatch(/\/dev\/shm has \d+ MB, \S+small-tmp has \d+ MB.*docker run --shm-size/);
    });
  },
);

/** A control group of version 1 or 2 that may be made here, with this file to write a limit into. */
function groupWith(controller: string, file: string): string | undefined {
  for (const parent of [`/sys/fs/cgroup/${controller}`, '/sys/fs/cgroup']) {
    const path = join(parent, `breakeven-test-${process.pid}-${file}`);
    try {
      mkdirSync(path);
    } catch {
      continue;
    }
    if (existsSync(join(path, file))) return path;
    rmdirSync(path);
  }
  return undefined;
}

const groups = {
  memory: groupWith('memory', 'memory.limit_in_bytes') ?? groupWith('', 'memory.max'),
  pids: groupWith('pids', 'pids.max'),
};
afterAll(async () => {
  for (const path of Object.values(groups)) if (path !== undefined) await removed(path);
});

/** A group can be removed when its last process has been forgotten. */
async function removed(path: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      return rmdirSync(path);
    } catch {
      await sleep(50);
    }
  }
}

const inGroup = (path: string | undefined) => `echo $$ > ${path}/cgroup.procs && exec "$@"`;

describe.skipIf(groups.memory === undefined)(
  'a control group with little memory',
  { timeout: 120_000 },
  () => {
    test('the system ends a cell: a limit, not a crash', async () => {
      const file = ['memory.max', 'memory.limit_in_bytes'].find((name) =>
        existsSync(`${groups.memory}/${name}`),
      );
      writeFileSync(`${groups.memory}/${file}`, `${400 * 2 ** 20}`);
      const { code, stderr, outcomes } = await benchIn(inGroup(groups.memory), [
        ...small,
        ...['--only', 'for-loop', '--only', './greedy.mjs'],
      ]);
      expect(code, stderr).toBe(0);
      expect(outcomes['for-loop']).toMatchObject({ status: 'measured' });
      expect(outcomes.greedy).toMatchObject({ status: 'limit', limit: 'memory', by: 'machine' });
      expect(stderr).toContain('the system ended it for want of memory');
    });
  },
);

describe.skipIf(groups.pids === undefined)('a control group with few processes', { timeout: 180_000 }, () => {
  // Enough for what looks at plug-ins, but not for a pool; and not even that.
  test.each([30, 24])('%i: whatever cannot start is a limit, and nothing hangs', async (most) => {
    writeFileSync(`${groups.pids}/pids.max`, `${most}`);
    const { code, stderr, outcomes } = await benchIn(inGroup(groups.pids), [
      ...small,
      ...['--only', 'for-loop', '--only', 'worker-threads', '--only', 'child-process'],
      ...['--workers', '4', '--limit', '6'],
    ]);
    // With very few not even the process starts that looks at the plug-ins: the command could not be carried out.
    if (code === 5) expect(stderr).toMatch(/refuses another process|Raise the limit/);
    // 3: nothing at all could start, and so nothing was measured.
    else expect([0, 3], stderr).toContain(code);
    const limited = Object.values(outcomes).filter(({ status }) => status !== 'measured');
    if (code === 0) expect(limited.length).toBeGreaterThan(0);
    // On a busy machine a cell may reach its own limit before the refusal is seen.
    for (const outcome of limited) {
      expect(outcome.status).toBe('limit');
      if ('by' in outcome) expect(outcome).toMatchObject({ limit: 'processes', by: 'machine' });
    }
    // Nobody hangs in it for ever, the reaper included.
    while (readFileSync(`${groups.pids}/cgroup.procs`, 'utf8') !== '') await sleep(50);
  });
});

test('little address space (ulimit -v) is a limit of memory', { timeout: 120_000 }, async () => {
  const { code, stderr, outcomes } = await benchIn('ulimit -v 3000000; exec "$@"', [
    ...['--keys', '4', '--length', '1000', '--only', 'for-loop', '--only', 'wasm-simd'],
  ]);
  expect(code, stderr).toBe(0);
  expect(outcomes['wasm-simd']).toMatchObject({ status: 'limit', limit: 'memory', by: 'machine' });
});

describe('time limits', { timeout: 120_000 }, () => {
  const slow = ['--kernel', 'slow.mjs', '--keys', '1', '--length', '10', '--only', 'for-loop'];

  test('beyond 2^31 ms are no limit', async () => {
    const { code, stderr, outcomes } = await benchIn('exec "$@"', [
      ...small,
      ...['--only', 'for-loop', '--limit', '3000000'],
    ]);
    expect(code, stderr).toBe(0);
    expect(outcomes['for-loop']).toMatchObject({ status: 'measured' });
  });

  test('leave out the time in which everything was stopped, and the record says so', async () => {
    const out = join(folder, `out${runs++}`);
    const args = ['bench', ...slow, '--rounds', '1', '--quick', '--limit', '6', '--out', out];
    const { child, ended } = startBreakeven(args, { cwd: folder });
    const driver = child.pid ?? 0;
    const cell = await cellOf(driver);
    // It is there before the driver has its clock: stopped in that moment, nobody could notice.
    await sleep(300);
    for (const pid of [-cell, driver]) process.kill(pid, 'SIGSTOP');
    await sleep(8_000);
    for (const pid of [-cell, driver]) process.kill(pid, 'SIGCONT');
    const { code, stderr } = await ended;
    expect(code, stderr).toBe(0);
    const [{ outcome }] = recordsIn(out);
    expect(outcome).toMatchObject({ status: 'measured' });
    expect(outcome.pausedMs).toBeGreaterThan(4_000);
  });

  test('leave out the time in which the cell alone was stopped', async () => {
    const out = join(folder, `out${runs++}`);
    const args = ['bench', ...slow, '--rounds', '1', '--quick', '--limit', '6', '--out', out];
    const { child, ended } = startBreakeven(args, { cwd: folder });
    const cell = await cellOf(child.pid ?? 0);
    process.kill(-cell, 'SIGSTOP');
    await sleep(8_000);
    process.kill(-cell, 'SIGCONT');
    const { code, stderr } = await ended;
    expect(code, stderr).toBe(0);
    expect(recordsIn(out)[0].outcome).toMatchObject({ status: 'measured' });
  });
});

test('data that was cleaned away in mid-run is made again', { timeout: 120_000 }, async () => {
  const data = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`k${i}`, [i, i + 1, i + 2]]));
  writeFileSync(join(folder, 'data.json'), JSON.stringify(data));
  const temporary = join(folder, 'cleaned');
  mkdirSync(temporary);
  const out = join(folder, `out${runs++}`);
  const args = [
    'bench',
    '--kernel',
    'square-minus-13',
    '--data',
    'data.json',
    '--rounds',
    '3',
    '--quick',
    '--out',
    out,
  ];
  const { child, ended } = startBreakeven([...args, '--only', 'for-loop', '--only', 'typed-array'], {
    cwd: folder,
    env: { TMPDIR: temporary },
  });
  await cellOf(child.pid ?? 0);
  for (const name of readdirSync(temporary)) rmSync(join(temporary, name), { recursive: true, force: true });
  const { code, stderr } = await ended;
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('reading data.json again');
  const records = recordsIn(out);
  expect(records.length).toBeGreaterThanOrEqual(6);
  expect(records.filter(({ outcome }) => outcome.status !== 'measured')).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
});

/** The process id of a driver's cell, once it is one. */
async function cellOf(driver: number): Promise<number> {
  for (;;) {
    for (const name of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const parent = /^.*\) \S (\d+) /s.exec(readFileSync(`/proc/${name}/stat`, 'latin1'))?.[1];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        if (Number(parent) === driver && command.includes('/cell/main.js')) return Number(name);
      } catch {
        // It ended while we looked.
      }
    }
    await sleep(10);
  }
}
