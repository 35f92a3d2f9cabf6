import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { brief, repository } from '../../test/support/cli/commits.js';
import {
  atImport,
  endless,
  kernelFaults,
  kernelWith,
  rightKernel,
  rightScenario,
  rightStrategy,
  scenarioFaults,
  scenarioWith,
  strategyFaults,
  strategyWith,
} from '../../test/support/cli/evil.js';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { oneProcess } from '../../test/support/cli/one-process.js';
import { breakeven, startBreakeven } from '../../test/support/cli/program.js';
import type { BenchOptions } from '../app/plan/options.js';
import { prepare } from '../app/plan/prepare.js';
import { temporaryFolder } from '../app/temporary-folder.js';
import { readHost } from '../measure/host.js';

const { folder, remove } = writeFixtures();
/** Inherited by all processes that are started: Linux shows it. */
const mark = `breakeven-test-${randomUUID()}`;
/** One driver for all of them: what any plug-in did to it would be the next one's trouble. */
const driver = oneProcess({ cwd: folder, env: { MARK: mark } });
afterAll(async () => {
  await driver.end();
  remove();
});

let written = 0;

/** A file of its own for each, since Node keeps what it has imported. */
function plugin(source: string): string {
  const path = `./evil-${++written}.mjs`;
  writeFileSync(join(folder, path), source);
  return path;
}

const small = ['--keys', '2', '--length', '9', '--only', 'for-loop', '--rounds', '1'];
const commands = {
  'bench --kernel': {
    right: rightKernel,
    kind: 'kernel',
    args: (file: string) => ['--kernel', file, ...small],
  },
  'bench --strategy': {
    right: rightStrategy,
    kind: 'strategy',
    args: (file: string) => ['--scenario', 'tiny.mjs', '--only', file, '--rounds', '1'],
  },
  'bench --scenario': {
    right: rightScenario,
    kind: 'scenario',
    args: (file: string) => ['--scenario', file],
  },
  'advise --kernel': {
    right: rightKernel,
    kind: 'kernel',
    args: (file: string) => ['advise', '--kernel', file, '--keys', '9', '--length', '9'],
  },
} as const;

const commandNames = Object.keys(commands) as readonly (keyof typeof commands)[];

/** They all look at plug-ins through one process: each deed is tried with one of them, and each of them with several. */
const deeds = Object.entries(atImport).map(
  ([deed, source], index) => [commandNames[index % commandNames.length], deed, source] as const,
);

describe('a plug-in that, while it is imported,', { timeout: 60_000 }, () => {
  it.each(deeds)('(%s) %s is refused, named with its file', async (command, deed, source) => {
    const { right, kind, args } = commands[command];
    const file = plugin(`${source}\n${right}`);
    const { code, stderr, stdout } = await driver.run(args(file));
    expect(stderr).toContain(`${kind} ${basename(file)}`);
    expect(stderr).not.toContain('unexpected');
    expect(stdout).toBe('');
    // Who sent SIGKILL nobody knows: it may have been the machine.
    expect(code).toBe(deed === 'is killed' ? 5 : 2);
  });
});

