import { isDeepStrictEqual } from 'node:util';
import { InputError } from '../contract/errors.js';
import type { HostRecord, RunHeader } from '../results/format.js';
import { toolVersion } from './version.js';

/*
 * A run goes on only where it could have been one run: with the same tool, on the same machine, with the same plan.
 * Half of a run measured elsewhere would be worse than none.
 */

const anew = 'Nothing was written. Start a new run; `breakeven report` still reads this one.';

export function checkSameTool(header: RunHeader, path: string): void {
  if (header.tool !== toolVersion())
    throw new InputError(
      `${path} was made by breakeven ${header.tool}, and this is ${toolVersion()}: a run cannot go on with another version. ${anew}`,
    );
}

export function checkSameHost({ host }: RunHeader, here: HostRecord): void {
  const different = (['fingerprint', 'cpu', 'cores', 'usableCores', 'node', 'v8'] as const).find(
    (field) => host[field] !== here[field],
  );
  if (different === undefined) return;
  throw new InputError(
    different === 'node' || different === 'v8'
      ? `the run was made with Node ${host.node}, and this is Node ${here.node}: go on with the same one. ${anew}`
      : `the run was made on another machine, or this one has changed: ${different} was ${host[different]} and is ` +
          `${here[different]}. ${anew}`,
  );
}

/** What must be equal, and what to say where it is not. */
const parts: readonly { readonly of: (header: RunHeader) => unknown; readonly says: string }[] = [
  {
    of: ({ calibration }) => calibration?.options,
    says: "the kernel's calibration for this machine is another one by now, so that its work is not the same",
  },
  { of: ({ scenario }) => scenario.data, says: 'the data file is not what it was' },
  { of: ({ scenario }) => scenario.kernel, says: 'the kernel is not what it was (kind, title or options)' },
  { of: ({ scenario }) => scenario, says: 'the scenario is not what it was' },
  { of: ({ strategies }) => strategies, says: 'the strategies are not those that took part' },
  { of: ({ cells }) => cells.map(withoutEstimate), says: 'the cells are not those of the run' },
  {
    of: ({ rounds, seed, quick, margin, limitMs, budgetMs }) => [
      rounds,
      seed,
      quick,
      margin,
      limitMs,
      budgetMs,
    ],
    says: 'rounds, seed, margin, limit or budget are not what they were',
  },
];

/** Compares what was planned then with what the same command line leads to now. */
export function checkSamePlan(before: RunHeader, now: RunHeader): void {
  for (const { of, says } of parts) {
    // The file knows no undefined fields: both go the same way through JSON.
    if (!isDeepStrictEqual(plain(of(before)), plain(of(now))))
      throw new InputError(`the run cannot go on: ${says}. ${anew}`);
  }
}

/** Memory is estimated, and a better estimate makes no other cell. */
function withoutEstimate({ estimatedBytes, ...cell }: RunHeader['cells'][number]) {
  return cell;
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
