import { tableOf } from '../../src/analysis/table.js';
import { dictionaryBytes } from '../../src/dictionary/memory.js';
import { modelsOf, profileOf } from '../../src/model/profile.js';
import { project } from '../../src/model/projection/projection.js';
import { bandwidthOf, passedBytes } from '../../src/model/scaling/roof.js';
import { readResults } from '../../src/results/reader.js';
import type { Figure } from '../figures/figure.js';
import { percent } from '../proofs/proof.js';
import { measuredInPieces } from './in-pieces.js';

/*
 * 10⁶ keys × 10⁶ numbers cannot be measured here, but its 10,000th part can: 100 lists of a million. It is projected from
 * the millionth and the 100,000th part, 1 and 10 such lists, with their memory bandwidth as the roof, and then measured.
 */

const strategies = ['for-loop', 'typed-array', 'wasm-simd', 'wasm-simd-threads'];
const length = 1_000_000;
const within = 0.2;

/** Measures for so many seconds, going on where an earlier call stopped; undefined where there is more to do. */
export function projectionFigures(folder: string, seconds: number): Figure[] | undefined {
  const files = measuredInPieces(
    [
      { name: 'small', args: argsOf('1,10') },
      { name: 'large', args: argsOf('100') },
    ],
    folder,
    seconds,
  );
  if (files === undefined) return undefined;
  const [known, truth] = [readResults(files.small), readResults(files.large)];
  const profile = profileOf(known, modelsOf(known));
  const bandwidth = bandwidthOf(known);
  const table = tableOf(truth, 2);
  const entries = table.all('warm').filter(({ cell }) => cell.keys === 100);
  const { header } = truth;
  const projection = project(profile, {
    keys: 100,
    length,
    work: 1,
    bytes: dictionaryBytes({ keys: 100, elements: 100 * length }, header.scenario.from),
    // What was measured was held in one piece.
    memoryBytes: Number.MAX_SAFE_INTEGER,
    cores: [header.host.usableCores],
    storageBytesPerNs: 1,
    ...(bandwidth === undefined ? {} : { roofNsPerNumber: passedBytes / bandwidth.bytesPerNs }),
  });
  return entries.flatMap(({ strategy, state }) => {
    const told = projection.strategies.find((one) => one.strategy === strategy.label);
    if (state.kind !== 'measured' || told === undefined) return [];
    const { value, interval } = state.time;
    const off = told.ns / value - 1;
    const seen =
      interval === undefined
        ? ''
        : ` [${(interval.low / 1e6).toFixed(0)}, ${(interval.high / 1e6).toFixed(0)}]`;
    return [
      {
        name: `1:10,000 of 10⁶ × 10⁶, projected from 1:1,000,000 and 1:100,000: ${strategy.label}`,
        bar: `± ${percent(within)}`,
        seen: `${(told.ns / 1e6).toFixed(0)} ms projected, ${(value / 1e6).toFixed(0)} ms${seen} measured, ${off > 0 ? '+' : ''}${percent(off)}`,
        holds: Math.abs(off) <= within,
      },
    ];
  });
}

function argsOf(keys: string): string[] {
  const chosen = strategies.flatMap((id) => ['--only', id]);
  const axes = ['--keys', keys, '--length', `${length}`];
  return ['--scenario', 'large-lists', ...axes, '--rounds', '4', ...chosen];
}
