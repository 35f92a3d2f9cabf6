import type { Analysis, CellState } from '../../analysis/types.js';
import type { Account, Point } from '../../contract/scenario.js';
import { formatPoint } from '../axes.js';
import { allCells } from '../headline.js';
import { lineOf, listed } from '../plain-text.js';
import { noted, told } from '../pointers/note.js';
import { formatNs } from '../units.js';

/** Everything that has no figure, with the reason: failed, over a limit, not applicable, not reached. */
export function failuresSection(analysis: Analysis): string {
  const troubles = grouped(analysis);
  return [
    '## What failed, hit a limit or did not apply',
    troubles.length === 0
      ? 'Nothing: every strategy ran at every point, and every answer was checked and right.'
      : troubles.map((trouble) => `- ${line(analysis, trouble)}`).join('\n'),
  ].join('\n\n');
}

/** What has a reason: the state of the first cell that tells it. */
interface Because {
  readonly reason: string;
}

interface Trouble {
  readonly strategy: string;
  readonly what: string;
  readonly because: Because;
  readonly accounts: Set<Account>;
  readonly points: Map<string, Point>;
}

/** Same strategy, same trouble, same reason: one line, with its accounts and points. */
function grouped(analysis: Analysis): Trouble[] {
  const troubles = new Map<string, Trouble>();
  for (const { account, points } of analysis.accounts) {
    for (const cell of points.flatMap(allCells)) {
      const trouble = tell(cell.state);
      if (trouble === undefined) continue;
      const key = JSON.stringify([cell.strategy, trouble.rank, trouble.because.reason]);
      const known = troubles.get(key) ?? {
        strategy: cell.strategy,
        ...trouble,
        accounts: new Set<Account>(),
        points: new Map<string, Point>(),
      };
      // The bound of a cell is known in one account only; it says more than the plain limit of the others.
      troubles.set(key, trouble.what.length > known.what.length ? { ...known, what: trouble.what } : known);
      known.accounts.add(account);
      known.points.set(JSON.stringify(cell.point), cell.point);
    }
  }
  const ranks = ['failed', 'bound', 'missing', 'not applicable'];
  const rankOf = ({ what }: Trouble) =>
    ranks.findIndex((rank) => tellings[rank]?.some((start) => what.startsWith(start)));
  return [...troubles.values()].sort((a, b) => rankOf(a) - rankOf(b));
}

const tellings: Readonly<Record<string, readonly string[]>> = {
  failed: ['answered wrongly', 'crashed'],
  bound: ['hit its limit'],
  missing: ['was not reached'],
  'not applicable': ['does not apply'],
};

const notReached: Because = { reason: 'the run ended before it was measured' };

function tell(state: CellState): { rank: string; what: string; because: Because } | undefined {
  switch (state.kind) {
    case 'measured':
      return undefined;
    case 'failed':
      return {
        rank: state.how,
        what: state.how === 'wrong' ? 'answered wrongly, so it takes no part' : 'crashed',
        because: state,
      };
    case 'bound': {
      const over = state.overNs === undefined ? '' : `, over ${told(state, 'overNs', formatNs)}`;
      return { rank: 'bound', what: `hit its limit${over}`, because: state };
    }
    case 'not applicable':
      return { rank: 'not applicable', what: 'does not apply', because: state };
    case 'missing':
      return { rank: 'missing', what: 'was not reached', because: notReached };
  }
}

function line(analysis: Analysis, { strategy, what, because, accounts, points }: Trouble): string {
  const all = analysis.accounts[0]?.points.length ?? 0;
  const everywhere = points.size === all;
  const named = [...points.values()].map((point) => formatPoint(point));
  const places = everywhere
    ? 'all points'
    : `${named.slice(0, 3).join('; ')}${named.length > 3 ? ` and ${noted(`${named.length - 3}`, { kind: 'these', from: [...points.values()].slice(3) })} more points` : ''}`;
  const where = accounts.size === analysis.accounts.length ? 'all accounts' : listed([...accounts]);
  return `\`${strategy}\` ${what} (${where}; ${places}): ${lineOf(because, 'reason')}`;
}
