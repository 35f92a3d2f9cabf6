import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Scenario } from '../contract/scenario.js';
import { chosenStrategyFiles, shippedStrategyFiles } from './find.js';
import { packageHref } from './module.js';
import { shippedScenarios } from './scenario.js';

/** Scenarios whose question is about some strategies, and why. All others take whatever ships. */
const chosen: Readonly<Record<string, string>> = {
  bandwidth: 'what computes as fast as memory delivers, in Node and in C',
  calibration: 'the strategies of a profile, in a time that somebody waits for',
  chunking: 'how lists are cut for a pool',
  ci: 'its time is the time of every push',
  'ci-pools': 'its time is the time of every push',
  'columns-huge': 'data of which most strategies have no room for copies',
  encodings: 'ways to send numbers',
  overheads: 'parts of strategies, each alone',
  'task-size': 'handing tasks to a pool',
  workers: 'what more workers do to a pool',
};

const folder = mkdtempSync(join(tmpdir(), 'breakeven-dropped-in-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of what ships, with one file more. */
function homeWithOneMore() {
  cpSync(fileURLToPath(new URL('strategies/', packageHref)), join(folder, 'strategies'), { recursive: true });
  writeFileSync(
    join(folder, 'strategies/dropped-in.js'),
    "export default { title: 'one more', family: 'serial', open: () => ({ run: (input) => input, close() {} }) };\n",
  );
  return { packageHref: `${pathToFileURL(folder).href}/`, folder };
}

function takesAny({ strategies = 'node' }: Scenario): boolean {
  return strategies === 'node' || strategies.includes('node');
}

describe('a new file in strategies/', () => {
  const home = homeWithOneMore();

  it('takes part in every scenario that does not ask about some strategies', async () => {
    const scenarios = (await shippedScenarios()).filter(({ id }) => !(id in chosen));
    const ids = scenarios.map(({ scenario }) =>
      chosenStrategyFiles(scenario, {}, home).filter(({ id }) => id === 'dropped-in'),
    );
    expect(scenarios.length).toBeGreaterThan(9);
    expect(ids.map((each) => each.length)).toEqual(scenarios.map(() => 1));
  });

  it('and those that ask about some are the ones that say why', async () => {
    const asking = (await shippedScenarios()).filter(({ scenario }) => !takesAny(scenario));
    expect(asking.map(({ id }) => id).sort()).toEqual(Object.keys(chosen));
  });
});

describe('the strategies of a run', () => {
  const two = { strategies: ['for-loop', 'typed-array'] };
  const idsOf = (...[scenario, asked]: Parameters<typeof chosenStrategyFiles>) =>
    chosenStrategyFiles(scenario, asked).map(({ id }) => id);
  const all = shippedStrategyFiles().map(({ id }) => id);

  it('are those of the scenario, and what is added', () => {
    expect(idsOf(two, {})).toEqual(['for-loop', 'typed-array']);
    expect(idsOf(two, { added: ['wasm-simd'] })).toEqual(['for-loop', 'typed-array', 'wasm-simd']);
  });

  it('or only those that are named instead', () => {
    expect(idsOf(two, { only: ['wasm-simd'] })).toEqual(['wasm-simd']);
    expect(idsOf(two, { only: ['wasm-simd'], added: ['for-loop'] })).toEqual(['wasm-simd', 'for-loop']);
  });

  it('all that ship where a scenario names none, or says node', () => {
    expect(idsOf({}, {})).toEqual(all);
    expect(idsOf({ strategies: 'node' }, {})).toEqual(all);
    expect(idsOf({ strategies: ['node', 'native-serial'] }, {})).toEqual([...all, 'native-serial']);
  });

  it('without one that a scenario leaves out, which has to be there', () => {
    expect(idsOf({ strategies: ['node', '!async-tasks'] }, {})).toEqual(
      all.filter((id) => id !== 'async-tasks'),
    );
    expect(() => idsOf({ strategies: ['node', '!async-task'] }, {})).toThrow('Did you mean "async-tasks"?');
  });
});
