import { InputError } from '../contract/errors.js';
import type { DataHeader, HostRecord, Results, RunHeader } from '../results/format.js';
import { isSameInFile } from '../results/valid.js';
import type { ComparisonNote } from './types.js';

/** Two runs that must not be compared as asked: the message says why, and what can be done. Exit code 2. */
export class IncomparableError extends InputError {
  override readonly name = 'IncomparableError';
}

/** Ratios of what new memory costs: from here on it is another machine, whatever it is called, and worth a word. */
const otherMemory = 3;
const apartMemory = 1.5;

/** What a page of new memory costs on head over what it costs on base; undefined where a run did not look. */
function memoryRatio({ memory: base }: HostRecord, { memory: head }: HostRecord): number | undefined {
  return base === undefined || head === undefined ? undefined : head.againNs / base.againNs;
}

function memorySentence({ memory: base }: HostRecord, { memory: head }: HostRecord): string {
  const shown = (ns = Number.NaN) => `${Math.round(ns)} ns`;
  return `a page of new memory cost ${shown(base?.againNs)} on base and ${shown(head?.againNs)} on head, and strategies pay it for their answers`;
}

/** Where new memory costs so much more on one side that a part of a difference may be its. */
export function findMemoryNotes([before, after]: readonly [Results, Results]): ComparisonNote[] {
  const { host: base, scenario } = before.header;
  const { host: head } = after.header;
  const pages = memoryRatio(base, head);
  if (pages === undefined || base.memory === undefined || head.memory === undefined) return [];
  if (Math.max(pages, 1 / pages) < apartMemory) return [];
  const [baseNs, headNs] = [base.memory.againNs, head.memory.againNs];
  return [{ kind: 'other memory', scenario: scenario.id, baseNs, headNs }];
}

interface Condition {
  readonly of: (header: RunHeader) => unknown;
  /** Older files do not say: then there is nothing to hold against each other. Absent: all files say it. */
  readonly isKnown?: (header: RunHeader) => boolean;
  readonly says: (base: RunHeader, head: RunHeader) => string;
  /** Ratios within each file do not depend on it. */
  readonly cancels: boolean;
  /** What mends it, where it is not a matter of the same command or the same machine. */
  readonly todo?: (base: RunHeader, head: RunHeader) => string;
}

const hostFields = ['cpu', 'cores', 'usableCores', 'fingerprint'] as const;

/** What must be equal, and what to say where it is not; the most telling first. */
const conditions: readonly Condition[] = [
  {
    of: ({ scenario: { kernel, from, data } }) => [kernel.id, kernel.kind, from, data && sizeOf(data)],
    says: () => 'kernel, form or data of the scenario are not the same',
    cancels: false,
  },
  {
    of: ({ scenario: { data } }) => data?.sha256,
    isKnown: ({ scenario: { data } }) => data?.sha256 !== undefined,
    says: ({ scenario: { data } }) =>
      `${data?.name ?? 'the data file'} has as many keys and numbers on both sides, and they are not the same ones`,
    cancels: false,
    todo: () => 'Measure both with the same file and the same columns.',
  },
  {
    of: ({ cache }) => cache,
    says: (base) =>
      `warm calls of ${base.cache === 'warm' ? 'base' : 'head'} met the same data again and again, those of the other run fresh data`,
    cancels: false,
    todo: () => 'Measure both with --cache warm, or both without it.',
  },
  {
    of: ({ scenario: { kernel }, calibration }) => without(kernel.options, calibration?.options),
    says: (base, head) =>
      `the kernel's options are not the same: ${optionsText(base)} against ${optionsText(head)}`,
    cancels: false,
  },
  {
    of: ({ quick }) => quick,
    says: (base) => `one run is quick and the other is not (${base.quick ? 'base' : 'head'} is)`,
    cancels: false,
  },
  {
    of: ({ interleaved }) => interleaved !== undefined,
    says: (base) =>
      `${base.interleaved === undefined ? 'head' : 'base'} was measured inside a comparison, with shorter series, and the other by bench`,
    cancels: false,
  },
  {
    of: ({ interleaved }) => interleaved?.duet,
    says: (base) =>
      `one run was measured in duet and the other was not (${base.interleaved?.duet ? 'base' : 'head'} was)`,
    cancels: false,
  },
  {
    of: ({ host }) => hostFields.map((field) => host[field]),
    says: (base, head) => `they come from different machines: ${hostText(base.host, head.host)}`,
    cancels: true,
  },
  {
    of: ({ cpus }) => cpus,
    says: (base, head) => `${cpusText('base', base)}, ${cpusText('head', head)}`,
    cancels: true,
  },
  {
    of: ({ tools }) => tools,
    isKnown: ({ tools }) => tools !== undefined,
    says: (base, head) => `base ran ${toolsText(base)}, head ${toolsText(head)}`,
    cancels: true,
  },
  {
    of: ({ host }) => [host.node, host.v8],
    says: (base, head) => `base ran on Node ${base.host.node}, head on Node ${head.host.node}`,
    cancels: true,
  },
  {
    of: ({ code }) => [code?.nodeOptions, code?.nodeArgs],
    isKnown: ({ code }) => code !== undefined,
    says: (base, head) => `base ran with ${nodeText(base)}, head with ${nodeText(head)}`,
    cancels: true,
  },
  {
    of: ({ seed }) => seed,
    says: (base, head) => `their seeds differ (${base.seed} and ${head.seed}), and with them the data`,
    cancels: true,
  },
  {
    of: ({ calibration }) => calibration?.options,
    says: () => "the kernel's calibration differs, so that its work is not the same",
    cancels: true,
  },
];

