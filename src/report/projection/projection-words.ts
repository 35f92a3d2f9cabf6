import type { Profile } from '../../choose/choose.js';
import type { Limit } from '../../model/projection/limits.js';
import { piecesHeld } from '../../model/projection/limits.js';
import type { Projected, Projection } from '../../model/projection/projection.js';
import { counted, listed, table } from '../plain-text.js';
import { formatBytes, formatCount, formatNs } from '../units.js';
import { formatDuration } from './duration.js';

/** A projection as Markdown: the answer, what cannot run, what each strategy would take, how to cut it, and where it ends. */
export function projectionWords(projection: Projection, profile: Profile): string {
  const { keys, length } = projection.question;
  return `${[
    `# ${formatCount(keys)} keys × ${formatCount(length)} numbers (${formatBytes(projection.fileBytes)}): a projection`,
    answer(projection, profile),
    '## What cannot run in one piece',
    limitsText(projection, profile),
    '## Each strategy, piece after piece',
    strategiesText(projection),
    '## How to cut it',
    shardText(projection),
    '## Where one machine is the wrong tool',
    wrongTool(projection),
    '## What this rests on',
    basis(projection, profile),
  ].join('\n\n')}\n`;
}

function answer({ byReference, strategies, question, shards }: Projection, { from }: Profile): string {
  const [best] = strategies;
  const sent = `Through one main thread, piece after piece, the fastest of the measured ways is ${best.strategy}: ${formatDuration(best.ns)}${formulaNote(best)}, reading not included.`;
  if (byReference === undefined) return sent;
  const { readNs, byCores, strategy } = byReference;
  const packed = from === 'columns' || packing.includes(strategy) ? ' on the packed numbers' : '';
  // More cores than reading can feed are no answer.
  const most = byCores.find(({ computeNs }) => computeNs <= readNs) ?? byCores[byCores.length - 1];
  const reading =
    readNs >= most.computeNs
      ? `reading takes ${formatDuration(readNs)}, computing ${formatDuration(most.computeNs)}: storage is the limit, not cores`
      : `computing takes ${formatDuration(most.computeNs)}, reading ${formatDuration(readNs)}`;
  const cut =
    shards === 1
      ? 'Let every process read its own keys'
      : `Cut it into ${formatCount(shards)} shards and let every process read its own`;
  return `${cut}, with ${strategy}${packed}: ${formatDuration(most.ns)} on ${counted(most.cores, 'core')}${formulaNote(byReference)}; ${reading} (storage assumed at ${rate(question.storageBytesPerNs)}; answers that are as large, and kept, take as long again to write). ${sent}`;
}

/** Of the single threads that ship: they compute on packed numbers though the data starts as lists. */
const packing: readonly string[] = ['typed-array', 'wasm-simd'];

/** What ranks first without a formula says so where it is named. */
function formulaNote({ basis }: Pick<Projected, 'basis'>): string {
  return basis === 'formula' ? '' : ' (no formula fits it: drawn out from its measured points)';
}

function limitsText({ limits, question }: Projection, { from }: Profile): string {
  if (limits.length === 0)
    return 'Nothing: it fits into the memory that was named, with its answers beside it.';
  return limits.map((limit) => `- ${limitWords(limit, from, question.memoryBytes)}`).join('\n');
}

function limitWords(limit: Limit, from: string, memoryBytes: number): string {
  switch (limit.kind) {
    case 'memory':
      return `Every strategy: as ${from} it takes ${formatBytes(limit.bytes / piecesHeld)}, and its answers as much again; the memory that was named has ${formatBytes(memoryBytes)}.`;
    case 'heap':
      return `for-loop, async-tasks and pools that are sent lists: lists live in V8's heap, ${formatBytes(limit.bytes)} of them; its default ends at about 4 GiB (--max-old-space-size moves it, up to the memory).`;
    case 'map':
      return `Every strategy: a Map holds ${formatCount(limit.most)} keys at most.`;
    case 'list':
      return `Every strategy: an array holds ${formatCount(limit.most)} numbers at most.`;
    case 'offsets':
      return `Packed columns: their offsets are 32-bit and end at ${formatCount(limit.most)} numbers.`;
    case 'wasm':
      return `wasm-simd and wasm-simd-threads: a WebAssembly memory ends at ${formatBytes(limit.bytes)}; they stream through a window.`;
  }
}

function strategiesText({ strategies, question, measured, roof }: Projection): string {
  const cores = question.cores;
  const rows = strategies.map((one) => [
    one.strategy,
    formatDuration(one.ns),
    one.movingNs === undefined ? 'not known' : formatDuration(one.movingNs),
    one.cpuNs === undefined ? 'not known' : formatDuration(one.cpuNs),
    ...one.byCores.map(({ lowNs, highNs }) => rangeText(lowNs, highNs)),
  ]);
  const head = [
    'strategy',
    `as measured (${counted(measured.workers, 'worker')})`,
    'of it besides computing in place',
    'processor time',
    ...cores.map((count) => counted(count, 'core')),
  ];
  return [
    table(head, rows),
    `For other counts of cores than the measured one a pool has two bounds. The longer one: more cores help nothing. The shorter one: assumed is perfect scaling of the parallel share (computing in place, or the processor time beyond the time itself, whichever is more), ${roof.from === 'unknown' ? 'without any roof' : 'under the roof of the measured memory'}. A single thread takes the same from one core on. Besides computing in place there is fresh memory for the answers, packing, sending: on the main thread, and in a pool on its workers, too.`,
    ...serialisingText(strategies),
  ].join('\n\n');
}

