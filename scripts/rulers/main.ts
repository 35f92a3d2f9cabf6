import { partsAsked, printFigures, printReached, type Seen } from '../figures/figure.js';
import { defineLab } from '../lab/lab.js';
import { billion } from './billion.js';
import { dispatch } from './dispatch.js';
import { giantList, heavyItems } from './heavy.js';
import { messages } from './messages.js';
import { native, nativeLarge, nativeLargeThreads } from './native.js';
import { numpy } from './numpy.js';
import { pathDelays } from './path-delays.js';
import { pathExplained } from './path-explained.js';
import { vectors } from './vectors.js';

/*
 * `npm run bench:rulers [-- NAME …]`: how far the pools are from what the machine can do. Leave the machine alone
 * meanwhile.
 */
const all: Readonly<Record<string, () => Promise<Seen[]>>> = {
  dispatch,
  vectors,
  native,
  'native-large': nativeLarge,
  'native-large-threads': nativeLargeThreads,
  numpy,
  billion,
  'heavy-items': heavyItems,
  'giant-list': giantList,
  messages,
  'path-delays': pathDelays,
  'path-explained': pathExplained,
};

export const lab = defineLab({}, async (_, names) => {
  const seen: Seen[] = [];
  for (const [, measure] of partsAsked(all, names, 'rulers')) seen.push(...(await printFigures(measure())));
  printReached(seen);
  return 0;
});
