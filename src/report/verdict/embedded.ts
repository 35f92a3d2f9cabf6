import type { ReportChart } from '../charts/charts.js';

/** Folder of the pictures, relative to the verdict. */
export const chartsFolder = 'charts';

/** Charts as Markdown pictures with relative links. */
export function embedded(charts: readonly Pick<ReportChart, 'name' | 'description'>[]): string[] {
  return charts.map(
    ({ name, description }) => `![${description.replace(/[[\]]/g, '')}](${chartsFolder}/${name})`,
  );
}
