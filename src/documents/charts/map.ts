import type { AccountAnalysis, Analysis, CrossoverQuestion, PointAnalysis } from '../../analysis/types.js';
import { axisTitle } from '../../contract/axes.js';
import type {
  MapAnswer,
  MapAxis,
  MapBorder,
  MapChart,
  MapCrossing,
  MapField,
  MapSample,
} from '../../document/chart.js';
import { formatRatio } from '../../document/units.js';
import { cellAt, measuredCells } from '../lookup.js';
import { plannedValues, samePoint } from '../points.js';
import { caption, chartTitle, fixedPart, subtitle } from './frame.js';
import { questionLooks } from './lines.js';
import { type Plane, pointsOnPlane } from './slices.js';
import { styleOf } from './style.js';

/**
 * Who wins where, over two axes: a field per planned point, the points that were added in between, and the borders that
 * crossovers make.
 */
export function winnerMap(analysis: Analysis, account: AccountAnalysis, plane: Plane): MapChart | undefined {
  const points = pointsOnPlane(account, plane);
  if (points.every(({ label }) => label.kind === 'nobody')) return undefined;
  const [x, y] = [plane.x, plane.y].map(
    (axis): MapAxis => ({
      title: axisTitle(axis),
      unit: { axis },
      values: plannedValues(analysis, points, axis),
    }),
  );
  const { strategies } = analysis.header;
  const labels = strategies.map(({ label }) => label);
  const measured = points.map((point) => fieldOf(point, plane, labels));
  const empty = y.values.flatMap((row) =>
    x.values
      .filter((column) => !measured.some((field) => field.x === column && field.y === row))
      .map((column): MapField => ({ x: column, y: row, answer: 'not measured', looks: [], text: '' })),
  );
  const added = measured.some((field) => !x.values.includes(field.x) || !y.values.includes(field.y));
  const borders = bordersOn(account, plane, x.values, y.values);
  const crossings = borders.flatMap((border) => border.crossings);
  const fields = [...measured, ...empty];
  return {
    kind: 'map',
    title: chartTitle(analysis, 'who wins where?'),
    subtitle: subtitle(analysis, account.account, fixedPart(plane.fixed)),
    caption: caption(
      'Number in a field: the fastest strategy against the for-loop, as ratio of their times (2× is half the time).',
      'Striped: the same within the margin. Grey with "?": this run cannot tell which of those marked is the fastest.',
      crossings.length === 0
        ? ''
        : 'A point lies in the middle of its field, a border somewhere in its band (95 %).',
      crossings.some(({ bracketOnly }) => bracketOnly)
        ? 'A band without a line: no more is known than the points on its sides.'
        : '',
      added ? 'Small squares: points that were added where the winner was in doubt.' : '',
    ),
    x,
    y,
    fields,
    borders,
    looks: labels.map((name) => ({ name, style: styleOf(name, strategies) })),
    legend: fieldSamples(fields, labels),
  };
}

function fieldOf(point: PointAnalysis, plane: Plane, labels: readonly string[]): MapField {
  const { label } = point;
  const among = label.kind === 'winner' ? [label.strategy] : label.kind === 'nobody' ? [] : label.strategies;
  return {
    x: Number(point.point[plane.x]),
    y: Number(point.point[plane.y]),
    answer: label.kind,
    // In the order of the run: equal sets of strategies look equal, whichever was a hair faster.
    looks: labels.flatMap((each, index) => (among.includes(each) ? [index] : [])),
    text: ratioText(point),
  };
}

function ratioText(point: PointAnalysis): string {
  const { label } = point;
  if (label.kind === 'nobody') return '–';
  if (label.kind === 'undecided') return '?';
  const strategy = label.kind === 'winner' ? label.strategy : measuredCells(point)[0]?.strategy;
  const ratio = cellAt(point, strategy ?? '')?.ratioToForLoop;
  return ratio === undefined ? '' : formatRatio(ratio.value);
}

const borderNames: Record<CrossoverQuestion, string> = {
  'single-thread against for-loop': 'border: for-loop to other ways on one thread',
  'parallel against best single-thread': 'border: one thread to threads or processes',
};

/** The crossovers of an account along rows and columns of fields; those on lines that have added points alone are on none. */
function bordersOn(
  account: AccountAnalysis,
  plane: Plane,
  xs: readonly number[],
  ys: readonly number[],
): MapBorder[] {
  const along = (question: CrossoverQuestion, which: 'x' | 'y'): MapCrossing[] => {
    const [axis, other, lines] = which === 'x' ? [plane.x, plane.y, ys] : [plane.y, plane.x, xs];
    return account.crossovers
      .filter((one) => one.question === question && one.axis === axis)
      .flatMap(({ fixed, crossovers }) => {
        const line = lines.find((value) => samePoint(fixed, { ...plane.fixed, [other]: value }));
        return line === undefined
          ? []
          : crossovers.map(({ at, interval, bracketOnly, below }) => ({
              along: which,
              line,
              at,
              interval,
              above: below === 'incumbent' ? 'challenger' : 'incumbent',
              bracketOnly,
            }));
      });
  };
  return (Object.keys(borderNames) as CrossoverQuestion[]).flatMap((question) => {
    const crossings = [...along(question, 'x'), ...along(question, 'y')];
    if (crossings.length === 0) return [];
    return [{ name: borderNames[question], ...questionLooks[question], crossings }];
  });
}

const answers: readonly MapAnswer[] = ['winner', 'same', 'undecided', 'nobody', 'not measured'];

/** A line for each kind of field, and the markers of those that only stand in undecided ones. */
function fieldSamples(fields: readonly MapField[], labels: readonly string[]): MapSample[] {
  const samples = new Map<string, MapSample>();
  for (const answer of answers)
    for (const { looks } of fields.filter((field) => field.answer === answer)) {
      const shown = answer === 'undecided' ? [] : looks;
      const text = sampleText(
        answer,
        shown.map((look) => labels[look]),
      );
      samples.set(text, { text, answer, looks: shown });
    }
  const undecided = fields.filter(({ answer }) => answer === 'undecided').flatMap(({ looks }) => looks);
  const markers = [...new Set(undecided)]
    .map((look) => ({ text: labels[look], look }))
    .filter(({ text }) => !samples.has(text));
  return [...samples.values(), ...markers];
}

function sampleText(answer: MapAnswer, names: readonly string[]): string {
  switch (answer) {
    case 'winner':
      return names[0];
    case 'same':
      return `same: ${names.join(', ')}`;
    case 'undecided':
      return 'undecided between those marked';
    case 'nobody':
      return 'nothing could be ranked';
    case 'not measured':
      return 'not measured';
  }
}
