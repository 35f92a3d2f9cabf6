import { InputError } from '../contract/errors.js';
import type { CodeRecord, HostRecord, RunHeader } from '../results/format.js';
import { isSameInFile } from '../results/valid.js';

/*
 * A run goes on only where it could have been one run: with the same tool, on the same machine, with the same plan.
 * Half of a run measured elsewhere would be worse than none.
 */

const anew = 'Nothing was written. Start a new run; `breakeven report` still reads this one.';

/** Before anything is planned: `tool` is this version, `path` the results file. */
export function checkSameTool(header: RunHeader, tool: string, path: string): void {
  if (header.tool === tool) return;
  throw new InputError(
    `${path} was made by breakeven ${header.tool}, and this is ${tool}: a run cannot go on with another version. ${anew}`,
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
  {
    of: ({ cache }) => cache,
    says: 'its calls met fresh data and would now meet the same data again and again, or the other way round (--cache)',
  },
  { of: ({ cpus }) => cpus, says: 'its cells were kept to other processors (--cpus)' },
  { of: ({ tools }) => tools, says: 'a program that takes part has another version by now (--python)' },
  { of: ({ scenario }) => scenario, says: 'the scenario is not what it was' },
  { of: ({ strategies }) => strategies, says: 'the strategies are not those that took part' },
  { of: ({ cells }) => cells.map(withoutEstimate), says: 'the cells are not those of the run' },
  {
    of: ({ rounds, seed, quick, margin, limitMs, budgetMs, until }) => [
      rounds,
      seed,
      quick,
      margin,
      limitMs,
      budgetMs,
      until,
    ],
    says: 'rounds, seed, margin, limit or budget are not what they were',
  },
];

/** Compares what was planned then with what the same command line leads to now, and the code that it would measure. */
export function checkSamePlan(before: RunHeader, now: RunHeader, note: (line: string) => void): void {
  checkSameCode(before.code, now.code, note);
  for (const { of, says } of parts) {
    if (!isSameInFile(of(before), of(now))) throw new InputError(`the run cannot go on: ${says}. ${anew}`);
  }
}

/** First of all: a plan that differs does so because of a file, which is what the user can do something about. */
function checkSameCode(
  before: CodeRecord | undefined,
  now: CodeRecord | undefined,
  note: (line: string) => void,
): void {
  if (before === undefined || now === undefined) {
    if (before !== now)
      note(
        'This run does not say which code it measured: it is older than such a record. That the plug-ins are still the same is taken on trust.',
      );
    return;
  }
  const change = changeOfFiles(before, now) ?? changeOfNode(before, now);
  if (change !== undefined) throw new InputError(`the run cannot go on: ${change}. ${anew}`);
}

function changeOfFiles(before: CodeRecord, now: CodeRecord): string | undefined {
  const digests = new Map(now.files.map(({ file, sha256 }) => [file, sha256]));
  const changed = before.files.find(({ file, sha256 }) => digests.has(file) && digests.get(file) !== sha256);
  if (changed !== undefined) return `${changed.file} is not what it was when this run began`;
  const gone = before.files.find(({ file }) => !digests.has(file));
  if (gone !== undefined) return `${gone.file} was part of the code when this run began, and is not now`;
  const names = new Set(before.files.map(({ file }) => file));
  const added = now.files.find(({ file }) => !names.has(file));
  if (added !== undefined) return `${added.file} was not part of the code when this run began, and is now`;
  if (before.tool !== now.tool)
    return 'breakeven itself is not what it was when this run began: it was built anew, or a file of it was changed';
  return undefined;
}

function changeOfNode(before: CodeRecord, now: CodeRecord): string | undefined {
  if (before.nodeOptions !== now.nodeOptions)
    return `NODE_OPTIONS was ${quoted(before.nodeOptions)} when this run began, and is ${quoted(now.nodeOptions)} now`;
  const [were, are] = [before, now].map(({ nodeArgs = [] }) => nodeArgs.join(' '));
  return were === are
    ? undefined
    : `the arguments of Node (--node-arg) were ${quoted(were)} when this run began, and are ${quoted(are)} now`;
}

function quoted(text = ''): string {
  return text === '' ? 'empty' : `"${text}"`;
}

/** Memory is estimated, and a better estimate makes no other cell. */
function withoutEstimate({ estimatedBytes, ...cell }: RunHeader['cells'][number]) {
  return cell;
}
