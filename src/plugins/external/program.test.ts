import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findStrategies, shippedPrograms, shippedStrategies } from '../strategy.js';
import { choosing, programOf } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-manifests-'));
afterAll(() => rmSync(folder, { recursive: true }));

const honest = {
  id: 'go',
  title: 'Go',
  command: ['{go}', 'run', 'main.go'],
  needs: 'Go',
  tools: { go: 'go' },
  kernels: ['sum'],
  strategies: [
    { id: 'loop', title: 'a loop', onWorkers: false },
    { id: 'pool', title: 'a pool', options: { batch: ['key', 'all'] } },
  ],
};
let made = 0;

/** A folder with this manifest. */
function folderWith(manifest: unknown): string {
  const home = join(folder, `p${++made}`);
  mkdirSync(home);
  writeFileSync(
    join(home, 'program.json'),
    typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
  );
  return home;
}

describe('a manifest', () => {
  const home = folderWith(honest);

  test('stands for all of its strategies, at home first, then called from Node', async () => {
    const labels = (await findStrategies([home])).map(({ label }) => label);
    expect(labels).toEqual([
      'go-loop',
      'go-pool[batch=key]',
      'go-loop-from-node',
      'go-pool-from-node[batch=key]',
    ]);
  });

  test('says on how many workers its strategies compute, or says nothing of it', async () => {
    const found = await findStrategies([home]);
    expect(found.map(({ strategy }) => strategy.onWorkers)).toEqual([false, undefined, false, undefined]);
  });

  test('one strategy of it is named after a colon, options as everywhere', async () => {
    const [found, ...others] = await findStrategies([`${home}:pool-from-node[batch=all]`]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ label: 'go-pool-from-node[batch=all]', strategy: { family: 'external' } });
    expect(found.strategy.home).toBeUndefined();
    await expect(findStrategies([`${home}:pol`])).rejects.toThrow('has no strategy "pol"');
  });

  test('tools that were chosen travel in the href; those that it does not know do not', async () => {
    const [{ module }] = await findStrategies([home]);
    expect(programOf(choosing(module, { go: '/a b/go', python: 'x' }))).toMatchObject({
      chosen: { go: '/a b/go' },
      home: 'program',
      folder: home,
    });
  });

  test.each([
    ['{', 'it is not JSON'],
    [[], 'it must hold an object'],
    [{ ...honest, id: 'Go!' }, '`id` must be lower-case words'],
    [{ ...honest, comand: ['x'] }, 'a field `comand`. Did you mean `command`?'],
    [{ ...honest, command: 'go run' }, '`command` must be a list'],
    [{ ...honest, command: ['{rust}'] }, 'its command has {rust}, which neither'],
    [{ ...honest, needs: '' }, '`needs` (what is missing'],
    [{ ...honest, kernels: [] }, '`kernels` must be a list of kernel ids'],
    [
      { ...honest, build: { command: ['cc'], sources: ['no.c'] } },
      '`build.sources` names "no.c", which is not there',
    ],
    [{ ...honest, strategies: [{ id: 'x', title: 'x', onWorkers: 2 }] }, '`onWorkers` must be true or false'],
    [{ ...honest, strategies: [] }, '`strategies` must be a list with at least one'],
    [{ ...honest, strategies: [{ id: 'x' }] }, '`strategies[0]`: `title` must be a text'],
    [
      { ...honest, strategies: [{ id: 'x', title: 'x', kernels: ['wait'] }] },
      'names "wait", which is not among',
    ],
    [
      { ...honest, strategies: [{ id: 'x', title: 'x', options: { a: [] } }] },
      '`options` must be lists of texts',
    ],
    [
      { ...honest, strategies: [honest.strategies[0], honest.strategies[0]] },
      'two of its strategies have the id "loop"',
    ],
  ])('with an error is refused: %j', async (manifest, says) => {
    await expect(findStrategies([folderWith(manifest)])).rejects.toThrow(says);
  });
});

describe('the programs that ship', () => {
  test('take part only where they are named', async () => {
    const programs = (await shippedPrograms()).map(({ id }) => id);
    for (const id of [
      'python-for-loop',
      'python-threads',
      'python-process-pool',
      'python-numpy',
      'native-serial',
      'native-pthreads',
    ])
      expect(programs).toEqual(expect.arrayContaining([id, `${id}-from-node`]));
    expect((await shippedStrategies()).filter(({ id }) => programs.includes(id))).toEqual([]);
    expect((await findStrategies()).filter(({ id }) => programs.includes(id))).toEqual([]);
    expect((await findStrategies(['native-serial']))[0].strategy.home?.program).toBe('native');
  });
});
