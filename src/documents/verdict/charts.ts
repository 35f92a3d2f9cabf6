import type { ShownChart } from '../../document/chart.js';
import { type Block, type Text, text } from '../../document/document.js';
import { pointText } from '../../document/words.js';
import type { ReportChart } from '../charts/charts.js';

/** Folder of the pictures, relative to the page. */
export const chartsFolder = 'charts';

/** The picture that stands on the first screen. */
export const leadingTimeline = 'timeline.png';

/** A chart of a verdict. */
export type VerdictChart = ReportChart & ShownChart;

/** Charts as blocks. */
export function chartBlocks(charts: readonly VerdictChart[]): Block[] {
  return charts.map((chart) => {
    const { description, at = {} } = chart;
    const where = Object.keys(at).length === 0 ? undefined : text`, ${pointText(at)}`;
    return chartBlock(chart, text`${description}${where}`);
  });
}

/** A chart with its data, and the file in which its picture lies, if it was drawn. */
export function chartBlock({ name, chart, undrawn }: ShownChart, alt: Text): Block {
  return { kind: 'chart', ...(undrawn ? {} : { file: `${chartsFolder}/${name}` }), alt, chart };
}
