import type { Analysis } from '../../analysis/types.js';
import type { Account } from '../../contract/scenario.js';
import { headlinePoint, placeOf } from '../headline.js';
import { type Frame, subtitle } from './frame.js';
import { ink } from './ink.js';
import { phaseBars } from './phase-bars.js';
import type { Picture } from './picture.js';
import { type PartLook, shareBars } from './share-bars.js';

/** How phases look: moving is warm in colour, computing green, starting and ending violet. */
const looks: Readonly<Record<string, PartLook>> = {
  import: { fill: '#D0D0D0', text: ink.text, means: 'import: load the code' },
  open: { fill: '#5B4B9A', text: '#FFFFFF', means: 'open: start workers, compile' },
  place: { fill: '#E69F3A', text: ink.text, means: 'place: bring the data there' },
  move: { fill: '#C9761A', text: ink.text, means: 'move: send there and back' },
  compute: { fill: '#1F6F54', text: '#FFFFFF', means: 'compute' },
  run: { fill: '#7FB8A4', text: ink.text, means: 'run: move and compute' },
  collect: { fill: '#F7D9A0', text: ink.text, means: 'collect: bring answers back' },
  release: { fill: '#8A8A8A', text: '#FFFFFF', means: 'release' },
  close: { fill: '#B9AEE0', text: ink.text, means: 'close: stop the workers' },
};

/** Where the time goes at the largest point: one bar per strategy. */
export function phasesChart(analysis: Analysis, account: Account): Picture | undefined {
  const bars = phaseBars(analysis, account);
  const point = headlinePoint(analysis, account);
  if (point === undefined || bars.length === 0) return undefined;
  const frame: Frame = {
    title: `${analysis.header.scenario.title}: where does the time go?`,
    subtitle: subtitle(analysis, account, placeOf(point.cells[0])),
    caption:
      'Fastest strategy first. Bars show shares of their own time; the figure at the end is the time of a whole run. ' +
      'Where sending and computing overlap, it is less than the sum of the parts.',
  };
  return shareBars(frame, bars, looks);
}
