import { describe, expect, test } from 'vitest';
import { programFaults } from '../../../test/support/programs/faults.js';
import { manifestWith, processesOf } from '../../../test/support/programs/processes.js';
import type { Lists } from '../../contract/dictionary.js';
import type { Program } from '../../contract/program.js';
import { startProgram } from './start.js';

const input: Lists = new Map([
  ['a', [1, 2, 3]],
  ['b', []],
  ['c', [4.5, -1, 0, 7]],
]);
const answer: Lists = new Map([
  ['a', [-12, -9, -4]],
  ['b', []],
  ['c', [7.25, -12, -13, 36]],
]);

function programWith(fault: string): Program {
  const manifest = manifestWith(fault);
  return { manifest, strategy: manifest.strategies[0], home: 'program', folder: '.', chosen: {} };
}

/** Every message once, in the order in which a cell sends them. */
async function wholeTalk(fault: string, signal = new AbortController().signal) {
  const ref = { module: 'file:///kernels/square-minus-13.js', options: {} };
  const start = { ref, kind: 'map', workers: 1, chunk: 'balanced', options: {}, signal } as const;
  const session = await startProgram(programWith(fault), 'made-up-loop', start);
  try {
    await session.load(input);
    await session.open();
    await session.run(2, 0);
    const ran = await session.fetch(0);
    await session.drop(0);
    await session.fresh(9);
    await session.place();
    await session.compute(3);
    await session.collect(1);
    await session.poison();
    const collected = await session.fetch(1);
    await session.release();
    await session.close();
    await session.end();
    return { ran, collected, clocks: session.clocks() };
  } finally {
    await session.end();
  }
}

describe('a program that keeps the protocol', { timeout: 30_000 }, () => {
  test('answers in the form and under the keys of what it was given', async () => {
    const { ran, collected, clocks } = await wholeTalk('none');
    expect(ran).toEqual(answer);
    // Its first number was set to 9 after the run.
    expect(collected).toEqual(new Map([...answer, ['a', [68, -9, -4]]]));
    expect(clocks.messages).toBe(8);
  });

  test('and works outside its clock is found out by the other one', async () => {
    const { clocks } = await wholeTalk('hides-work');
    expect(clocks.apart).toBeGreaterThan(0);
    expect(clocks.widest?.message).toBe('run');
  });
});

describe.concurrent('a program that does not is told by what it did, and nothing of it is left:', () => {
  test.each(programFaults.map(({ fault, says }) => [fault, says]))(
    '%s',
    { timeout: 30_000 },
    async (fault, says) => {
      await expect(wholeTalk(fault)).rejects.toThrow(says);
      expect(await processesOf(fault)).toEqual([]);
    },
  );

  test('a program that never answers is ended by the signal, whose reason is told', {
    timeout: 30_000,
  }, async () => {
    const fault = 'never-answers compute';
    const controller = new AbortController();
    const talk = wholeTalk(fault, controller.signal);
    setTimeout(() => controller.abort(new Error('no time left')), 50);
    await expect(talk).rejects.toThrow('no time left');
    expect(await processesOf(fault)).toEqual([]);
  });
});
