import type { Analysis } from '../../analysis/types.js';
import { pathParts } from '../../path/parts.js';
import { placeOf, tracedPools } from '../headline.js';
import { type Frame, subtitle } from './frame.js';
import { ink } from './ink.js';
import type { Picture } from './picture.js';
import { type PartLook, shareBars } from './share-bars.js';

/** Moving is warm in colour, computing green, as among the phases; what nobody asked for is grey or violet. */
const looks: Readonly<Record<string, PartLook>> = {
  pack: { fill: '#F2B661', text: ink.text, means: 'pack' },
  serialise: { fill: '#C9761A', text: '#FFFFFF', means: 'serialise' },
  transfer: { fill: '#F7E0B4', text: ink.text, means: 'transfer: under way, in a queue, waking up' },
  compute: { fill: '#1F6F54', text: '#FFFFFF', means: 'compute' },
  deserialise: { fill: '#8F4513', text: '#FFFFFF', means: 'deserialise' },
  merge: { fill: '#E0A9A0', text: ink.text, means: 'merge: hand back the dictionary' },
  gc: { fill: '#5B4B9A', text: '#FFFFFF', means: 'gc: collect garbage' },
  idle: { fill: '#D0D0D0', text: ink.text, means: 'idle: no worker busy' },
  unexplained: { fill: '#8A8A8A', text: '#FFFFFF', means: 'unexplained' },
};

/** Where the time of a warm call to workers goes at the largest point, along its critical path. */
export function pathChart(analysis: Analysis): Picture | undefined {
  const traced = tracedPools(analysis);
  if (traced.length === 0) return undefined;
  const bars = traced.map(({ cell, path }) => ({
    label: cell.strategy,
    totalNs: path.callNs,
    parts: pathParts.map((part) => ({ part, ns: path.partsNs[part] })),
  }));
  const frame: Frame = {
    title: `${analysis.header.scenario.title}: where does the time of a call go?`,
    subtitle: subtitle(analysis, 'warm', placeOf(traced[0].cell)),
    caption:
      'Fastest strategy first. The critical path from call to answer: what the caller does, and where it is blocked what ' +
      'the worker does that it waits for. Overlap is counted once. The figure at the end is the time of the traced call.',
  };
  return shareBars(frame, bars, looks);
}
