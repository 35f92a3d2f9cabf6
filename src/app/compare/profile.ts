import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Checkout } from '../../checkout/checkouts.js';
import {
  type FunctionTime,
  findGrownFunctions,
  findWorstCell,
  type ProfileReport,
  sumTimes,
} from '../../compare/profile.js';
import type { Comparison } from '../../compare/types.js';
import { pointKey } from '../../contract/axes.js';
import { makeFolder } from '../../files/make-folder.js';
import { replaceFile } from '../../files/write-file.js';
import { type Both, type SideName, sideNames, splitCell, twinPlan } from '../../measure/interleaved/plan.js';
import type { Plan } from '../../measure/plan.js';
import { type CellProfile, profileCell } from '../../measure/profile/profile.js';
import type { CpuProfile, SelfTime } from '../../measure/profile/self-times.js';
import { packageHref } from '../../plugins/module.js';
import type { Caller } from '../caller.js';
import { selvesOf } from './sides.js';

export interface ProfileJob {
  readonly plans: readonly Both<Plan>[];
  readonly sides: Both<Checkout>;
  /** Of the comparison: what was seen is kept in `profiles/`. */
  readonly folder: string;
  /** For files on the way. */
  readonly temporary: string;
  readonly caller: Caller;
}

/** Processes of each side, in turns: what the machine does meanwhile hits both. One-shot works once in each. */
const turns = { warm: 2, resident: 2, 'one-shot': 10 } as const;

/** After the rounds, so that it disturbs no time: both sides of the cell that is slower by most, under Node's profiler. */
export async function profileWorst(comparison: Comparison, job: ProfileJob): Promise<ProfileReport> {
  const cell = findWorstCell(comparison);
  if (cell === undefined) return { kind: 'nothing slower' };
  job.caller.note(`Profiling ${cell.strategy} (${cell.account}) on both sides …`);
  const orders = ordersOf(cell, job);
  const seen: Record<SideName, Extract<CellProfile, { kind: 'profiled' }>[]> = { base: [], head: [] };
  for (let turn = 0; turn < turns[cell.account]; turn++) {
    for (const side of turn % 2 === 0 ? sideNames : sideNames.toReversed()) {
      const folder = join(job.temporary, `profile-${side}-${turn}`);
      const profile = await profileCell(orders[side], cell.account, folder, job.caller.signal);
      if (profile.kind === 'failed') return { ...cell, kind: 'failed', side, message: profile.message };
      seen[side].push(profile);
    }
  }
  keepProfiles(seen, job);
  const [base, head] = sideNames.map((side) => sumUp(seen[side], job.sides[side]));
  return {
    ...cell,
    kind: 'profiled',
    base: { calls: base.calls, ns: sumTimes(base.functions) },
    head: { calls: head.calls, ns: sumTimes(head.functions) },
    ...findGrownFunctions(base.functions, head.functions),
  };
}

function ordersOf(
  cell: Extract<ReturnType<typeof findWorstCell>, object>,
  { plans, sides }: ProfileJob,
): Both<ReturnType<Plan['order']>> {
  const both = plans.find(({ head }) => head.header.scenario.id === cell.scenario);
  if (both === undefined) throw new Error(`no plan of scenario ${cell.scenario}`);
  const { plan } = twinPlan(both, '', selvesOf(sides));
  const orderOf = (side: SideName) => {
    const found = plan.runnable.find(
      ({ id, strategy, point }) =>
        splitCell(id).side === side && strategy === cell.strategy && pointKey(point) === pointKey(cell.point),
    );
    if (found === undefined) throw new Error(`no cell of ${cell.strategy} on ${side}`);
    return plan.order(found.id);
  };
  return { base: orderOf('base'), head: orderOf('head') };
}

function sumUp(
  profiles: readonly Extract<CellProfile, { kind: 'profiled' }>[],
  side: Checkout,
): { readonly calls: number; readonly functions: FunctionTime[] } {
  const calls = profiles.reduce((sum, profile) => sum + profile.calls, 0);
  const all = profiles.flatMap(({ selfTimes }) => selfTimes);
  const functions = all.map(({ url, name, line, ns, samples }: SelfTime) => ({
    name,
    file: fileOf(url, side),
    line,
    ns: ns / calls,
    samples,
  }));
  return { calls, functions };
}

/** From the top of the checkout, or of this tool; never a folder of the machine. */
function fileOf(url: string, { root }: Checkout): string {
  if (!url.startsWith('file:')) return url;
  const path = fileURLToPath(url);
  if (path.startsWith(`${root}/`)) return path.slice(root.length + 1);
  if (url.startsWith(packageHref)) return `breakeven/${url.slice(packageHref.length)}`;
  return path.slice(path.lastIndexOf('/') + 1);
}

function keepProfiles(
  seen: Readonly<Record<SideName, readonly Extract<CellProfile, { kind: 'profiled' }>[]>>,
  { folder, sides }: ProfileJob,
): void {
  const kept = join(folder, 'profiles');
  makeFolder(kept);
  for (const side of sideNames) {
    // Of one process each is enough to look at.
    const [{ profiles }] = seen[side];
    for (const [thread, profile] of profiles.entries())
      replaceFile(
        join(kept, `${side}-${thread}.cpuprofile`),
        JSON.stringify(withoutFolders(profile, sides[side])),
      );
  }
}

function withoutFolders(profile: CpuProfile, side: Checkout): CpuProfile {
  return {
    ...profile,
    nodes: profile.nodes.map((node) => ({
      ...node,
      callFrame: { ...node.callFrame, url: fileOf(node.callFrame.url, side) },
    })),
  };
}
