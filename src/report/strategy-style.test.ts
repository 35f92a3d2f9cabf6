import { expect, it } from 'vitest';
import { exampleStrategies, syntheticResults } from '../results/synthetic.js';
import { styleOf } from './strategy-style.js';

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
