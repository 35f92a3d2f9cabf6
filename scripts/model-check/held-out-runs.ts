import { readResults } from '../../src/results/reader.js';
import type { Split } from './held-out-cells.js';
import { measuredInPieces, type Part } from './in-pieces.js';

/*
 * What the tables of reports/model-check.md are made of: two kernels, each fitted to one run and tried on another one, of
 * other rows and columns and with data of another seed. The held-out cells get twice the rounds, since the regret of a choice is
 * counted against the best of them, and so holds their noise as well.
 */
const strategies = [
  'for-loop',
  'typed-array',
  'wasm-simd',
  'worker-threads',
  'worker-threads-shared',
  'wasm-simd-threads',
];

const fitted = ['--rounds', '4', '--seed', '1'];
const held = ['--rounds', '8', '--seed', '5'];

const parts: readonly Part[] = [
  {
    name: 'numbers-fitted',
    args: argsOf('grid', ['--keys', '4,32,256', '--length', '10,60,100,400,1000,2500,10000'], fitted),
  },
  {
    name: 'work-fitted',
    args: argsOf(
      'work-per-element',
      ['--keys', '8,128', '--length', '20,200,2000', '--steps', '1,16,256'],
      fitted,
    ),
  },
  {
    name: 'numbers-held',
    args: argsOf('grid', ['--keys', '12,100,180', '--length', '30,300,3000,7000'], held),
  },
  {
    name: 'work-held',
    args: argsOf('work-per-element', ['--keys', '20,64', '--length', '100,700', '--steps', '4,40,150'], held),
  },
];

/** Measures for so many seconds, going on where an earlier call stopped; undefined where there is more to do. */
export function heldOutSplits(folder: string, seconds: number): Split[] | undefined {
  const files = measuredInPieces(parts, folder, seconds);
  if (files === undefined) return undefined;
  return ['numbers', 'work'].map((what) => ({
    train: readResults(files[`${what}-fitted`]),
    held: readResults(files[`${what}-held`]),
  }));
}

function argsOf(scenario: string, axes: readonly string[], rounds: readonly string[]): string[] {
  const chosen = strategies.flatMap((id) => ['--only', id]);
  return ['--scenario', scenario, '--quick', ...axes, ...rounds, ...chosen];
}
