import { expect, it } from 'vitest';
import { analysed } from '../../../test/support/report-runs.js';
import { winnerMap } from './map.js';

const mapOf = (run: Parameters<typeof analysed>[0], fixed = {}) => {
  const analysis = analysed(run);
  const map = winnerMap(analysis, analysis.accounts[1], { x: 'keys', y: 'length', fixed });
  if (map === undefined) throw new Error('no map');
  return map;
};

it('has a field for each pair of planned values; a point that was added to one row is none of them', () => {
  const { x, y, fields, caption } = mapOf({
    sweeps: [{ keys: [4, 64], length: [10, 1_000] }],
    added: [{ keys: 64, length: 100 }],
  });
  expect([x.values, y.values, fields.length]).toEqual([[4, 64], [10, 1_000], 5]);
  expect(fields).toContainEqual(expect.objectContaining({ x: 64, y: 100 }));
  expect(fields.map(({ answer }) => answer)).not.toContain('not measured');
  expect(caption).toContain('Small squares');
});

it('knows the fields that nothing was measured in', () => {
  const { fields, legend } = mapOf({
    sweeps: [
      { keys: [4, 64], length: [10] },
      { keys: [4], length: [10, 1_000] },
    ],
  });
  expect(fields.filter(({ answer }) => answer === 'not measured')).toEqual([
    { x: 64, y: 1_000, answer: 'not measured', looks: [], text: '' },
  ]);
  expect(legend.map(({ text }) => text)).toContain('not measured');
});

it('names in its legend all that stands in its fields, once', () => {
  const { looks, fields, legend } = mapOf({ sweeps: [{ keys: [4, 8, 64], length: [10, 1_000, 100_000] }] });
  const names = new Set(
    fields
      .filter(({ answer }) => answer === 'winner' || answer === 'undecided')
      .flatMap((field) => field.looks.map((look) => looks[look].name)),
  );
  const texts = legend.map(({ text }) => text);
  expect(texts).toEqual(expect.arrayContaining([...names]));
  expect(new Set(texts).size).toBe(texts.length);
});
