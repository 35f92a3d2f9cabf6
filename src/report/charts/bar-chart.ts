import type { AccountAnalysis, Analysis, CellAnalysis, Slice } from '../../analysis/types.js';
import { axisTitle, formatAxisValue } from '../axes.js';
import { allCells, headlinePoint, placeOf } from '../headline.js';
import { pointsOnLine } from '../slices.js';
import { styleOf } from '../strategy-style.js';
import { formatNs } from '../units.js';
import { type Frame, framePlugin, padding, scaleTitle, subtitle } from './frame.js';
import { brushFont, font, ink } from './ink.js';
import { legendPlugin, legendWidth } from './legend.js';
import { drawMarker } from './marker.js';
import type { Brush, Picture, PicturePlugin } from './picture.js';
import { rangeOf, valueScale, widened } from './scale.js';
import { fixedPart, timeOf } from './time-chart.js';

/** A group of bars that stand together. */
interface Group {
  readonly text: string;
  readonly cells: readonly CellAnalysis[];
}

/** Time per strategy for the values of an axis that is no number, such as kinds of numbers or chunks. */
export function categoryChart(
  analysis: Analysis,
  account: AccountAnalysis,
  slice: Slice,
): Picture | undefined {
  const groups = pointsOnLine(account, slice).map((point) => ({
    text: formatAxisValue(slice.axis, point.point[slice.axis]),
    cells: allCells(point),
  }));
  return barChart(
    analysis,
    groups,
    axisTitle(slice.axis),
    subtitle(analysis, account.account, fixedPart(slice)),
  );
}

/** Time per strategy in all accounts, for a run of a single point: there is no line to draw. */
export function accountsChart(analysis: Analysis): Picture | undefined {
  const groups = analysis.accounts.map(({ account, points }) => ({
    text: account,
    cells: allCells(headlinePoint(analysis, account) ?? points[0]),
  }));
  const point = headlinePoint(analysis, 'warm');
  const where = point === undefined ? '' : placeOf(point.cells[0]);
  return barChart(analysis, groups, 'account: what you pay for', [subtitle(analysis, 'warm')[0], where]);
}

function barChart(
  analysis: Analysis,
  groups: readonly Group[],
  title: string,
  lines: readonly string[],
): Picture | undefined {
  const { strategies } = analysis.header;
  const timesNs = (label: string) =>
    groups.map(({ cells }) => {
      const cell = cells.find(({ strategy }) => strategy === label);
      return cell === undefined ? undefined : timeOf(cell);
    });
  const shown = strategies.filter(({ label }) => timesNs(label).some((time) => time !== undefined));
  if (shown.length === 0) return undefined;
  const values = shown.flatMap(({ label }) => timesNs(label).flatMap((time) => time?.value ?? []));
  const frame: Frame = {
    title: `${analysis.header.scenario.title}: which way is the fastest?`,
    subtitle: lines,
    caption:
      'Shorter is faster; the scale grows by factors, so read the figures on the bars, not their areas.',
  };
  const styles = shown.map(({ label }) => styleOf(label, strategies));
  const texts = shown.map(({ label }) =>
    timesNs(label).map((time) => (time === undefined ? '' : formatNs(time.value))),
  );
  return {
    type: 'bar',
    data: {
      labels: groups.map(({ text }) => text),
      datasets: shown.map(({ label }, index) => ({
        label,
        data: timesNs(label).map((time) => time?.value ?? Number.NaN),
        backgroundColor: styles[index].colour,
        maxBarThickness: 60,
        categoryPercentage: 0.84,
        barPercentage: 0.86,
      })),
    },
    plugins: [
      framePlugin(frame),
      barTopsPlugin(texts),
      legendPlugin(
        shown.map(({ label, home }, index) => ({
          text: home === 'program' ? `${label}, own data` : label,
          draw: (brush, x, y) => {
            brush.fillStyle = styles[index].colour;
            brush.fillRect(x - 22, y - 9, 18, 18);
            drawMarker(brush, styles[index], x + 12, y);
          },
        })),
      ),
    ],
    options: {
      devicePixelRatio: 2,
      layout: { padding: padding(frame, legendWidth) },
      scales: {
        x: {
          title: scaleTitle(title),
          grid: { display: false },
          ticks: { font: font(17), color: ink.text, autoSkip: false, maxRotation: 0 },
        },
        y: valueScale(widened(rangeOf(values), 0.15, 0.28), 'time per run', formatNs),
      },
      plugins: { legend: { display: false } },
    },
  };

  /** Marker and time on top of every bar; the time is written upwards, so that neighbours cannot collide. */
  function barTopsPlugin(words: readonly (readonly string[])[]): PicturePlugin {
    return {
      id: 'bar-tops',
      afterDatasetsDraw: (chart) => {
        const brush: Brush = chart.ctx;
        for (const [dataset, group] of words.entries()) {
          for (const [index, text] of group.entries()) {
            if (text === '') continue;
            const { x, y } = chart.getDatasetMeta(dataset).data[index];
            brush.save();
            drawMarker(brush, styles[dataset], x, y - 14);
            brush.font = brushFont(16);
            brush.fillStyle = ink.text;
            brush.textBaseline = 'middle';
            brush.textAlign = 'left';
            brush.translate(x, y - 28);
            brush.rotate(-Math.PI / 2);
            brush.fillText(text, 0, 0);
            brush.restore();
          }
        }
      },
    };
  }
}
