import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { madeUpRequest } from '../../test/support/made-up-plan.js';
import { manifestWith, processesOf } from '../../test/support/programs/processes.js';
import { writeColumnsFile } from '../dictionary/columns-file.js';
import { findKernel } from '../plugins/kernel.js';
import { findStrategies, type LoadedStrategy } from '../plugins/strategy.js';
import type { MeasuredInFull, Outcome } from '../results/format.js';
import { type CellOrder, quickSampling } from './order.js';
import { makePlan } from './plan.js';
import { readyStrategy } from './preflight/programs.js';
import { processExecutor } from './process-executor.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-programs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const square = await findKernel('square-minus-13');
const ref = { module: square.module, options: {} };

/** A folder with a manifest whose program has a fault; the strategy at home, and the one called from Node. */
async function programWith(fault: string, more: object = {}): Promise<LoadedStrategy[]> {
  const home = mkdtempSync(join(folder, 'p'));
  const manifest = { ...manifestWith(fault), ...more };
  writeFileSync(join(home, 'program.json'), JSON.stringify(manifest));
  return findStrategies([home]);
}

function orderFor({ label, module, options, strategy }: LoadedStrategy, limitMs = 60_000): CellOrder {
  return {
    cell: 'c1',
    label,
    strategy: { module, options, ...(strategy.home ? { home: 'program' } : {}) },
    kernel: ref,
    from: 'lists',
    data: { kind: 'generated', spec: { keys: 6, length: 50, skew: 'equal', values: 'ints', seed: 1 } },
    workers: 2,
    chunk: 'balanced',
    sampling: quickSampling,
    limitMs,
    heapMegabytes: 512,
    verify: true,
  };
}

const measure = (order: CellOrder) => processExecutor().run(order, new AbortController().signal);

describe('an honest program', { timeout: 60_000 }, () => {
  test.each(['lists', 'columns'] as const)(
    'at home, data from %s, is measured in all accounts by its own clock',
    async (from) => {
      const [home] = await programWith('none');
      expect(home.id).toBe('made-up-loop');
      const outcome = await measure({ ...orderFor(home), from });
      const { oneShot, warm, resident, clocks } = measured(outcome);
      expect(oneShot.phases.importNs).toBe(0);
      expect(oneShot.phases.openNs + oneShot.phases.runNs + oneShot.phases.closeNs).toBe(oneShot.totalNs);
      expect(warm.samplesNs.length).toBeGreaterThanOrEqual(5);
      expect(warm.stages?.phasesNs.compute.length).toBe(warm.stages?.samplesNs.length);
      expect(resident).toMatchObject({ status: 'measured', streamed: false });
      expect(clocks?.messages).toBeGreaterThan(20);
      expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
    },
  );

  test.each([-0, Number.NaN, Number.POSITIVE_INFINITY])('gets %d as a first number whole', async (first) => {
    const path = join(folder, 'first.columns');
    writeColumnsFile(path, {
      keys: ['a', 'b'],
      offsets: Uint32Array.of(0, 2, 3),
      values: Float64Array.of(first, 2, 3),
    });
    const [home] = await programWith('none');
    const { status } = await measure({ ...orderFor(home), data: { kind: 'file', path } });
    expect(status).toBe('measured');
  });

  test('called from Node goes through its stages, and pays for starting it in the one-shot account', async () => {
    const [, fromNode] = await programWith('none');
    expect(fromNode.id).toBe('made-up-loop-from-node');
    const { oneShot, warm, clocks } = measured(await measure(orderFor(fromNode)));
    expect(oneShot.phases.openNs).toBeGreaterThan(oneShot.phases.closeNs);
    expect(warm.stages?.phasesNs.place.length).toBe(warm.stages?.samplesNs.length);
    expect(clocks?.messages).toBeGreaterThan(20);
  });
});

describe.concurrent('a program that fails costs its cell, says why and leaves nothing behind:', () => {
  test.each([
    ['dies compute', 'crashed', 'asked to "compute": it ended with exit code 3: no more of this at compute'],
    ['oversized-file', 'crashed', 'asked to "write": its file has'],
    ['leaves-child', 'crashed', 'left 2 processes behind'],
    [
      'never-answers compute',
      'limit',
      'asked to "compute": it had not answered when the cell\'s 5 s were over',
    ],
    ['wrong-answer', 'wrong', 'answered wrongly'],
    ['keeps-old-data', 'wrong', 'answered wrongly'],
    ['reuses-answer', 'wrong', 'a later call changed the answer'],
    ['keeps-output', 'wrong', 'although nothing was computed after poison'],
  ])('%s: %s', { timeout: 60_000 }, async (fault, status, says) => {
    const [home, fromNode] = await programWith(fault);
    const outcome = await measure(orderFor(home, status === 'limit' ? 5_000 : 60_000));
    expect(outcome).toMatchObject({ status, message: expect.stringContaining(says) });
    if (fault === 'dies compute')
      expect(await measure(orderFor(fromNode))).toMatchObject({
        status,
        message: expect.stringContaining(says),
      });
    expect(await processesOf(fault)).toEqual([]);
  });
});

describe('what is not installed is no failure:', { timeout: 60_000 }, () => {
  test.each([
    ['the program says what it needs', 'needs', {}, 'a fez'],
    [
      'there is no such interpreter',
      'none',
      { command: ['no-such-interpreter'] },
      'a made-up interpreter (spawn no-such-interpreter ENOENT)',
    ],
    [
      'there is no compiler',
      'none',
      {
        command: ['{built}'],
        build: { command: ['no-such-cc', '-o', '{built}'], sources: ['program.json'] },
      },
      'a made-up interpreter (spawn no-such-cc ENOENT)',
    ],
    [
      'the compiler cannot build it',
      'none',
      {
        command: ['{built}'],
        build: {
          command: [
            process.execPath,
            '-e',
            'console.error("error: flag unknown"); process.exit(1)',
            '{built}',
          ],
          sources: ['program.json'],
        },
      },
      'said: error: flag unknown',
    ],
  ])('%s', async (_, fault, more, says) => {
    const [home] = await programWith(fault, more);
    const { entry, needs } = await readyStrategy(home, ref);
    expect(needs).toContain(says);
    const plan = await makePlan(madeUpRequest({ strategies: [entry] }));
    const reasons = plan.header.cells.map(({ notApplicable }) => notApplicable);
    expect(new Set(reasons)).toEqual(new Set([`skipped: needs ${needs}`]));
  });

  test('a program that only dies is left to its cells', async () => {
    const [home] = await programWith('dies hello');
    expect((await readyStrategy(home, ref)).needs).toBeUndefined();
  });
});

function measured(outcome: Outcome): MeasuredInFull {
  if (outcome.status !== 'measured') throw new Error(`${outcome.status}: ${outcome.message}`);
  return outcome as MeasuredInFull;
}