/** Throws an IncomparableError where times of the two cannot be held against each other. */
export function checkComparable(base: Results, head: Results, acrossHosts: boolean): void {
  const pages = memoryRatio(base.header.host, head.header.host);
  if (!acrossHosts && pages !== undefined && Math.max(pages, 1 / pages) >= otherMemory)
    throw new IncomparableError(
      `the two runs of ${base.header.scenario.id} cannot be compared: ${memorySentence(base.header.host, head.header.host)}. Measure both in one job (\`breakeven compare --base REF\` does), or compare only the ratios within each file: --across-hosts.`,
    );
  for (const { of, isKnown, says, cancels, todo: mend } of conditions) {
    if (cancels && acrossHosts) continue;
    if (isKnown !== undefined && !(isKnown(base.header) && isKnown(head.header))) continue;
    if (isSameInFile(of(base.header), of(head.header))) continue;
    const todo = mend
      ? mend(base.header, head.header)
      : cancels
        ? 'Measure both on one machine (`breakeven compare --base REF` does), or compare only the ratios within each file: --across-hosts.'
        : 'Measure both with the same command.';
    throw new IncomparableError(
      `the two runs of ${base.header.scenario.id} cannot be compared: ${says(base.header, head.header)}. ${todo}`,
    );
  }
}

function hostText(base: HostRecord, head: HostRecord): string {
  const field = hostFields.find((each) => base[each] !== head[each]) ?? 'cpu';
  return field === 'fingerprint'
    ? 'their fingerprints differ (memory or operating system)'
    : `${field} is ${base[field]} and ${head[field]}`;
}

function cpusText(side: 'base' | 'head', { cpus }: RunHeader): string {
  return `${side} was ${cpus === undefined ? 'not kept to processors' : `kept to processors ${cpus}`}`;
}

function toolsText({ tools = {} }: RunHeader): string {
  return Object.values(tools).join(' and ') || 'no program';
}

/** All but its digest, which older files lack. */
function sizeOf({ sha256: _, ...size }: DataHeader): Omit<DataHeader, 'sha256'> {
  return size;
}

function nodeText({ code }: RunHeader): string {
  const { nodeOptions, nodeArgs = [] } = code ?? {};
  const parts = [
    ...(nodeOptions === undefined ? [] : [`NODE_OPTIONS="${nodeOptions}"`]),
    ...(nodeArgs.length === 0 ? [] : [`--node-arg ${nodeArgs.join(' ')}`]),
  ];
  return parts.join(' and ') || 'no NODE_OPTIONS and no --node-arg';
}

function optionsText({ scenario, calibration }: RunHeader): string {
  return JSON.stringify(without(scenario.kernel.options, calibration?.options));
}

function without(options: object, others: object = {}): object {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !(name in others)));
}
