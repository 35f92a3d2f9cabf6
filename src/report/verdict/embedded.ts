import { formatPoint } from '../axes.js';
import type { ReportChart } from '../charts/charts.js';

/** Folder of the pictures, relative to the verdict. */
export const chartsFolder = 'charts';

/** Charts as Markdown pictures with relative links. */
export function embedded(charts: readonly Pick<ReportChart, 'name' | 'description' | 'at'>[]): string[] {
  return charts.map(({ name, description, at = {} }) => {
    const where = Object.keys(at).length === 0 ? '' : `, ${formatPoint(at)}`;
    return `![${`${description}${where}`.replace(/[[\]]/g, '')}](${chartsFolder}/${name})`;
  });
}
