import { seededRandom, shuffled } from '../../src/results/random.js';
import type { Draw, Fault, Kind } from './fault.js';
import { changedFolders } from './kinds/changed-folders.js';
import { damagedResults } from './kinds/damaged-results.js';
import { foreignFiles } from './kinds/foreign-files.js';
import { fullDisks } from './kinds/full-disks.js';
import { gitFaults } from './kinds/git-faults.js';
import { hostileNames } from './kinds/hostile-names.js';
import { killedChildren } from './kinds/killed-children.js';
import { limits } from './kinds/limits.js';
import { locks } from './kinds/locks.js';
import { oddFiles } from './kinds/odd-files.js';
import { pauses } from './kinds/pauses.js';
import { plugIns } from './kinds/plug-ins.js';
import { signals } from './kinds/signals.js';
import { temporaryFolders } from './kinds/temporary-folders.js';
import { wrongInput } from './kinds/wrong-input.js';

export const kinds: readonly Kind[] = [
  signals,
  killedChildren,
  pauses,
  fullDisks,
  changedFolders,
  temporaryFolders,
  locks,
  damagedResults,
  oddFiles,
  plugIns,
  limits,
  gitFaults,
  wrongInput,
  hostileNames,
  foreignFiles,
];

/** Seeds of one run: its own, and behind it the number of the fault. One of them repeats one fault alone. */
const perRun = 100_000;

export function seedOf(run: number, index: number): number {
  return run * perRun + index;
}

export interface DrawnFault {
  readonly seed: number;
  readonly kind: Kind;
  readonly fault: Fault;
  /** For choices that are made while the fault is looked at. */
  readonly draw: Draw;
}

/** The fault of a seed: always the same one. */
export function drawFault(seed: number): DrawnFault {
  const run = Math.floor(seed / perRun);
  const order = kindsInOrder(run);
  const kind = order[(seed % perRun) % order.length];
  const draw = seededDraw(seed);
  return { seed, kind, fault: kind.draw(draw), draw };
}

/** A hundred places, each kind as often as it weighs: any hundred faults in a row hold all kinds. */
function kindsInOrder(run: number): Kind[] {
  const places = kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
  return shuffled(places, seededRandom(run));
}

export function seededDraw(seed: number): Draw {
  const { uniform } = seededRandom(seed);
  const integer = (low: number, high: number) => low + Math.floor(uniform() * (high - low + 1));
  return {
    share: uniform,
    integer,
    pick: (items) => items[integer(0, items.length - 1)],
    chance: (share) => uniform() < share,
  };
}
