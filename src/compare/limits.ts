import type { Account } from '../contract/scenario.js';
import type { Quantity } from './types.js';

/** From where on a change is red. Shares: 0.05 is 5 %. */
export interface Limits {
  readonly time: number;
  readonly cpu: number;
  readonly memory: number;
  /** A factor, like 1.5: a crossover that surely moved by more is red. Absent: moves are told, and never red. */
  readonly crossover?: number;
  /** Limits of time and CPU time for parts of what is compared; of those that apply the largest counts. */
  readonly scenarios: Readonly<Record<string, number>>;
  /** By label or id. */
  readonly strategies: Readonly<Record<string, number>>;
  readonly accounts: Readonly<Partial<Record<Account, number>>>;
}

/** CPU time and memory are less often what anybody waits for, and depend more on the machine. */
const looser = 2;

/** Without special cases: `time` for times, twice as much for CPU time and memory. */
export function plainLimits(time = 0.05): Limits {
  return {
    time,
    cpu: looser * time,
    memory: looser * time,
    scenarios: {},
    strategies: {},
    accounts: {},
  };
}

export function limitOf(
  limits: Limits,
  {
    quantity,
    scenario,
    strategy,
    account,
  }: {
    readonly quantity: Quantity;
    readonly scenario: string;
    readonly strategy: string;
    readonly account?: Account;
  },
): number {
  if (quantity === 'memory') return limits.memory;
  const named = [
    own(limits.scenarios, scenario),
    own(limits.strategies, strategy) ?? own(limits.strategies, withoutOptions(strategy)),
    account && limits.accounts[account],
  ].filter((limit) => limit !== undefined);
  const plain = quantity === 'cpu' ? limits.cpu : limits.time;
  if (named.length === 0) return plain;
  return quantity === 'cpu' ? Math.max(plain, ...named) : Math.max(...named);
}

/** Names come from outside: what every object has (`constructor`) is no limit of theirs. */
function own(limits: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(limits, name) ? limits[name] : undefined;
}

/** "worker-threads" of "worker-threads[workers=2]". */
export function withoutOptions(label: string): string {
  const at = label.indexOf('[');
  return at < 0 ? label : label.slice(0, at);
}
