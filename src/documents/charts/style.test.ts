import { expect, it } from 'vitest';
import { exampleStrategies, syntheticResults } from '../../../test/support/synthetic.js';
import { shippedStrategies } from '../../plugins/strategy.js';
import { traitsOfOlder } from '../../results/older-traits.js';
import { styleOf } from './style.js';

const { strategies } = syntheticResults({ strategies: exampleStrategies, sweeps: [{}], rounds: 1 }).header;

it('no two strategies of the example look alike', () => {
  const looks = strategies.map(({ label }) => JSON.stringify(styleOf(label, strategies)));
  expect(new Set(looks).size).toBe(strategies.length);
});

it('a strategy looks the same in every run', () => {
  expect(styleOf('worker-threads', strategies)).toEqual(styleOf('worker-threads', []));
  expect(styleOf('my-own', strategies)).toEqual(styleOf('my-own', []));
});

it('two options of one strategy share the colour and differ in marker and dash', () => {
  const json = strategies.filter(({ id }) => id === 'child-process')[0];
  const both = [json, { ...json, label: 'child-process[serialization=advanced]' }];
  const [one, other] = both.map(({ label }) => styleOf(label, both));
  expect(other.colour).toBe(one.colour);
  expect([other.hollow, other.dash]).not.toEqual([one.hollow, one.dash]);
});

it('a strategy that declares its line has it, and the rest by its id', () => {
  const [first] = strategies;
  const own = {
    ...first,
    label: 'my-own',
    id: 'my-own',
    traits: { style: { colour: '#123456', dash: 'dashed' } as const },
  };
  const byId = styleOf('my-own', []);
  expect(styleOf('my-own', [own])).toEqual({ ...byId, colour: '#123456', dash: [12, 8] });
});

it('files from before strategies declared anything are drawn as those that ship declare it now', async () => {
  const shipped = await shippedStrategies();
  expect(shipped.length).toBeGreaterThan(8);
  for (const { id, strategy } of shipped) {
    const { baseline, baselineLoop, computesOn, style } = strategy;
    expect([id, traitsOfOlder(id)]).toEqual([
      id,
      {
        ...(baseline === undefined ? {} : { baseline }),
        ...(baselineLoop === undefined ? {} : { baselineLoop }),
        ...(computesOn === undefined ? {} : { computesOn }),
        ...(style === undefined ? {} : { style }),
      },
    ]);
  }
});
