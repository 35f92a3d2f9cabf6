import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { brief, repository } from '../../test/support/cli/commits.js';
import { leftAfter, markedProcesses, newMark } from '../../test/support/cli/marked.js';
import { startBreakeven } from '../../test/support/cli/program.js';
import { reaperVariable } from '../process/reaper/run-processes.js';

/*
 * The built program, killed outright in the middle of each command, with something at work that would go on for ever:
 * nobody of the run may live on, and no folder may stay.
 */
const folder = mkdtempSync(join(tmpdir(), 'breakeven-outlive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each says its process id in the file that LOG names, and then never ends. */
const endless = {
  'endless.mjs': `import { appendFileSync } from 'node:fs';
let calls = 0;
export default (list) => {
  calls += list.length > 500 ? 1 : 0;
  if (calls > 200) { appendFileSync(process.env.LOG, process.pid + '\\n'); for (;;); }
  return list.map((x) => x + 1);
};`,
  'endless-kernel.mjs': `import { appendFileSync } from 'node:fs';
let calls = 0;
export default { title: 'endless', options: {}, split: 'never', agree: 'exact', make: () => ({
  kind: 'map', work: (n) => ({ flops: n, bytes: 8 * n }),
  list(xs, out) {
    if (++calls > 30) { appendFileSync(process.env.LOG, process.pid + '\\n'); for (;;); }
    for (let i = 0; i < xs.length; i++) out[i] = xs[i];
  } }) };`,
  'program.mjs': `import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
for await (const line of createInterface({ input: process.stdin })) {
  if (JSON.parse(line).do === 'hello') { console.log('{"runs":true,"stages":false}'); continue; }
  appendFileSync(process.env.LOG, process.pid + '\\n');
  for (;;);
}`,
  'without-environment.mjs': `import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
const endless = 'require("node:fs").appendFileSync(process.argv[1], process.pid + "\\\\n"); for (;;);';
export default { title: 'spawns', family: 'serial', open() {
  spawn(process.execPath, ['-e', endless, process.env.LOG], { env: {}, detached: true, stdio: 'ignore' });
  return { run: (input) => { for (;;); }, close() {} };
} };`,
};
for (const [name, text] of Object.entries(endless)) writeFileSync(join(folder, name), text);

/** A program in another language: what it is started with, and how it is built. */
function program(name: string, manifest: object): void {
  mkdirSync(join(folder, name));
  const whole = {
    id: name,
    title: name,
    needs: 'nothing',
    kernels: ['square-minus-13'],
    strategies: [{ id: 'loop', title: 'a loop' }],
    ...manifest,
  };
  writeFileSync(join(folder, name, 'program.json'), JSON.stringify(whole));
}
program('deaf', { command: [process.execPath, join(folder, 'program.mjs')] });
program('compiled', {
  command: ['{built}'],
  build: {
    command: ['sh', '-c', 'echo $$ >> $LOG; while :; do :; done', '{built}'],
    sources: ['program.json'],
  },
});

const bench = ['bench', '--keys', '4', '--length', '1000', '--rounds', '2', '--limit', '600'];

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  /** Processes that must be at it before the driver is killed. */
  readonly busy: number;
}

const cases: readonly Case[] = [
  {
    name: 'bench, a kernel in the cell',
    args: [...bench, '--kernel', 'endless.mjs', '--only', 'for-loop'],
    busy: 1,
  },
  {
    name: 'bench, threads',
    args: [...bench, '--kernel', 'endless.mjs', '--only', 'worker-threads', '--workers', '2'],
    busy: 1,
  },
  {
    name: 'bench, forked processes',
    args: [...bench, '--kernel', 'endless.mjs', '--only', 'child-process', '--workers', '2'],
    busy: 2,
  },
  {
    name: 'bench, a program that does not hear that its input has ended',
    args: [...bench, '--kernel', 'square-minus-13', '--only', 'for-loop', '--only', './deaf:loop'],
    busy: 1,
  },
  {
    name: 'bench, a compiler',
    args: [...bench, '--kernel', 'square-minus-13', '--only', 'for-loop', '--only', './compiled:loop'],
    busy: 1,
  },
  {
    name: 'bench, a process with an empty environment and a session of its own',
    args: [...bench, '--kernel', 'square-minus-13', '--only', './without-environment.mjs'],
    busy: 1,
  },
  { name: 'advise', args: ['advise', '--kernel', 'endless.mjs', '--keys', '4', '--length', '1000'], busy: 1 },
  { name: 'check', args: ['check', 'endless-kernel.mjs'], busy: 1 },
];

const bothSignals: readonly NodeJS.Signals[] = ['SIGKILL', 'SIGQUIT'];

const linux = existsSync('/proc/self/environ');

describe.runIf(linux)('when the driver is killed, nobody lives on:', { timeout: 120_000 }, () => {
  // Whoever dies, its reaper sees the same: one case tells that the signal does not matter.
  test.each(
    cases.map((each, index) => ({ ...each, signals: index === 0 ? bothSignals : bothSignals.slice(0, 1) })),
  )('$name', async ({ args, busy, signals }) => {
    for (const signal of signals) {
      const run = start(args, folder);
      const pids = await run.untilBusy(busy);
      run.child.kill(signal);
      await run.ended;
      expect(await leftAfter(run.mark, 20_000), signal).toEqual([]);
      await until(() => !pids.some(isAlive) || undefined);
      expect(readdirSync(run.temporary)).toEqual([]);
    }
  });

  test.each([
    ['lesson', ['lesson', '--quick', '--out', 'lesson']],
    ['calibrate', ['calibrate', '--out', 'profile.json']],
  ])('%s, whose cell cannot even be told', async (_, args) => {
    const run = start(args, folder);
    const cell = await until(() =>
      markedProcesses(run.mark).find((pid) => commandOf(pid).includes('/cell/main.js')),
    );
    process.kill(cell, 'SIGSTOP');
    run.child.kill('SIGKILL');
    await run.ended;
    expect(await leftAfter(run.mark, 20_000)).toEqual([]);
    expect(readdirSync(run.temporary)).toEqual([]);
  });

  test('compare, while a side is installed', async () => {
    const { cwd, write, commit, git } = repository();
    write('package.json', '{}');
    write('breakeven.compare.json', '{ "install": "echo $$ >> $LOG; while :; do :; done" }');
    git('add', '--force', 'package.json');
    commit();
    const run = start(['compare', '--base', 'main', ...brief], cwd);
    await run.untilBusy(1);
    run.child.kill('SIGKILL');
    await run.ended;
    expect(await leftAfter(run.mark, 20_000)).toEqual([]);
    await until(() => !git('worktree', 'list').trim().includes('\n') || undefined);
    await until(() => readdirSync(run.temporary).length === 0 || undefined);
  });

  test('a reaper that was killed is replaced', async () => {
    const run = start(cases[0].args, folder);
    await run.untilBusy(1);
    const first = await until(() => reaperOf(run.child.pid));
    process.kill(first, 'SIGKILL');
    await until(() => {
      const next = reaperOf(run.child.pid);
      return next === first ? undefined : next;
    });
    run.child.kill('SIGKILL');
    await run.ended;
    expect(await leftAfter(run.mark, 20_000)).toEqual([]);
  });

  test('a run that ends by itself leaves nobody either, nor its reaper', async () => {
    const leaving = `import { spawn } from 'node:child_process';
      export default { title: 'leaves one', family: 'serial', open: ({ kernel }) => ({ close() {}, run: (input) => {
        spawn('sleep', ['300'], { detached: true, stdio: 'ignore' }).unref();
        return new Map([...input].map(([key, xs]) => { const out = xs.slice(); kernel.list(xs, out); return [key, out]; }));
      } }) };`;
    writeFileSync(join(folder, 'leaving.mjs'), leaving);
    const args = [...bench.slice(0, 5), '--kernel', 'square-minus-13', '--rounds', '1', '--quick'];
    const run = start([...args, '--only', './leaving.mjs'], folder);
    const reaper = await until(() => reaperOf(run.child.pid));
    const { code, stderr } = await run.ended;
    expect(code, stderr).toBe(0);
    expect(await leftAfter(run.mark, 20_000)).toEqual([]);
    await until(() => !isAlive(reaper) || undefined);
  });
});

let runs = 0;

function start(args: readonly string[], cwd: string) {
  const mark = newMark();
  const log = join(folder, `log${runs++}`);
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  const { child, ended } = startBreakeven(args, {
    cwd,
    env: { MARK: mark, LOG: log, TMPDIR: temporary, BREAKEVEN_INTERNAL_SAMPLING: '' },
  });
  let over: string | undefined;
  void ended.then(({ code, stderr }) => {
    over = `it ended with ${code}: ${stderr}`;
  });
  const untilBusy = (count: number) =>
    until(() => {
      if (over !== undefined) throw new Error(over);
      const pids = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').map(Number) : [];
      const busy = [...new Set(pids)].filter(isAlive);
      return busy.length >= count ? busy : undefined;
    });
  return { mark, temporary, child, ended, untilBusy };
}

/** Waits for what happens outside of this process; the test's own limit ends it. */
async function until<T>(find: () => T | undefined): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    await sleep(20);
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** A zombie has ended. */
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

function reaperOf(driver: number | undefined): number | undefined {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        const parent = / \S (\d+) /.exec(
          readFileSync(`/proc/${pid}/stat`, 'latin1').split(')').at(-1) ?? '',
        )?.[1];
        const isReaper = readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${reaperVariable}=1`);
        return Number(parent) === driver && isReaper && isAlive(pid);
      } catch {
        return false;
      }
    });
}
