import { busyMachine, stolenTime, unfitIds } from '../analysis/findings/machine-state.js';
import { median } from '../analysis/round-logs.js';
import type { Table } from '../analysis/table.js';
import type { Finding } from '../analysis/types.js';
import { differenceOf } from './difference.js';
import type { Limits } from './limits.js';
import type { Question } from './questions.js';
import type { Twin } from './twin.js';
import type { MachineChange, Pairing, Shift, Unfit } from './types.js';

/** With fewer strategies nobody can tell the machine's part from theirs. */
const leastStrategies = 3;
/** The same piece of work: up to this the machine was the same, from that on surely another. */
const spin = { same: Math.log(1.03), other: Math.log(1.15) };

/**
 * Was it the machine? What a machine does, it does to all strategies; what a change does, to one or a few. Between
 * interleaved runs the machine cannot differ, and ratios to for-loop do not know it.
 *
 * Where everything became slower and a fixed piece of work between the cells says that the machine did not, with nobody
 * else on it, it is the code that all strategies share (the kernel), and nothing is taken out. Without such a record the machine is believed
 * to be at fault: a gate that cries wolf is switched off.
 */
export function machineChange(
  twins: readonly Twin[],
  strategies: readonly Question[],
  pairing: Pairing,
  limits: Limits,
): MachineChange {
  const loads = findLoads(twins);
  const busy = findBusy(loads);
  if (pairing !== 'separate') return { takenOut: false, ...(busy === undefined ? {} : { unfit: busy }) };
  const commonLog = commonOf(strategies);
  const spinLog = spinOf(twins);
  const known = {
    ...(commonLog === undefined ? {} : { common: Math.exp(commonLog) }),
    ...(spinLog === undefined ? {} : { spin: Math.exp(spinLog) }),
  };
  if (busy !== undefined) return { ...known, takenOut: false, unfit: busy };
  const sameMachine = spinLog !== undefined && Math.abs(spinLog) <= spin.same && loads.length === 0;
  if (commonLog !== undefined && !sameMachine && Math.abs(commonLog) > Math.log1p(limits.time))
    return { ...known, takenOut: false, unfit: { kind: 'all strategies', ...describeShift(commonLog) } };
  if (spinLog !== undefined && Math.abs(spinLog) > spin.other)
    return { ...known, takenOut: false, unfit: { kind: 'fixed work', ...describeShift(spinLog) } };
  return { ...known, takenOut: commonLog !== undefined && !sameMachine };
}

/**
 * The median over strategies of their mean log ratio, where they moved the same way by half of it at least; of four or
 * more one may have gone its own way.
 */
function commonOf(questions: readonly Question[]): number | undefined {
  const shifts = new Map<string, number[]>();
  for (const { scenario, strategy, base, head } of questions) {
    const { log } = differenceOf(base, head, 'separate');
    const key = `${scenario} ${strategy}`;
    if (Number.isFinite(log)) shifts.set(key, [...(shifts.get(key) ?? []), log]);
  }
  const means = [...shifts.values()].map(median);
  if (means.length < leastStrategies) return undefined;
  const common = median(means);
  const along = means.filter((one) => one * Math.sign(common) >= Math.abs(common) / 2).length;
  return along >= means.length - Math.floor(means.length / 4) ? common : undefined;
}

function spinOf(twins: readonly Twin[]): number | undefined {
  const of = (side: 'base' | 'head') =>
    median(twins.flatMap((twin) => twin[side].records.flatMap(({ machine }) => machine?.spinNs ?? [])));
  const log = Math.log(of('head') / of('base'));
  return Number.isFinite(log) ? log : undefined;
}

/** A doubt about the machine, and the run that it is about. */
interface Load {
  readonly finding: Finding;
  readonly header: Table['header'];
}

/** What the doubts of a single run say of other programs and of the hypervisor. */
function findLoads(twins: readonly Twin[]): Load[] {
  const tables: readonly Table[] = twins.flatMap(({ base, head }) => [base, head]);
  return tables.flatMap((table) =>
    [busyMachine, stolenTime].flatMap((doubt) =>
      doubt({ table, accounts: [], interrupted: false }).map((finding) => ({
        finding,
        header: table.header,
      })),
    ),
  );
}

/** Only what stops a verdict there stops a comparison. */
function findBusy(loads: readonly Load[]): Unfit | undefined {
  const found = loads.find(({ finding }) => finding.severity === 'blocker' && unfitIds.includes(finding.id));
  if (found === undefined) return undefined;
  const { finding, header } = found;
  const { usableCores } = header.host;
  if (finding.id === 'busy-machine') return { kind: 'busy', facts: finding.facts, host: { usableCores } };
  return finding.id === 'stolen-time' ? { kind: 'stolen', facts: finding.facts } : undefined;
}

/** A shift of times on head, as a factor from 1 on and which way it goes. */
function describeShift(log: number): Shift {
  return { factor: Math.exp(Math.abs(log)), longer: log > 0 };
}
