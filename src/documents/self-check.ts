import { readFileSync } from 'node:fs';
import { formatPercent } from '../document/units.js';

/* What the tool saw of itself on the real clock: `npm run self-check` writes it, and the committed figures ship. */

interface Share {
  readonly share: number;
  readonly of: number;
}

/** The part of its figures that is quoted. */
interface Figures {
  readonly startedAt: string;
  readonly host: { readonly cpu: string };
  readonly conditions: readonly {
    readonly condition: string;
    readonly same: { readonly falseWinners: Share; readonly smallestDifference: number };
    readonly slower: readonly { readonly more: number; readonly found: Share }[];
  }[];
}

/** A difference of this size is what the self-check must find. */
const more = 0.1;

const path = new URL('../../../reports/self-check/figures-full.json', import.meta.url);

/** How often the tool was wrong, and how often right, on a quiet machine; undefined where no self-check ships. */
export function selfCheckSentence(file: URL = path): string | undefined {
  const known = read(file);
  if (known === undefined) return undefined;
  const { conditions, host, startedAt } = known;
  const quiet = conditions.find(({ condition }) => condition === 'quiet');
  const found = quiet?.slower.find((one) => one.more === more)?.found;
  if (quiet === undefined || found === undefined) return undefined;
  const { falseWinners, smallestDifference } = quiet.same;
  return (
    `In the self-check of this tool (${host.cpu}, ${startedAt.slice(0, 10)}, 8 rounds, calls of 1 to 20 ms, loops on one thread) the half-width of an interval was ` +
    `${formatPercent(smallestDifference)}: 10 % more work was named slower in ${formatPercent(found.share)} of ${found.of} ` +
    `comparisons, and a winner between a strategy and itself in ${formatPercent(falseWinners.share)} of ${falseWinners.of}.`
  );
}

function read(file: URL): Figures | undefined {
  try {
    // Written by the tool itself and part of its package: a torn file is one that is not there.
    return JSON.parse(readFileSync(file, 'utf8')) as Figures;
  } catch {
    return undefined;
  }
}
