import type { Analysis, CellState } from '../../analysis/types.js';
import type { Account, Point } from '../../contract/scenario.js';
import { formatPoint } from '../axes.js';
import { allCells } from '../headline.js';
import { listed, oneLine } from '../plain-text.js';
import { noted } from '../pointers/note.js';
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

interface Trouble {
  readonly strategy: string;
  readonly what: string;
  readonly reason: string;
  readonly accounts: Set<Account>;
  readonly points: Map<string, Point>;
}

/** Same strategy, same trouble, same reason: one line, with its accounts and points. */
function grouped(analysis: Analysis): Trouble[] {
  const troubles = new Map<string, Trouble>();
  for (const { account, points } of analysis.accounts) {
    for (const cell of points.flatMap(allCells)) {
      const told = tell(cell.state);
      if (told === undefined) continue;
      const key = JSON.stringify([cell.strategy, told.rank, told.reason]);
      const trouble = troubles.get(key) ?? {
        strategy: cell.strategy,
        ...told,
        accounts: new Set<Account>(),
        points: new Map<string, Point>(),
      };
      // The bound of a cell is known in one account only; it says more than the plain limit of the others.
      troubles.set(key, told.what.length > trouble.what.length ? { ...trouble, what: told.what } : trouble);
      trouble.accounts.add(account);
      trouble.points.set(JSON.stringify(cell.point), cell.point);
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

function tell(state: CellState): { rank: string; what: string; reason: string } | undefined {
  switch (state.kind) {
    case 'measured':
      return undefined;
    case 'failed':
      return {
        rank: state.how,
        what: state.how === 'wrong' ? 'answered wrongly, so it takes no part' : 'crashed',
        reason: state.reason,
      };
    case 'bound': {
      const over = state.overNs === undefined ? '' : `, over ${formatNs(state.overNs)}`;
      return { rank: 'bound', what: `hit its limit${over}`, reason: state.reason };
    }
    case 'not applicable':
      return { rank: 'not applicable', what: 'does not apply', reason: state.reason };
    case 'missing':
      return { rank: 'missing', what: 'was not reached', reason: 'the run ended before it was measured' };
  }
}

function line(analysis: Analysis, { strategy, what, reason, accounts, points }: Trouble): string {
  const all = analysis.accounts[0]?.points.length ?? 0;
  const everywhere = points.size === all;
  const named = [...points.values()].map((point) => formatPoint(point));
  const places = everywhere
    ? 'all points'
    : `${named.slice(0, 3).join('; ')}${named.length > 3 ? ` and ${noted(`${named.length - 3}`, { kind: 'these', of: [...points.values()].slice(3) })} more points` : ''}`;
  const where = accounts.size === analysis.accounts.length ? 'all accounts' : listed([...accounts]);
  return `\`${strategy}\` ${what} (${where}; ${places}): ${oneLine(reason)}`;
}
