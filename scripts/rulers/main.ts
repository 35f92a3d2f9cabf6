import { dispatch } from './dispatch.js';
import { giantList, heavyItems } from './heavy.js';
import { messages } from './messages.js';
import type { Ruler } from './ruler.js';
import { vectors } from './vectors.js';

/*
 * `npm run bench:rulers [-- NAME …]`: how far the pools are from what the machine can do. Leave the machine alone
 * meanwhile.
 */
const all: Readonly<Record<string, () => Promise<Ruler[]>>> = {
  dispatch,
  vectors,
  'heavy-items': heavyItems,
  'giant-list': giantList,
  messages,
};

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(all);
const unknown = names.find((name) => all[name] === undefined);
if (unknown !== undefined) {
  process.stderr.write(`no rulers "${unknown}"; there are ${Object.keys(all).join(', ')}\n`);
  process.exit(2);
}
const judged: boolean[] = [];
for (const name of names) {
  for (const { name: what, seen, bar, holds, needs } of await all[name]()) {
    if (holds !== undefined) judged.push(holds);
    const verdict = holds === undefined ? 'seen  ' : holds ? 'ok    ' : 'MISSED';
    const beside = [bar, needs].filter((each) => each !== undefined).join('; ');
    process.stdout.write(`${verdict}  ${what}: ${seen}${beside && ` (${beside})`}\n`);
  }
}
process.stdout.write(`${judged.filter(Boolean).length} of ${judged.length} bars reached\n`);
