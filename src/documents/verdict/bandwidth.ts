import { roofsOf } from '../../analysis/bandwidth.js';
import type { Analysis, BandwidthFigure } from '../../analysis/types.js';
import {
  type Block,
  type Column,
  paragraph,
  quote,
  type Section,
  type Text,
  table,
  text,
} from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { counted, joinedBy, listed, pointText } from '../../document/words.js';
import { commonPart, samePoint, varyingAxes } from '../points.js';
import { here } from '../run-words.js';
import { chartBlocks, type VerdictChart } from './charts.js';

/** Bytes per second by size, with the caches that hold them: for a scenario that asks for it. Nothing elsewhere. */
export function bandwidthSection(analysis: Analysis, charts: readonly VerdictChart[]): Section | undefined {
  if (!analysis.header.scenario.bandwidth || analysis.bandwidth.length === 0) return undefined;
  return {
    id: 'bandwidth',
    title: ['Bytes per second'],
    blocks: [
      paragraph(
        text`Resident: read plus written, over the time of a pass. Memory that is fetched only to be overwritten is not counted. ${cachesText(analysis)} "Lies in" names the smallest that holds all that a pass reads and writes.`,
      ),
      bandwidthTable(analysis),
      paragraph(
        'A kernel that moves more than it computes cannot go faster than the most that was moved from where its data lies.',
      ),
      ...chartBlocks(charts.filter(({ kind }) => kind === 'bandwidth')),
    ],
  };
}

function cachesText({ header: { host } }: Analysis): Text {
  const { caches = [] } = host;
  if (caches.length === 0) return ['The system does not tell the sizes of its caches.'];
  const each = caches.map((cache) => text`${quote(cache, 'name')} ${figure(cache, 'bytes', 'bytes')}`);
  return text`The data caches of the first processor: ${listed(each)}. Cores may share the last.`;
}

function bandwidthTable(analysis: Analysis): Block {
  const { bandwidth } = analysis;
  const strategies = [...new Set(bandwidth.map(({ strategy }) => strategy))];
  const places = bandwidth.filter(
    (one, index) => bandwidth.findIndex(({ point }) => samePoint(point, one.point)) === index,
  );
  const axes = shownAxes(analysis);
  const rateOf = (strategy: string): Column<BandwidthFigure> => ({
    head: strategy,
    of: ({ point }) => {
      const one = bandwidth.find((each) => each.strategy === strategy && samePoint(each.point, point));
      return one && figure(one, 'bytesPerSecond', 'bytes/s');
    },
  });
  return table<BandwidthFigure>(
    [
      { head: 'size', of: (place) => figure(place, 'bytes', 'bytes') },
      { head: 'lies in', of: ({ level }) => level },
      axes.length === 0 ? undefined : { head: 'with', of: ({ point }) => pointText(point, axes) },
      ...strategies.map(rateOf),
    ],
    [...places].sort((a, b) => a.bytes - b.bytes),
  );
}

/** Swept axes besides those that make the size. */
function shownAxes({ bandwidth }: Analysis): string[] {
  const points = bandwidth.map(({ point }) => point);
  return varyingAxes(points).filter(
    (axis) => axis !== 'keys' && axis !== 'length' && !(axis in commonPart(points)),
  );
}

/** The roof, by where the data lies, on one core and on more. Undefined where nothing is known or nobody asked. */
export function bandwidthAnswer(analysis: Analysis): Text | undefined {
  const { bandwidth } = analysis;
  if (!analysis.header.scenario.bandwidth || bandwidth.length === 0) return undefined;
  const roofs = roofsOf(bandwidth);
  const levels = [...new Set(roofs.map(({ level }) => level))];
  const parts = levels.map((level) => {
    const rates = roofs.filter((one) => one.level === level).map(rateText);
    return text`${placeWords(level)} ${listed(rates)}`;
  });
  return text`${here(analysis)} memory lets through at most, read plus written: ${joinedBy(parts, '; ')}.`;
}

function rateText(rate: BandwidthFigure): Text {
  return text`${figure(rate, 'bytesPerSecond', 'bytes/s')} ${coresText(rate)} (${rate.strategy})`;
}

function coresText(rate: BandwidthFigure): Text {
  if (rate.workers === undefined) return ['on cores that its program does not count'];
  return rate.workers === 1
    ? ['on one core']
    : text`on ${counted(figure(rate, 'workers', 'whole'), 'worker')}`;
}

function placeWords(level: string | undefined): string {
  if (level === undefined) return 'at any size';
  return level === 'memory' ? 'past all caches' : `within ${level}`;
}
