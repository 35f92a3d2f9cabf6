import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { madeUpRequest } from '../../test/support/made-up-plan.js';
import type { JournalLine } from '../results/format.js';
import { readMeasuredCode } from './code.js';
import { measure } from './measure.js';
import { makePlan } from './plan.js';
import { everyRound } from './planner/rounds.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-measured-code-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

const place = (name: string) => join(folder, name);
beforeEach(() => {
  writeFileSync(place('k.mjs'), `import './deep.mjs';\nexport default (list) => list.slice();`);
  writeFileSync(place('deep.mjs'), 'export const a = 1;');
});

const readCode = (nodeArgs: readonly string[] = []) =>
  readMeasuredCode({ kernel: pathToFileURL(place('k.mjs')).href, others: [] }, nodeArgs);

describe('measured code', () => {
  it('is the same where a file was only touched, or put back', () => {
    const code = readCode();
    utimesSync(place('k.mjs'), 1, 1);
    expect(code.findChange()).toBeUndefined();
    const text = 'export const a = 1;';
    writeFileSync(place('deep.mjs'), `${text} `);
    expect(code.findChange()).toBe('deep.mjs is not what it was when this run began');
    writeFileSync(place('deep.mjs'), text);
    expect(code.findChange()).toBeUndefined();
  });

  it('is another where a file has as many bytes and the time of before, or has gone', () => {
    const code = readCode();
    writeFileSync(place('other.mjs'), 'export const a = 2;');
    renameSync(place('other.mjs'), place('deep.mjs'));
    expect(code.findChange()).toBe('deep.mjs is not what it was when this run began');
    rmSync(place('deep.mjs'));
    expect(code.findChange()).toBe('deep.mjs has gone since this run began');
  });

  it('has what Node is started with, without folders, and what it loads first', () => {
    writeFileSync(place('first.mjs'), '');
    vi.stubEnv('NODE_OPTIONS', ` --jitless --import=${place('first.mjs')} `);
    const { record } = readCode(['--max-semi-space-size=64', '--require', place('deep.mjs')]);
    expect(record.nodeOptions).toBe('--jitless --import=…/first.mjs');
    expect(record.nodeArgs).toEqual(['--max-semi-space-size=64', '--require', '…/deep.mjs']);
    expect(record.files.map(({ file }) => file)).toEqual(['deep.mjs', 'first.mjs', 'k.mjs']);
    expect(record.tool).toMatch(/^[0-9a-f]{64}$/);
    vi.stubEnv('NODE_OPTIONS', '');
    expect(Object.keys(readCode().record)).toEqual(['tool', 'files']);
  });
});

describe('a run during which a file changes', () => {
  it('stops with exit code 5, names it, and keeps what was measured before and nothing after', async () => {
    const plan = await makePlan({ ...madeUpRequest({ seed: 1 }), code: readCode() });
    expect(plan.header.code?.files.map(({ file, kernel }) => [file, kernel])).toEqual([
      ['deep.mjs', true],
      ['k.mjs', true],
    ]);
    const lines: JournalLine[] = [];
    let cells = 0;
    const running = measure(plan, {
      executor: {
        run: async () => {
          if (++cells === 3) writeFileSync(place('deep.mjs'), 'export const a = 3;');
          return { status: 'skipped', message: 'nothing was measured' };
        },
      },
      clock: { nowMs: () => cells },
      planner: everyRound(),
      journal: {
        path: 'runs/one/results.ndjson',
        goOn: 'breakeven bench --resume runs/one',
        append: (line) => lines.push(line),
        close: () => {},
      },
      signal: new AbortController().signal,
      onEvent: () => {},
    });
    await expect(running).rejects.toMatchObject({
      exitCode: 5,
      message:
        'deep.mjs is not what it was when this run began: the rest would measure other code. What was measured before is kept in runs/one. ' +
        'Put the file back and go on: breakeven bench --resume runs/one; or start a new run.',
    });
    expect(lines.map(({ type }) => type)).toEqual(['cell', 'cell']);
  });
});
