import type { AccountAnalysis, Analysis, Slice } from '../../analysis/types.js';
import { axisTitle, formatAxisValue } from '../axes.js';
import { parallelLabels } from '../headline.js';
import { pointsOnLine } from '../slices.js';
import { formatRatio } from '../units.js';
import { headroom, markAnnotations, markLabelsPlugin, marksOn } from './crossover-marks.js';
import { endLabelsPlugin, endLabelsWidth } from './end-labels.js';
import { type Frame, framePlugin, padding, subtitle } from './frame.js';
import { ink } from './ink.js';
import { endLabels, lineDatasets, linesOf, valuesOf } from './lines.js';
import type { Annotation, Picture } from './picture.js';
import { rangeOf, sizeScale, valueScale, widened } from './scale.js';
import { fixedPart } from './time-chart.js';

/** Speed-up against size: how many times as fast as the best single-thread strategy, with the line at 1. */
export function speedUpChart(
  analysis: Analysis,
  account: AccountAnalysis,
  slice: Slice,
): Picture | undefined {
  const points = pointsOnLine(account, slice);
  const lines = linesOf(analysis.header.strategies, slice, points, (cell) => cell.speedUp);
  // Single-thread strategies alone stand at 1 or below by definition: the time chart says all there is.
  const parallel = parallelLabels(analysis);
  if (!lines.some(({ label }) => parallel.includes(label))) return undefined;
  const marks = marksOn(account, slice, ['parallel against best single-thread']);
  const frame: Frame = {
    title: `${analysis.header.scenario.title}: does it pay to leave the single thread?`,
    subtitle: subtitle(analysis, account.account, fixedPart(slice)),
    caption:
      'Above the line at 1× a strategy beats the best single-thread one, below it loses. Band: 95 % interval.' +
      (marks.length > 0 ? ' Shaded upright: interval of a crossover.' : ''),
  };
  const range = widened(rangeOf([...valuesOf(lines), 0.8, 2]), 0.05, 0.05 + headroom(marks));
  return {
    type: 'line',
    data: { datasets: lineDatasets(lines) },
    plugins: [framePlugin(frame), endLabelsPlugin(endLabels(lines)), markLabelsPlugin(marks)],
    options: {
      devicePixelRatio: 2,
      layout: { padding: padding(frame, endLabelsWidth) },
      scales: {
        x: sizeScale(slice.values.map(Number), axisTitle(slice.axis), (value) =>
          formatAxisValue(slice.axis, value),
        ),
        y: valueScale(range, 'speed-up over the best single thread (above 1× it pays)', formatRatio),
      },
      plugins: {
        legend: { display: false },
        annotation: { annotations: { ...markAnnotations(marks), ...lineAtOne(range.max) } },
      },
    },
  };
}

function lineAtOne(max: number): Record<string, Annotation> {
  return {
    pays: {
      type: 'box',
      yMin: 1,
      yMax: max,
      backgroundColor: '#0000000A',
      borderWidth: 0,
      drawTime: 'beforeDatasetsDraw',
    },
    one: {
      type: 'line',
      yMin: 1,
      yMax: 1,
      borderColor: ink.text,
      borderWidth: 2,
      drawTime: 'beforeDatasetsDraw',
    },
  };
}
