import type { AccountAnalysis, Analysis, CellAnalysis, Estimate, Slice } from '../../analysis/types.js';
import { axisTitle, formatAxisValue, formatPoint } from '../axes.js';
import { pointsOnLine } from '../slices.js';
import { formatNs } from '../units.js';
import { boundLabelsPlugin } from './bound-labels.js';
import { headroom, markAnnotations, markLabelsPlugin, marksOn } from './crossover-marks.js';
import { endLabelsPlugin, endLabelsWidth } from './end-labels.js';
import { type Frame, framePlugin, padding, subtitle } from './frame.js';
import { endLabels, lineDatasets, linesOf, valuesOf } from './lines.js';
import type { Picture } from './picture.js';
import { rangeOf, sizeScale, valueScale, widened } from './scale.js';

/** The measured time of a cell, where there is one. */
export function timeOf(cell: CellAnalysis): Estimate | undefined {
  return cell.state.kind === 'measured' ? cell.state.time : undefined;
}

/** The lower bound of a cell that was stopped at its limit. */
export function boundOf(cell: CellAnalysis): number | undefined {
  return cell.state.kind === 'bound' ? cell.state.overNs : undefined;
}

/** Time against size, log-log, one line per strategy with its interval band, crossovers marked. */
export function timeChart(analysis: Analysis, account: AccountAnalysis, slice: Slice): Picture | undefined {
  const points = pointsOnLine(account, slice);
  const lines = linesOf(analysis.header.strategies, slice, points, timeOf, boundOf);
  if (lines.length === 0) return undefined;
  const marks = marksOn(account, slice, [
    'single-thread against for-loop',
    'parallel against best single-thread',
  ]);
  const frame: Frame = {
    title: `${analysis.header.scenario.title}: which way is the fastest?`,
    subtitle: subtitle(analysis, account.account, fixedPart(slice)),
    caption: timeCaption(
      lines.some(({ bounds }) => bounds.length > 0),
      marks.length > 0,
      lines.some(({ beside }) => beside),
    ),
  };
  const range = widened(rangeOf(valuesOf(lines)), 0.04, 0.05 + headroom(marks));
  return {
    type: 'line',
    data: { datasets: lineDatasets(lines) },
    plugins: [
      framePlugin(frame),
      endLabelsPlugin(endLabels(lines)),
      markLabelsPlugin(marks),
      boundLabelsPlugin(lines),
    ],
    options: {
      devicePixelRatio: 2,
      layout: { padding: padding(frame, endLabelsWidth) },
      scales: {
        x: sizeScale(slice.values.map(Number), axisTitle(slice.axis), (value) =>
          formatAxisValue(slice.axis, value),
        ),
        y: valueScale(range, 'time per run', formatNs),
      },
      plugins: { legend: { display: false }, annotation: { annotations: markAnnotations(marks) } },
    },
  };
}

/** "lists of 1M": the axes that a slice holds still, for the subtitle. */
export function fixedPart(slice: Slice): string {
  return Object.keys(slice.fixed).length === 0 ? '' : formatPoint(slice.fixed);
}

function timeCaption(bounds: boolean, crossovers: boolean, beside: boolean): string {
  return [
    'Lower is faster; both scales grow by factors. Band: 95 % interval.',
    crossovers ? 'Shaded upright: interval of a crossover.' : '',
    bounds ? 'Large triangle: stopped at its limit, takes longer than this.' : '',
    beside ? '"Own data": it starts in that program; a ruler, not ranked.' : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
