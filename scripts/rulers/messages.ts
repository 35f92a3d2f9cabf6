import { median } from '../figures/figure.js';
import { equalLists, type RulerCell, warmNs } from './cells.js';
import { type Ruler, ratioOf, ratioRuler } from './ruler.js';

const keys = 100_000;
const rounds = 5;

/** What a key costs in `worker-threads` beyond its work: in balanced chunks, and with a message of its own. */
export async function messages(): Promise<Ruler[]> {
  const cell = (strategy: string, chunk: RulerCell['chunk']): RulerCell => ({
    ...{ strategy, from: 'lists', data: equalLists(keys, 10), chunk },
  });
  const loop = await warmNs(cell('for-loop', 'balanced'));
  const singles: number[] = [];
  const overhead = async (chunk: RulerCell['chunk']) =>
    ((await warmNs(cell('worker-threads', chunk))) - loop) / keys;
  const ratio = await ratioOf(
    rounds,
    () => overhead('balanced'),
    async () => {
      singles.push(await overhead('key'));
      return singles[singles.length - 1];
    },
  );
  const each = `${median(singles).toFixed(0)} ns`;
  return [
    { name: 'worker-threads, one key per message: overhead per key', seen: each },
    ratioRuler('worker-threads, overhead per key, balanced / one per message', ratio, 0.1),
  ];
}
