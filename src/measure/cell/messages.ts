import { outcomeSchema } from '../../results/record.js';
import { problemOf, v } from '../../results/valid.js';

/** What a cell's process says to the driver, which believes nothing else. */
const cellMessageSchema = v.variant('type', [
  /** It is up: Node has got the threads that it needs. */
  v.object({ type: v.literal('up') }),
  /** Its first session begins. */
  v.object({ type: v.literal('started') }),
  v.object({ type: v.literal('one-shot'), totalNs: v.number() }),
  /** The right answers were computed here: cells that come after need not do it again. */
  v.object({
    type: v.literal('expected'),
    digests: v.object({ data: v.string(), flipped: v.string() }),
  }),
  /** Something to end or remove should this process be killed. */
  v.object({
    type: v.literal('leftover'),
    leftover: v.variant('kind', [
      v.object({ kind: v.literal('group'), group: v.pipe(v.number(), v.integer(), v.minValue(2)) }),
      v.object({ kind: v.literal('folder'), folder: v.string() }),
    ]),
  }),
  v.object({ type: v.literal('outcome'), outcome: outcomeSchema }),
]);

/** `problem`: what is wrong with a message that is none. */
export function readCellMessage(
  said: unknown,
): v.InferOutput<typeof cellMessageSchema> | { readonly type: 'none'; readonly problem: string } {
  const result = v.safeParse(cellMessageSchema, said, { abortEarly: true });
  return result.success ? result.output : { type: 'none', problem: problemOf(result) ?? 'unknown' };
}
