import type {
  AccountAnalysis,
  Crossover,
  CrossoverAnalysis,
  CrossoverQuestion,
  Slice,
} from '../../analysis/types.js';
import { formatAxisValue, formatRange, samePoint, twoDigits } from '../axes.js';
import { brushFont, faded } from './ink.js';
import type { Annotation, Brush, PicturePlugin } from './picture.js';

/** Neutral colours, so that no mark looks like a strategy's. */
export const questionColours: Readonly<Record<CrossoverQuestion, string>> = {
  'single-thread against for-loop': '#5B3A8C',
  'parallel against best single-thread': '#A01040',
};

/** One crossover on a chart, with what it says. */
export interface Mark {
  readonly crossover: Pick<Crossover, 'at' | 'interval' | 'bracketOnly'>;
  readonly colour: string;
  readonly text: string;
}

/** The crossovers of a slice, from left to right; those of the parallel question alone for speed-up charts. */
export function marksOn(
  account: AccountAnalysis,
  slice: Slice,
  questions: readonly CrossoverQuestion[],
): Mark[] {
  return account.crossovers
    .filter(
      ({ axis, fixed, question }) =>
        axis === slice.axis && questions.includes(question) && samePoint(fixed, slice.fixed),
    )
    .flatMap((analysis) =>
      analysis.crossovers.map((crossover) => ({
        crossover,
        colour: questionColours[analysis.question],
        text: markText(analysis, crossover),
      })),
    )
    .sort((a, b) => a.crossover.at - b.crossover.at);
}

function markText(analysis: CrossoverAnalysis, { at, interval, bracketOnly, below }: Crossover): string {
  const { challengers } = analysis.regions.find(
    (region) =>
      region.winner === 'challenger' && (below === 'challenger' ? region.to <= at : region.from >= at),
  ) ?? { challengers: [] };
  const vectorizing = analysis.question === 'single-thread against for-loop';
  const who = challengers.length === 1 ? challengers[0] : vectorizing ? 'single-thread' : 'parallel';
  const beats = vectorizing ? `${who} beats for-loop` : `${who} beats one thread`;
  const where = bracketOnly
    ? `somewhere in ${formatRange(analysis.axis, interval)}`
    : `${formatAxisValue(analysis.axis, twoDigits(at))} ${formatRange(analysis.axis, { low: twoDigits(interval.low), high: twoDigits(interval.high) })}`;
  return `${beats} ${below === 'challenger' ? 'up to' : 'from'} ${where}`;
}

/** Interval as a box, crossover as a line. */
export function markAnnotations(marks: readonly Mark[]): Record<string, Annotation> {
  return Object.fromEntries(
    marks.flatMap(({ crossover, colour }, index) => [
      [
        `interval-${index}`,
        {
          type: 'box',
          xMin: crossover.interval.low,
          xMax: crossover.interval.high,
          backgroundColor: faded(colour, 0.13),
          borderWidth: 0,
          drawTime: 'beforeDatasetsDraw',
        } satisfies Annotation,
      ],
      [
        `line-${index}`,
        {
          type: 'line',
          xMin: crossover.at,
          xMax: crossover.at,
          borderColor: colour,
          // Somewhere in a bracket is all that is known: a line would say more.
          borderWidth: crossover.bracketOnly ? 0 : 2,
          borderDash: [6, 4],
          drawTime: 'beforeDatasetsDraw',
        } satisfies Annotation,
      ],
    ]),
  );
}

/** Share of the plot's height that the labels of the marks need above the lines. */
export function headroom(marks: readonly Mark[]): number {
  return marks.length * 0.085;
}

/** One row of text per mark at the top of the plot, on the side of its line that has more room. */
export function markLabelsPlugin(marks: readonly Mark[]): PicturePlugin {
  return {
    id: 'crossover-labels',
    afterDatasetsDraw: (chart) => {
      const brush: Brush = chart.ctx;
      const { left, right, top } = chart.chartArea;
      brush.save();
      brush.font = brushFont(17, 600);
      brush.textBaseline = 'middle';
      for (const [row, { crossover, colour, text }] of marks.entries()) {
        const x = chart.scales.x.getPixelForValue(crossover.at);
        const y = top + 18 + 30 * row;
        const width = brush.measureText(text).width;
        const fitsRight = x + 10 + width <= right;
        const start = fitsRight ? x + 10 : Math.max(left + 4, x - 10 - width);
        brush.fillStyle = faded('#FFFFFF', 0.85);
        brush.fillRect(start - 4, y - 13, width + 8, 26);
        brush.fillStyle = colour;
        brush.textAlign = 'left';
        brush.fillText(text, start, y);
      }
      brush.restore();
    },
  };
}
