import type { Analysis, CellState } from '../../analysis/types.js';
import { pointKey } from '../../contract/axes.js';
import type { Account, Point } from '../../contract/scenario.js';
import {
  code,
  type Hole,
  list,
  paragraph,
  quote,
  type Section,
  type Text,
  text,
} from '../../document/document.js';
import { count, figure } from '../../document/figure.js';
import { joinedBy, listed, pointText } from '../../document/words.js';
import { allCells } from '../lookup.js';
import { someRoundsText } from '../run-words.js';

/** Everything that has no figure, with the reason: failed, over a limit, not applicable, not reached. */
export function failuresSection(analysis: Analysis): Section {
  const troubles = groupTroubles(analysis);
  return {
    id: 'failures',
    title: ['What failed, hit a limit or did not apply'],
    blocks:
      troubles.length === 0
        ? [paragraph('Nothing: every strategy ran at every point, and every answer was checked and right.')]
        : list(troubles.map((trouble) => troubleText(analysis, trouble))),
  };
}

/** What became of a cell that has no figure. */
type Lost = Exclude<CellState, { readonly kind: 'measured' }>;

/** One strategy, one trouble, one reason: with all its accounts and points. */
interface Trouble {
  readonly strategy: string;
  readonly state: Lost;
  readonly accounts: Set<Account>;
  readonly points: Map<string, Point>;
}

/** The gravest first. */
const order: Readonly<Record<Lost['kind'], number>> = {
  failed: 0,
  bound: 1,
  missing: 2,
  'not applicable': 3,
};

/** Most points that are named one by one. */
const mostPoints = 3;

function groupTroubles(analysis: Analysis): Trouble[] {
  const troubles = new Map<string, Trouble>();
  for (const { account, points } of analysis.accounts) {
    for (const { strategy, state, point } of points.flatMap(allCells)) {
      if (state.kind === 'measured') continue;
      const key = JSON.stringify([strategy, state.kind, 'how' in state ? state.how : '', reasonOf(state)]);
      const same = troubles.get(key) ?? {
        strategy,
        state,
        accounts: new Set<Account>(),
        points: new Map<string, Point>(),
      };
      // The bound of a cell is known in one account only; it says more than the plain limit of the others.
      troubles.set(key, hasBound(state) && !hasBound(same.state) ? { ...same, state } : same);
      same.accounts.add(account);
      same.points.set(pointKey(point), point);
    }
  }
  return [...troubles.values()].sort((a, b) => order[a.state.kind] - order[b.state.kind]);
}

function hasBound(state: Lost): boolean {
  return state.kind === 'bound' && state.overNs !== undefined;
}

function reasonOf(state: Lost): unknown {
  return state.kind === 'missing' ? undefined : [state.reason, 'in' in state ? state.in : undefined];
}

function troubleText(analysis: Analysis, { strategy, state, accounts, points }: Trouble): Text {
  const where = accounts.size === analysis.accounts.length ? 'all accounts' : listed([...accounts]);
  return text`${code(strategy)} ${stateText(state)} (${where}; ${pointsText(analysis, [...points.values()])}): ${reasonText(state)}`;
}

function pointsText(analysis: Analysis, points: readonly Point[]): Text {
  if (points.length === (analysis.accounts[0]?.points.length ?? 0)) return ['all points'];
  const named = joinedBy(
    points.slice(0, mostPoints).map((point) => pointText(point)),
    '; ',
  );
  const more =
    points.length > mostPoints ? text` and ${count(points.slice(mostPoints))} more points` : undefined;
  return text`${named}${more}`;
}

function stateText(state: Lost): Text {
  switch (state.kind) {
    case 'failed':
      return [state.how === 'wrong' ? 'answered wrongly, so it takes no part' : 'crashed'];
    case 'bound':
      return state.overNs === undefined
        ? ['hit its limit']
        : text`hit its limit, over ${figure(state, 'overNs', 'ns')}`;
    case 'not applicable':
      return ['does not apply'];
    case 'missing':
      return ['was not reached'];
  }
}

function reasonText(state: Lost): Hole {
  if (state.kind === 'missing') return 'the run ended before it was measured';
  return text`${quote(state, 'reason')}${'in' in state ? someRoundsText(state) : undefined}`;
}
