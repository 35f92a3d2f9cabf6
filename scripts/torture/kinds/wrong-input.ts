import type { Draw, Fault, Kind } from '../fault.js';
import { scenario, storedRun } from '../sandbox.js';

/** What people type, and what stands in files that they wrote by hand. */
export const wrongInput: Kind = {
  name: 'wrong input',
  weight: 9,
  draw: (draw) => draw.pick([drawConfig, drawOption, drawOption, drawScenario, drawProfile])(draw),
};

function drawConfig(draw: Draw): Fault {
  const text = draw.pick([
    '[]',
    'null',
    '"x"',
    '1',
    '{',
    '',
    '{"strategies":{"worker-treads":"50%"}}',
    '{"failon":"5%"}',
    '{"failOn":"lots"}',
    '{"accounts":{"warmth":"5%"}}',
    '{"failOn":null}',
    '{"build":7}',
    '{"__proto__":{"failOn":"90%"}}',
    '{"strategies":[]}',
  ]);
  return {
    title: `breakeven.compare.json holds ${text || 'nothing'}`,
    command: 'compare stored',
    prepare: (box) => box.write('project/breakeven.compare.json', text),
    codes: [2],
    exact: true,
  };
}

function drawOption(draw: Draw): Fault {
  const bench = ['bench', '--scenario', 'bench/mine.mjs', '--dry-run'];
  const words = draw.pick([
    ...['-1', '0', 'NaN', '1e999', 'x', '1e3..1e1x2', '1..2x1e9', '', '0x10', '1,,2', '1e15'].map((value) => [
      ...bench,
      '--length',
      value,
    ]),
    ...['0', '-5', '1e12', 'x', '3000000001', 'Infinity'].map((value) => [...bench, '--limit', value]),
    ...['0', '1e7', '1.5', '-1', 'x', '99999999999'].map((value) => [...bench, '--rounds', value]),
    ...['x', '-1', '1e400', '9007199254740993'].map((value) => [...bench, '--seed', value]),
    ...['99', 'x', '0-', '1-0', ''].map((value) => [...bench, '--cpus', value]),
    ...['0s', '5', '-1m', '1e9h', ''].map((value) => [...bench, '--budget', value]),
    ['bench', '--scenaro', 'x'],
    ['bench', 'stray'],
    ['nonsense'],
    ['bench', '--node-arg', '--nonsense', '--scenario', 'bench/mine.mjs', '--rounds', '1'],
    [
      'bench',
      '--python',
      '/nowhere/python',
      '--only',
      'python-for-loop',
      '--scenario',
      'small-lists',
      '--dry-run',
    ],
    ['bench', '--constructor', '1', '--scenario', 'bench/mine.mjs', '--dry-run'],
    ['bench', '--__proto__', '1', '--scenario', 'bench/mine.mjs', '--dry-run'],
    ['compare', '--base', '--help'],
    ['compare', '--base', 'nonsense'],
    ['compare', '--base', '-x'],
    ['compare'],
    ['compare', 'a'],
    ['compare', storedRun, storedRun, '--fail-on', 'x'],
    ['report', '--explain', 'nonsense', storedRun],
    ['calibrate', '--out', ''],
    ['advise', '--keys', '4'],
    ['advise', '--keys', '1e300', '--length', '1e300', '--profile', '../inputs/profile.json'],
    ['project', '--keys', '1e6'],
    ['project', '--keys', '4', '--length', '4', '--memory', 'lots', '--profile', '../inputs/profile.json'],
    ['check'],
    ['check', 'a', 'b'],
    ['lesson', '--from', 'nowhere'],
    ['lesson', '--resume', '--out', 'nowhere'],
    ['doctor', 'stray'],
    ['list', '--stray'],
  ]);
  return {
    title: `breakeven ${words.join(' ').slice(0, 90)}`,
    command: 'bench --dry-run',
    args: words,
    // What is odd and has a meaning may be done.
    codes: [0, 2, 3, 4],
    partial: true,
  };
}

function drawScenario(draw: Draw): Fault {
  const changes = draw.pick([
    'sweeps: []',
    'sweeps: null',
    'sweeps: [{}]',
    'sweeps: [null]',
    'claims: [null]',
    "claims: [{ says: 'x' }]",
    "strategies: 'x'",
    'strategies: [null]',
    'title: 7',
    'title: undefined',
    'kernel: null',
    "kernel: { module: 'nonsense', options: {} }",
    "from: 'nowhere'",
    'quick: 1',
    "kernel: { module: 'square-minus-13', options: { __proto__: { x: 1 } } }",
    'sweeps: [{ keys: [4], length: Array.from({ length: 1e6 }, (_, i) => i + 1) }]',
    'sweeps: [{ keys: Array.from({ length: 1900 }, (_, i) => i + 1), length: Array.from({ length: 1900 }, (_, i) => i + 1) }]',
    'sweeps: [{ keys: [1e12], length: [1e12] }]',
    'sweeps: [{ keys: [NaN], length: [-1] }]',
    "sweeps: [{ keys: ['x'], length: [{}] }]",
    "get sweeps() { throw new Error('no') }",
    'sweeps: [{ keys: [4], length: [100], constructor: [1] }]',
    'prices: { rows: [null] }',
    'bandwidth: 7',
  ]);
  const checked = draw.chance(0.5);
  return {
    title: `a scenario with ${changes.slice(0, 60)}`,
    command: checked ? 'check' : 'bench --dry-run',
    args: checked ? ['check', 'bench/mine.mjs'] : undefined,
    prepare: (box) => box.write('project/bench/mine.mjs', scenario(changes)),
    // The contract test tells what is wrong as something that it found.
    codes: checked ? [0, 1, 2] : [0, 2],
    partial: true,
  };
}

function drawProfile(draw: Draw): Fault {
  const text = draw.pick([
    'null',
    '[]',
    '{}',
    '"x"',
    '{"format":"breakeven-profile"}',
    '{"format":"breakeven-profile","version":1}',
    '7',
    '',
  ]);
  return {
    title: `a profile that is ${text || 'empty'}`,
    command: draw.pick(['advise', 'project']),
    prepare: (box) => box.write('inputs/profile.json', text),
    codes: [2],
    exact: true,
  };
}
