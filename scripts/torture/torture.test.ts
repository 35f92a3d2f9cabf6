import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commandOf } from './commands.js';
import { describeChanges, digestTree } from './digest.js';
import { drawFault, kinds, seedOf } from './draw.js';
import { calm, type Fault } from './fault.js';
import { judgeEnd } from './judge.js';
import { describeDifferences } from './resumed.js';
import type { Ended } from './run-command.js';

const top = mkdtempSync(join(tmpdir(), 'torture-test-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const fault: Fault = { title: 'a full disk', command: 'bench', codes: [5] };

function judge(ended: Partial<Ended>, whole = false, changes: Partial<Fault> = {}): string[] {
  const quiet = {
    code: 0,
    signal: null,
    stdout: '',
    stderr: '',
    ms: 0,
    since: 0,
    tooLate: false,
    trouble: [],
  };
  return judgeEnd({ ...fault, ...changes }, { ...quiet, ...ended }, { whole });
}

describe('the end of a command', () => {
  it.each<[string, Partial<Ended>, boolean, RegExp | undefined]>([
    ['is right with whole work', { code: 0 }, true, undefined],
    ['is wrong with 0 and half of the work', { code: 0 }, false, /ended with 0, and its work is not whole/],
    [
      'is right with the code of the fault and a fix',
      { code: 5, stderr: 'breakeven: no room in x. Make room.' },
      false,
      undefined,
    ],
    [
      'is wrong with 1 for a fault of the machine',
      { code: 1, stderr: 'breakeven: no room. Make room.' },
      false,
      /ended with 1 \(right: 5/,
    ],
    ['is wrong without a word', { code: 5 }, false, /not one word/],
    [
      'is wrong where the message names no fix',
      { code: 5, stderr: 'breakeven: ENOSPC: no space left on device, write' },
      false,
      /names no fix/,
    ],
    [
      'is wrong with a stack',
      { code: 5, stderr: 'breakeven: unexpected: Error: x\n    at file:///a.js:1:1' },
      false,
      /nobody foresaw/,
    ],
    ['is wrong by a signal that nobody sent', { code: null, signal: 'SIGABRT' }, false, /ended with SIGABRT/],
    [
      'is wrong where it hung',
      { code: 5, stderr: 'breakeven: no. Try it.', trouble: ['still running after 9 s'] },
      false,
      /still running/,
    ],
  ])('%s', (_, ended, whole, expected) => {
    const found = judge(ended, whole);
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found.join()).toMatch(expected);
  });

  it('takes whole work for an answer only where the fault may come too late', () => {
    expect(judge({ code: 0 }, true, { codes: [2], exact: true })).toHaveLength(1);
    expect(judge({ code: null, signal: 'SIGKILL' }, false, { codes: ['SIGKILL'] })).toEqual([]);
  });
});

describe('the digest of a tree', () => {
  it('tells what was removed, changed and made, and follows no link', () => {
    const folder = join(top, 'tree');
    mkdirSync(join(folder, 'below'), { recursive: true });
    for (const name of ['kept', 'changed', 'removed', 'below/own']) writeFileSync(join(folder, name), 'x');
    symlinkSync('/nowhere', join(folder, 'link'));
    const before = digestTree(folder);
    expect(describeChanges(before, digestTree(folder), { made: () => false, changed: () => false })).toEqual(
      [],
    );
    writeFileSync(join(folder, 'changed'), 'y');
    writeFileSync(join(folder, 'below/own'), 'y');
    writeFileSync(join(folder, 'made'), 'x');
    for (const name of ['removed', 'link']) rmSync(join(folder, name));
    symlinkSync('/elsewhere', join(folder, 'link'));
    const allowed = { made: () => false, changed: (path: string) => path === 'below/own' };
    expect(describeChanges(before, digestTree(folder), allowed).sort()).toEqual([
      'foreign file changed: changed',
      'foreign file removed: removed',
      'foreign link changed: link',
      'left where nothing is to be written: made',
    ]);
  });
});

describe('a resumed run', () => {
  const run = (records: readonly [string, number, string][]) =>
    ({
      header: { rounds: 2, cells: [{ id: 'c1', strategy: 'for-loop', point: { keys: 4 } }] },
      records: records.map(([cell, round, status]) => ({ cell, round, outcome: { status } })),
    }) as unknown as Parameters<typeof describeDifferences>[0];

  it('is equal to an undisturbed one in cells, rounds and outcomes, in any order', () => {
    const whole = run([
      ['c1', 0, 'measured'],
      ['c1', 1, 'measured'],
    ]);
    expect(
      describeDifferences(
        run([
          ['c1', 1, 'measured'],
          ['c1', 0, 'measured'],
        ]),
        whole,
      ),
    ).toEqual([]);
    expect(describeDifferences(run([['c1', 0, 'measured']]), whole).join()).toMatch(
      /other rounds or outcomes/,
    );
    expect(
      describeDifferences(
        run([
          ['c1', 0, 'measured'],
          ['c1', 1, 'crashed'],
        ]),
        whole,
      ),
    ).toHaveLength(1);
  });
});

describe('three hundred faults', () => {
  const drawn = Array.from({ length: 300 }, (_, index) => drawFault(seedOf(7, index)));

  it('hold every class, and every command', () => {
    expect(new Set(drawn.map(({ kind }) => kind.name))).toEqual(new Set(kinds.map(({ name }) => name)));
    const commands = new Set(drawn.map(({ fault: { command } }) => command.split(' ')[0]));
    expect([...commands].sort()).toEqual([
      'advise',
      'bench',
      'calibrate',
      'check',
      'compare',
      'doctor',
      'lesson',
      'list',
      'project',
      'report',
    ]);
  });

  it('are drawn again by their seeds', () => {
    for (const {
      seed,
      fault: { title, command },
    } of drawn)
      expect(drawFault(seed).fault).toMatchObject({ title, command });
  });

  it('never take an error of the machine for something bad that was found', () => {
    const machine = ['full disks', 'changed folders', 'temporary folders', 'locks'];
    for (const {
      kind,
      fault: { codes },
    } of drawn.filter(({ kind: { name } }) => machine.includes(name)))
      expect(codes, kind.name).not.toContain(1);
  });

  it('are stopped where a command would take too long', () => {
    for (const {
      fault: { command, interruptAfterMs, injections = [], args, codes },
    } of drawn)
      if (commandOf(command).spanMs !== undefined && injections.length === 0 && args === undefined)
        expect([interruptAfterMs !== undefined, codes.some((code) => calm.includes(code))]).not.toEqual([
          false,
          true,
        ]);
  });
});
