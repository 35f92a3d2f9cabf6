import type { Account, Point } from '../../contract/scenario.js';
import { type Block, text } from '../../document/document.js';
import { pointText } from '../../document/words.js';

/** Folder of the pictures, relative to the verdict. */
export const chartsFolder = 'charts';

/** What a verdict has to know of a chart to show it. */
export interface VerdictChart {
  /** File name with extension. */
  readonly name: string;
  /** What it is about: it decides where in the verdict it stands. */
  readonly kind: 'time' | 'speed-up' | 'phases' | 'path' | 'map' | 'prices' | 'bandwidth';
  readonly account?: Account;
  readonly description: string;
  /** The part of the points that it is about, where there is a picture for each. */
  readonly at?: Point;
}

/** Charts as blocks, each with the file in which its picture lies. */
export function chartBlocks(charts: readonly VerdictChart[]): Block[] {
  return charts.map(({ name, description, at = {} }) => {
    const where = Object.keys(at).length === 0 ? undefined : text`, ${pointText(at)}`;
    return { kind: 'chart', file: `${chartsFolder}/${name}`, alt: text`${description}${where}` };
  });
}
