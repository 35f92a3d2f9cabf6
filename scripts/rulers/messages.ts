import { equalLists, type RulerCell, warmNs } from './cells.js';
import { type Ruler, ratioRuler } from './ruler.js';

const keys = 100_000;

/** What a key costs in `worker-threads` beyond its work: in balanced chunks, and with a message of its own. */
export async function messages(): Promise<Ruler[]> {
  const cell = (strategy: string, chunk: RulerCell['chunk']): RulerCell => ({
    ...{ strategy, from: 'lists', data: equalLists(keys, 10), chunk },
  });
  const loop = await warmNs(cell('for-loop', 'balanced'));
  const balanced = ((await warmNs(cell('worker-threads', 'balanced'))) - loop) / keys;
  const single = ((await warmNs(cell('worker-threads', 'key'))) - loop) / keys;
  return [
    { name: 'worker-threads, one key per message: overhead per key', seen: `${single.toFixed(0)} ns` },
    ratioRuler('worker-threads, overhead per key, balanced / one per message', balanced / single, 0.1),
  ];
}
