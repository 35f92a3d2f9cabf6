import { partsAsked } from '../figures/parts.js';
import { billion } from './billion.js';
import { dispatch } from './dispatch.js';
import { giantList, heavyItems } from './heavy.js';
import { messages } from './messages.js';
import { native, nativeLarge, nativeLargeThreads } from './native.js';
import { numpy } from './numpy.js';
import { pathDelays } from './path-delays.js';
import { pathExplained } from './path-explained.js';
import type { Ruler } from './ruler.js';
import { vectors } from './vectors.js';

/*
 * `npm run bench:rulers [-- NAME …]`: how far the pools are from what the machine can do. Leave the machine alone
 * meanwhile.
 */
const all: Readonly<Record<string, () => Promise<Ruler[]>>> = {
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

const judged: boolean[] = [];
for (const [, measure] of partsAsked(all, process.argv.slice(2), 'rulers')) {
  for (const { name, seen, bar, holds, needs } of await measure()) {
    if (holds !== undefined) judged.push(holds);
    const verdict = holds === undefined ? 'seen  ' : holds ? 'ok    ' : 'MISSED';
    const beside = [bar, needs].filter((each) => each !== undefined).join('; ');
    process.stdout.write(`${verdict}  ${name}: ${seen}${beside && ` (${beside})`}\n`);
  }
}
process.stdout.write(`${judged.filter(Boolean).length} of ${judged.length} bars reached\n`);