function rangeText(lowNs: number, highNs: number): string {
  const [low, high] = [formatDuration(lowNs), formatDuration(highNs)];
  return low === high ? high : `${low} to ${high}`;
}

const hourNs = 3_600e9;

function serialisingText(strategies: readonly Projected[]): string[] {
  const slow = strategies.filter(({ parallel, movingNs = 0 }) => parallel && movingNs > hourNs);
  if (slow.length === 0) return [];
  return [
    `Hours besides computing in place, on main thread and workers: ${listed(slow.map(({ strategy, movingNs = 0 }) => `${strategy} spends ${formatDuration(movingNs)}`))} on getting lists to where they are computed, and answers back.`,
  ];
}

function shardText({ shards, shardKeys, atOnce, question, byReference, fileBytes }: Projection): string {
  const { keys } = question;
  const perShard = fileBytes / shards;
  const lines = [
    shards === 1
      ? 'One piece is enough for memory; cut it by keys all the same where several processes are to share it.'
      : `${formatCount(shards)} shards of ${formatCount(Math.min(shardKeys, keys))} keys (${formatBytes(perShard)} of numbers each): ${processesText(atOnce)}, with its answers, in a quarter of the memory, and the next can be read meanwhile.`,
    'Send ids, not data: a message holds the number of a shard; each process opens the file itself, reads its own range of keys, computes in place, and writes its answers to a file of its own. Data goes by reference. Writing answers of the same size takes as long again as reading.',
  ];
  if (byReference === undefined)
    return [...lines, 'How long that takes cannot be told: the profile has no resident account.'].join(
      '\n\n',
    );
  const rows = byReference.byCores.map(({ cores, computeNs, ns }) => [
    formatCount(cores),
    formatDuration(byReference.readNs),
    formatDuration(computeNs),
    formatDuration(ns),
    byReference.readNs >= computeNs ? 'reading' : 'computing',
  ]);
  return [
    ...lines,
    table(
      ['cores', 'reading', `computing (${byReference.strategy} on each)`, 'both at once', 'the limit'],
      rows,
    ),
  ].join('\n\n');
}

function processesText(atOnce: number): string {
  return atOnce === 1 ? 'one process holds one' : `up to ${formatCount(atOnce)} processes hold one each`;
}

function wrongTool({ hourOfReading, question, byReference, limits }: Projection): string {
  const { length, storageBytesPerNs } = question;
  const keys = Math.max(1, Math.round(hourOfReading / length));
  const held = limits.some(({ kind }) => kind === 'memory')
    ? 'Here the data does not fit into memory, so that it is read anew for every pass. '
    : '';
  const from = `From ${formatCount(Number(keys.toPrecision(2)))} keys of this length on (${formatBytes(8 * hourOfReading)}) reading alone takes more than an hour at ${rate(storageBytesPerNs)}`;
  if (byReference === undefined) return `${held}${from}: more machines read side by side, more cores do not.`;
  const enough = byReference.byCores.find(({ computeNs }) => computeNs <= byReference.readNs);
  const cores =
    enough === undefined
      ? `Here computing is the limit up to ${counted(question.cores[question.cores.length - 1], 'core')}: more cores of one machine still help.`
      : `From ${counted(enough.cores, 'core')} on reading is the limit: a larger machine is the wrong tool then, and several machines, each with its own part of the data on its own storage, are the right one.`;
  return `${held}${from}. ${cores}`;
}

function basis({ measured, strategies, question, roof, caveats }: Projection, profile: Profile): string {
  const elements = question.keys * question.length;
  const far = elements / measured.elements;
  const without = strategies.filter((one) => one.basis === 'interpolation').map((one) => one.strategy);
  return [
    `- Machine: ${profile.host.cpu}, ${profile.host.usableCores} usable cores, Node ${profile.host.node}, measured ${profile.createdAt.slice(0, 10)}; kernel ${profile.kernel.id}, from ${profile.from}, warm account.`,
    `- The largest dictionary that was measured holds ${formatCount(measured.elements)} numbers: this is ${far > 1.05 ? `${formatCount(Number(far.toPrecision(2)))} times as much, a projection and no measurement` : 'within what was measured'}. \`npm run model-check -- projection\` measures how far one may be off: on 1:10,000 by 18 % at most in one run; in another one, while fresh memory changed its price, what packs took up to 2.2 times as long as projected.`,
    ...caveats.map((caveat) => `- Note: ${caveat}.`),
    ...(without.length === 0
      ? []
      : [`- No formula fits ${listed(without)}: projected along the line through the two largest points.`]),
    ...roofText(roof),
    `- Storage is assumed to deliver ${rate(question.storageBytesPerNs)} (\`--storage\`); nothing was read. A core hour costs what it costs you: multiply it with "processor time".`,
    `- Going over one number takes ${formatNs(profile.leastNsPerNumber, 2)} at the very least on this machine.`,
  ].join('\n');
}

function roofText({ nsPerNumber, from }: Projection['roof']): string[] {
  if (from === 'unknown')
    return [
      '- The bandwidth of the memory is not known, and so no roof: more cores than it can feed are promised too much. `breakeven calibrate` without a run measures it, `--bandwidth RUN` names one.',
    ];
  const measured =
    from === 'run' ? 'the run that was named with `--bandwidth`' : 'the profile (`breakeven calibrate`)';
  return [
    `- The roof of the memory is ${formatNs(nsPerNumber, 2)} per number and its answer, however many cores there are: its bandwidth, from ${measured}.`,
  ];
}

function rate(bytesPerNs: number): string {
  return `${formatCount(Number(bytesPerNs.toPrecision(2)))} GB/s`;
}
