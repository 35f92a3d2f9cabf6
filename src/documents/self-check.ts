import { readFileSync } from 'node:fs';
import { fullRounds } from '../analysis/estimate.js';
import { quote, type Text, text } from '../document/document.js';
import { figure } from '../document/figure.js';

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

/** What the self-check saw of comparisons of loops on one thread, on a quiet machine. */
export interface SelfCheck {
  readonly cpu: string;
  /** `2026-01-02`. */
  readonly day: string;
  readonly rounds: number;
  readonly callsMs: { readonly from: number; readonly to: number };
  /** Of an interval, as a share. */
  readonly halfWidth: number;
  /** Share of more work, and how often it was named slower. */
  readonly more: number;
  readonly found: Share;
  /** A winner between a strategy and itself. */
  readonly falseWinners: Share;
}

/** How often the tool was wrong, and how often right; undefined where no self-check ships. */
export function readSelfCheck(file: URL = path): SelfCheck | undefined {
  const figures = read(file);
  if (figures === undefined) return undefined;
  const { conditions, host, startedAt } = figures;
  const quiet = conditions.find(({ condition }) => condition === 'quiet');
  const found = quiet?.slower.find((one) => one.more === more)?.found;
  if (quiet === undefined || found === undefined) return undefined;
  const { falseWinners, smallestDifference } = quiet.same;
  return {
    cpu: host.cpu,
    day: startedAt.slice(0, 10),
    rounds: fullRounds,
    callsMs: { from: 1, to: 20 },
    halfWidth: smallestDifference,
    more,
    found: { share: found.share, of: found.of },
    falseWinners: { share: falseWinners.share, of: falseWinners.of },
  };
}

export function selfCheckText(seen: SelfCheck): Text {
  const { callsMs, found, falseWinners } = seen;
  const setting = text`${quote(seen, 'cpu')}, ${quote(seen, 'day')}, ${figure(seen, 'rounds', 'whole')} rounds, calls of ${figure(callsMs, 'from', 'whole')} to ${figure(callsMs, 'to', 'ms')}, loops on one thread`;
  return text`In the self-check of this tool (${setting}) the half-width of an interval was ${figure(seen, 'halfWidth', 'share')}: ${figure(seen, 'more', 'share')} more work was named slower in ${figure(found, 'share', 'share')} of ${figure(found, 'of', 'whole')} comparisons, and a winner between a strategy and itself in ${figure(falseWinners, 'share', 'share')} of ${figure(falseWinners, 'of', 'whole')}.`;
}

function read(file: URL): Figures | undefined {
  try {
    // Written by the tool itself and part of its package: a torn file is one that is not there.
    return JSON.parse(readFileSync(file, 'utf8')) as Figures;
  } catch {
    return undefined;
  }
}
