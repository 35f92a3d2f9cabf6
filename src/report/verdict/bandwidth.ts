import { roofsOf } from '../../analysis/bandwidth.js';
import type { Analysis, BandwidthFigure } from '../../analysis/types.js';
import { commonPart, formatPoint, samePoint, varyingAxes } from '../axes.js';
import type { ReportChart } from '../charts/charts.js';
import { counted, listed, table } from '../plain-text.js';
import { told } from '../pointers/note.js';
import { formatBytes, formatRateEstimate } from '../units.js';
import { embedded } from './embedded.js';
import { here } from './parallel-answer.js';

/** Bytes per second by size, with the caches that hold them: for a scenario that asks for it. Empty elsewhere. */
export function bandwidthSection(analysis: Analysis, charts: readonly ReportChart[]): string[] {
  const figures = analysis.bandwidth;
  if (!analysis.header.scenario.bandwidth || figures.length === 0) return [];
  const { caches = [] } = analysis.header.host;
  const known =
    caches.length === 0
      ? 'The system does not tell the sizes of its caches.'
      : `The data caches of the first processor: ${listed(caches.map((cache) => `${cache.name} ${told(cache, 'bytes', formatBytes)}`))}. Cores may share the last.`;
  return [
    [
      '## Bytes per second',
      `Resident: read plus written, over the time of a pass. Memory that is fetched only to be overwritten is not counted. ${known} "Lies in" names the smallest that holds all that a pass reads and writes.`,
      bandwidthTable(analysis),
      'A kernel that moves more than it computes cannot go faster than the most that was moved from where its data lies.',
      ...embedded(charts.filter(({ kind }) => kind === 'bandwidth')),
    ].join('\n\n'),
  ];
}

function bandwidthTable(analysis: Analysis): string {
  const { bandwidth } = analysis;
  const strategies = [...new Set(bandwidth.map(({ strategy }) => strategy))];
  const places = bandwidth.filter(
    (one, index) => bandwidth.findIndex(({ point }) => samePoint(point, one.point)) === index,
  );
  const axes = shownAxes(analysis);
  const rows = [...places]
    .sort((a, b) => a.bytes - b.bytes)
    .map((place) => [
      told(place, 'bytes', formatBytes),
      place.level ?? '–',
      ...(axes.length === 0 ? [] : [formatPoint(place.point, axes)]),
      ...strategies.map((strategy) => {
        const found = bandwidth.find((one) => one.strategy === strategy && samePoint(one.point, place.point));
        return found === undefined ? '–' : formatRateEstimate(found.bytesPerSecond);
      }),
    ]);
  return table(['size', 'lies in', ...(axes.length === 0 ? [] : ['with']), ...strategies], rows);
}

/** Swept axes besides those that make the size. */
function shownAxes({ bandwidth }: Analysis): string[] {
  const points = bandwidth.map(({ point }) => point);
  return varyingAxes(points).filter(
    (axis) => axis !== 'keys' && axis !== 'length' && !(axis in commonPart(points)),
  );
}

/** The roof, by where the data lies, on one core and on more. Undefined where nothing is known or nobody asked. */
export function bandwidthAnswer(analysis: Analysis): string | undefined {
  const { bandwidth } = analysis;
  if (!analysis.header.scenario.bandwidth || bandwidth.length === 0) return undefined;
  const roofs = roofsOf(bandwidth);
  const levels = [...new Set(roofs.map(({ level }) => level))];
  const words = levels.map((level) => {
    const rates = roofs.filter((one) => one.level === level).map(rateWords);
    return `${placeWords(level)} ${listed(rates)}`;
  });
  return `${here(analysis)} memory lets through at most, read plus written: ${words.join('; ')}.`;
}

function rateWords(figure: BandwidthFigure): string {
  const { strategy, workers, bytesPerSecond } = figure;
  const origin = { kind: 'field', from: figure, name: 'workers' } as const;
  const on =
    workers === 1 ? 'one core' : workers === undefined ? undefined : counted(workers, 'worker', origin);
  const where = on === undefined ? 'on cores that its program does not count' : `on ${on}`;
  return `${formatRateEstimate(bytesPerSecond)} ${where} (${strategy})`;
}

function placeWords(level: string | undefined): string {
  if (level === undefined) return 'at any size';
  return level === 'memory' ? 'past all caches' : `within ${level}`;
}