describe('what a plug-in says that is not what it must be', { timeout: 60_000 }, () => {
  const cases = [
    ...kernelFaults.map(([change, says]) => ['bench --kernel', kernelWith(change), change, says] as const),
    ...kernelFaults
      .slice(0, 2)
      .map(([change, says]) => ['advise --kernel', kernelWith(change), change, says] as const),
    ...strategyFaults.map(
      ([change, says]) => ['bench --strategy', strategyWith(change), change, says] as const,
    ),
    ...scenarioFaults.map(
      ([change, says]) => ['bench --scenario', scenarioWith(change), change, says] as const,
    ),
  ];
  it.each(cases)('(%s) is bad input: %#', async (command, source, change, says) => {
    const { code, stderr, stdout } = await driver.run(commands[command].args(plugin(source)));
    expect(stderr, change).toContain(says);
    expect(stderr).toMatch(/evil-\d+/);
    expect(stderr).not.toContain('unexpected');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('a second baseline beside the one of the scenario is bad input', async () => {
    const second = plugin(strategyWith('baseline: true'));
    const { code, stderr } = await driver.run(['--scenario', 'tiny.mjs', '--strategy', second]);
    expect(stderr).toContain('both declare `baseline`, and every ratio is held against one');
    expect(code).toBe(2);
  });

  it('supports: () => false means no', async () => {
    const { code, stdout } = await driver.run([
      ...commands['bench --strategy'].args(plugin(strategyWith('supports: () => false'))),
      '--dry-run',
    ]);
    expect(stdout).toContain('its supports() says no');
    expect(stdout).toContain('0 cells');
    expect(code).toBe(0);
  });
});

describe('a plug-in that does not come to an end', { timeout: 120_000 }, () => {
  const forever = [
    // All commands look through one process: each deed is tried with one of them.
    ...Object.entries(endless).map(([deed, source], index) => {
      const command = commandNames[(commandNames.length - 1 - index) % commandNames.length];
      return [command, deed, `${source}\n${commands[command].right}`] as const;
    }),
    ['bench --kernel', 'loops in make', kernelWith('make() { for (;;); }')] as const,
    [
      'bench --kernel',
      'loops in work',
      kernelWith("make: () => ({ kind: 'map', list() {}, work() { for (;;); } })"),
    ] as const,
    ['bench --strategy', 'loops in supports', strategyWith('supports() { for (;;); }')] as const,
    ['bench --scenario', 'loops where it is read', scenarioWith('get title() { for (;;); }')] as const,
  ];

  it.concurrent.each(forever)('(%s) %s is ended at its deadline', async (command, _, source) => {
    const { kind, args } = commands[command as keyof typeof commands];
    const file = plugin(source);
    const env = { MARK: mark, BREAKEVEN_INTERNAL_INSPECT_MS: '3000' };
    const { code, stderr } = await breakeven(args(file), { cwd: folder, env });
    expect(stderr).toMatch(new RegExp(`${kind} "?evil-\\d+`));
    expect(stderr).toContain('it did not come to an end within 3 s.');
    expect(code).toBe(2);
  });

  it.concurrent.each(
    // One that measures, one that only looks, and one that tries the plug-in itself.
    [
      ['bench --kernel', 'SIGINT'],
      ['advise --kernel', 'SIGTERM'],
      ['check', 'SIGINT'],
    ] as const,
  )('(%s) does not keep %s from ending the command', async (command, signal) => {
    const { right, args } =
      command === 'check'
        ? { right: rightScenario, args: (file: string) => ['check', file] }
        : commands[command];
    const here = join(folder, `here-${randomUUID()}`);
    const source = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(here)}, String(process.pid)); for (;;);`;
    const own = `breakeven-test-${randomUUID()}`;
    const { child, ended } = startBreakeven(args(plugin(`${source}\n${right}`)), {
      cwd: folder,
      env: { MARK: own },
    });
    while (!existsSync(here) || readFileSync(here, 'utf8') === '') await sleep(20);
    child.kill(signal);
    expect((await ended).code).toBe(130);
    await noneLeft(own);
  });
});

describe('a comparison with a head whose plug-in', { timeout: 120_000 }, () => {
  it.concurrent.each([
    ['ends its process as if all were well', 'process.exit(0);', 'its process ended with exit code 0'],
    ['never finishes loading', endless['never finishes loading'], 'it did not come to an end within 3 s'],
    ['throws', atImport.throws, 'no luck today'],
  ])('%s is bad input, and no green gate', async (_, source, says) => {
    const { cwd, git, write, commit } = repository();
    git('switch', '--quiet', '--create', 'head');
    write('own.mjs', `${source}\n${rightStrategy}`);
    commit();
    const env = { BREAKEVEN_INTERNAL_INSPECT_MS: '3000' };
    const args = ['compare', '--base', 'main', '--head', 'head', ...brief];
    const { code, stderr, stdout } = await breakeven(args, { cwd, env });
    expect(stderr).toContain('strategy own.mjs');
    expect(stderr).toContain(says);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });
});

describe('a plan', { timeout: 60_000 }, () => {
  const options: BenchOptions = {
    scenarios: ['tiny.mjs'],
    quick: true,
    seed: 1,
    nodeArgs: [],
    out: 'reports',
    dryRun: true,
    strict: false,
    limitMs: 60_000,
    axes: {},
    command: [],
  };
  const planOf = async (strategy: string) => {
    const data = temporaryFolder();
    const at = { now: new Date(), host: readHost(), folder: data, note: () => {} };
    const names = ['for-loop', join(folder, plugin(strategy))];
    return prepare(join(folder, 'tiny.mjs'), { ...options, only: names }, at).finally(() => data.remove());
  };

  it('asks plug-ins about points that are added while it is carried out', async () => {
    const plan = await planOf(strategyWith("supports: () => ({ reason: 'not today' })"));
    const [{ point }] = plan.header.cells;
    const added = await plan.add([{ ...point, length: 40 }]);
    expect(added.map(({ elements, notApplicable }) => [elements, notApplicable])).toEqual([
      [80, undefined],
      [80, 'not today'],
    ]);
  });

  it('that is asked when the run has been interrupted starts nothing, and keeps what it has', async () => {
    const plan = await planOf(rightStrategy);
    const [{ point }] = plan.header.cells;
    await expect(plan.add([{ ...point, length: 40 }], AbortSignal.abort())).rejects.toThrow('aborted');
    expect(plan.header.cells).toHaveLength(2);
    expect(await plan.add([{ ...point, length: 40 }])).toHaveLength(2);
  });
});

describe('after all that', { timeout: 60_000 }, () => {
  it('no process is left but the driver, and it measures as ever', async () => {
    await noneLeft(mark, 1);
    const { code, stderr } = await driver.run(commands['bench --kernel'].args(plugin(rightKernel)));
    expect(stderr).toContain('Measured.');
    expect(code).toBe(0);
  });

  it.each([
    [
      'speaks for its process',
      "process.send?.(null); process.send?.({ type: 'outcome', outcome: 5 }); process.send?.(5);",
    ],
    ['adds to Array.prototype', 'Array.prototype.extra = function () {};'],
    [
      'throws in a timer when nobody looks any more',
      "setTimeout(() => { throw new Error('late'); }, 60_000).unref();",
    ],
  ])('a plug-in that %s is measured', async (_, source) => {
    const file = plugin(`${source}\n${rightKernel}`);
    const { code, stderr } = await driver.run(commands['bench --kernel'].args(file));
    expect(stderr).toContain('Measured.');
    expect(code).toBe(0);
  });
});

/** Ends late, never early: what has been killed may take a moment to be gone. */
async function noneLeft(of: string, but = 0): Promise<void> {
  const until = performance.now() + 10_000;
  while (markedProcesses(of).length > but && performance.now() < until) await sleep(20);
  expect(markedProcesses(of).length).toBeLessThanOrEqual(but);
}

function markedProcesses(of: string): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(of);
    } catch {
      return false;
    }
  });
}
