import { openReaders } from '../../test/support/cli/fuzz/readers.js';
import { tryInput } from '../../test/support/cli/fuzz/try-input.js';

/** What the child process is asked: inputs `from` to `to` of one reader. */
export interface PieceOrder {
  readonly reader: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

export interface PieceEnd {
  readonly accepted: number;
  readonly refused: number;
  readonly slowestMs: number;
  readonly peakMegabytes: number;
  readonly violations: readonly { readonly number: number; readonly what: string }[];
}

export type PieceMessage =
  | { readonly type: 'trying'; readonly number: number }
  | { readonly type: 'done'; readonly end: PieceEnd };

/* Entry of a process that tries a piece of the inputs: what crashes or hangs it is seen from outside, with its number. */
process.once('message', async ({ reader: name, seed, from, to }: PieceOrder) => {
  const { readers, remove } = openReaders();
  const reader = readers.find((each) => each.name === name);
  if (reader === undefined) throw new Error(`there is no reader ${name}`);
  const violations: { number: number; what: string }[] = [];
  const counts = { accepted: 0, refused: 0 };
  let slowestMs = 0;
  for (let index = from; index < to; index++) {
    const number = numberOf(seed, index);
    process.send?.({ type: 'trying', number } satisfies PieceMessage);
    const tried = await tryInput(reader, number);
    slowestMs = Math.max(slowestMs, tried.tookMs);
    if (tried.kind === 'violation') violations.push({ number, what: tried.what });
    else counts[tried.kind]++;
    // Messages leave only where the loop comes round.
    if (index % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  remove();
  const peakMegabytes = process.resourceUsage().maxRSS / 1_024;
  const end: PieceEnd = { ...counts, slowestMs, peakMegabytes, violations };
  process.send?.({ type: 'done', end } satisfies PieceMessage, () => process.exit());
});

/** Inputs of one seed share none with those of the next. */
function numberOf(seed: number, index: number): number {
  return (seed * 1_000_003 + index) % 2 ** 31;
}
