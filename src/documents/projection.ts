import type { Profile } from '../choose/choose.js';
import {
  type Block,
  code,
  type Document,
  type Hole,
  list,
  paragraph,
  quote,
  type Section,
  type Text,
  table,
  text,
} from '../document/document.js';
import { type Figure, figure, figureIf, quotient } from '../document/figure.js';
import { printFigure } from '../document/units.js';
import { counted, listed } from '../document/words.js';
import { heapBytes, type Limit, piecesHeld } from '../model/projection/limits.js';
import type { ByReference, Projected, Projection } from '../model/projection/projection.js';
import { caveatText } from './caveats.js';

/** What else a projection says of itself: constants, and what follows from its numbers. */
interface Beside {
  readonly piecesHeld: number;
  readonly heapBytes: number;
  /** Keys, and bytes of numbers, from which reading alone takes longer than an hour. */
  readonly hour: { readonly keys: number; readonly bytes: number };
  /** Numbers of the question over the most that were measured. */
  readonly far: number;
  readonly check: typeof modelCheck;
}

/** What `npm run model-check -- projection` found: how far a projection over so much was off. */
const modelCheck = { span: '1:10,000', worstShare: 0.18, worstFactor: 2.2 };

interface Data {
  readonly projection: Projection;
  readonly profile: Profile;
  readonly beside: Beside;
}

/** A projection: the answer, what cannot run, what each strategy would take, how to cut it, and where it ends. */
export function projectionDocument(projection: Projection, profile: Profile): Document {
  const data: Data = { projection, profile, beside: besideOf(projection) };
  const { question } = projection;
  return {
    title: text`${figure(question, 'keys', 'count')} keys × ${figure(question, 'length', 'count')} numbers (${figure(projection, 'fileBytes', 'bytes')}): a projection`,
    sections: [
      { id: 'answer', title: [], blocks: [paragraph(answer(data))] },
      section('limits', 'What cannot run in one piece', limitBlocks(data)),
      section('strategies', 'Each strategy, piece after piece', strategyBlocks(projection)),
      section('shards', 'How to cut it', shardBlocks(projection)),
      section('wrong-tool', 'Where one machine is the wrong tool', [paragraph(wrongTool(data))]),
      section('basis', 'What this rests on', list(basis(data))),
    ],
    data,
  };
}

function besideOf({ question, measured, hourOfReading }: Projection): Beside {
  const keys = Math.max(1, Math.round(hourOfReading / question.length));
  return {
    piecesHeld,
    heapBytes,
    hour: { keys, bytes: 8 * hourOfReading },
    far: (question.keys * question.length) / measured.elements,
    check: modelCheck,
  };
}

function section(id: string, title: string, blocks: readonly Block[]): Section {
  return { id, title: [title], blocks };
}

function answer({ projection, profile: { from } }: Data): Text {
  const { byReference, strategies, question, shards } = projection;
  const [best] = strategies;
  const sent = text`Through one main thread, piece after piece, the fastest of the measured ways is ${quote(best, 'strategy')}: ${figure(best, 'ns', 'duration')}${formulaNote(best)}, reading not included.`;
  if (byReference === undefined) return sent;
  const packed = from === 'columns' || byReference.packs ? ' on the packed numbers' : '';
  const most = mostOf(byReference);
  const [reads, computes] = [
    figure(byReference, 'readNs', 'duration'),
    figure(most, 'computeNs', 'duration'),
  ];
  const reading =
    byReference.readNs >= most.computeNs
      ? text`reading takes ${reads}, computing ${computes}: storage is the limit, not cores`
      : text`computing takes ${computes}, reading ${reads}`;
  const cut =
    shards === 1
      ? 'Let every process read its own keys'
      : text`Cut it into ${figure(projection, 'shards', 'count')} shards and let every process read its own`;
  return text`${cut}, with ${quote(byReference, 'strategy')}${packed}: ${figure(most, 'ns', 'duration')} on ${counted(figure(most, 'cores', 'whole'), 'core')}${formulaNote(byReference)}; ${reading} (storage assumed at ${storageRate(question)}; answers that are as large, and kept, take as long again to write). ${sent}`;
}

/** More cores than reading can feed are no answer. */
function mostOf({ byCores, readNs }: ByReference): ByReference['byCores'][number] {
  return byCores.find(({ computeNs }) => computeNs <= readNs) ?? byCores[byCores.length - 1];
}

/** What ranks first without a formula says so where it is named. */
function formulaNote({ basis }: Pick<Projected, 'basis'>): string {
  return basis === 'formula' ? '' : ' (no formula fits it: drawn out from its measured points)';
}

function limitBlocks(data: Data): Block[] {
  const { limits } = data.projection;
  return limits.length === 0
    ? [paragraph('Nothing: it fits into the memory that was named, with its answers beside it.')]
    : list(limits.map((limit) => limitText(limit, data)));
}

function limitText(limit: Limit, { projection: { question }, profile, beside }: Data): Text {
  switch (limit.kind) {
    case 'memory': {
      const alone = quotient(
        [figure(limit, 'bytes', 'bytes'), figure(beside, 'piecesHeld', 'whole')],
        'bytes',
      );
      return text`Every strategy: as ${profile.from} it takes ${alone}, and its answers as much again; the memory that was named has ${figure(question, 'memoryBytes', 'bytes')}.`;
    }
    case 'heap':
      return text`Strategies that compute on lists, and pools that are sent lists: lists live in V8's heap, ${figure(limit, 'bytes', 'bytes')} of them; its default ends at about ${figure(beside, 'heapBytes', 'bytes')} (--max-old-space-size moves it, up to the memory).`;
    case 'map':
      return text`Every strategy: a Map holds ${figure(limit, 'most', 'count')} keys at most.`;
    case 'list':
      return text`Every strategy: an array holds ${figure(limit, 'most', 'count')} numbers at most.`;
    case 'offsets':
      return text`Packed columns: their offsets are 32-bit and end at ${figure(limit, 'most', 'count')} numbers.`;
    case 'wasm':
      return text`Strategies in WebAssembly: a WebAssembly memory ends at ${figure(limit, 'bytes', 'bytes')}; they stream through a window.`;
  }
}

function strategyBlocks({ strategies, measured, roof }: Projection): Block[] {
  const cores = strategies[0]?.byCores ?? [];
  const workers = counted(figure(measured, 'workers', 'whole'), 'worker');
  const under = roof.from === 'unknown' ? 'without any roof' : 'under the roof of the measured memory';
  return [
    table<Projected>(
      [
        { head: 'strategy', of: (one) => quote(one, 'strategy') },
        { head: text`as measured (${workers})`, align: 'right', of: (one) => figure(one, 'ns', 'duration') },
        {
          head: 'of it besides computing in place',
          align: 'right',
          of: (one) => figureIf(one, 'movingNs', 'duration') ?? 'not known',
        },
        {
          head: 'processor time',
          align: 'right',
          of: (one) => figureIf(one, 'cpuNs', 'duration') ?? 'not known',
        },
        ...cores.map((each, index) => ({
          head: counted(figure(each, 'cores', 'whole'), 'core'),
          align: 'right' as const,
          of: ({ byCores }: Projected) => rangeText(byCores[index]),
        })),
      ],
      strategies,
    ),
    paragraph(
      `For other counts of cores than the measured one a pool has two bounds. The longer one: more cores help nothing. The shorter one: assumed is perfect scaling of the parallel share (computing in place, or the processor time beyond the time itself, whichever is more), ${under}. A single thread takes the same from one core on. Besides computing in place there is fresh memory for the answers, packing, sending: on the main thread, and in a pool on its workers, too.`,
    ),
    ...serialisingBlocks(strategies),
  ];
}

function rangeText(bounds: Projected['byCores'][number]): Hole {
  const [low, high] = [figure(bounds, 'lowNs', 'duration'), figure(bounds, 'highNs', 'duration')];
  return printFigure(low) === printFigure(high) ? high : text`${low} to ${high}`;
}

const hourNs = 3_600e9;

function serialisingBlocks(strategies: readonly Projected[]): Block[] {
  const slow = strategies.filter(({ parallel, movingNs = 0 }) => parallel && movingNs > hourNs);
  if (slow.length === 0) return [];
  const spent = slow.map(
    (one) => text`${quote(one, 'strategy')} spends ${figure(one, 'movingNs', 'duration')}`,
  );
  return [
    paragraph(
      text`Hours besides computing in place, on main thread and workers: ${listed(spent)} on getting lists to where they are computed, and answers back.`,
    ),
  ];
}

function shardBlocks(projection: Projection): Block[] {
  const { byReference } = projection;
  const lines = [
    paragraph(shardText(projection)),
    paragraph(
      'Send ids, not data: a message holds the number of a shard; each process opens the file itself, reads its own range of keys, computes in place, and writes its answers to a file of its own. Data goes by reference. Writing answers of the same size takes as long again as reading.',
    ),
  ];
  return byReference === undefined
    ? [...lines, paragraph('How long that takes cannot be told: the profile has no resident account.')]
    : [...lines, byReferenceTable(byReference)];
}

function shardText(projection: Projection): Text {
  const { shards, shardKeys, question } = projection;
  if (shards === 1)
    return [
      'One piece is enough for memory; cut it by keys all the same where several processes are to share it.',
    ];
  const keys =
    shardKeys <= question.keys ? figure(projection, 'shardKeys', 'count') : figure(question, 'keys', 'count');
  const perShard = quotient(
    [figure(projection, 'fileBytes', 'bytes'), figure(projection, 'shards', 'count')],
    'bytes',
  );
  return text`${figure(projection, 'shards', 'count')} shards of ${keys} keys (${perShard} of numbers each): ${processesText(projection)}, with its answers, in a quarter of the memory, and the next can be read meanwhile.`;
}

function processesText(projection: Projection): Text {
  return projection.atOnce === 1
    ? ['one process holds one']
    : text`up to ${figure(projection, 'atOnce', 'count')} processes hold one each`;
}

function byReferenceTable(byReference: ByReference): Block {
  const { readNs, byCores } = byReference;
  return table<ByReference['byCores'][number]>(
    [
      { head: 'cores', align: 'right', of: (one) => figure(one, 'cores', 'count') },
      { head: 'reading', align: 'right', of: () => figure(byReference, 'readNs', 'duration') },
      {
        head: text`computing (${quote(byReference, 'strategy')} on each)`,
        align: 'right',
        of: (one) => figure(one, 'computeNs', 'duration'),
      },
      { head: 'both at once', align: 'right', of: (one) => figure(one, 'ns', 'duration') },
      { head: 'the limit', of: ({ computeNs }) => (readNs >= computeNs ? 'reading' : 'computing') },
    ],
    byCores,
  );
}

function wrongTool({ projection, beside: { hour } }: Data): Text {
  const { question, byReference, limits } = projection;
  const held = limits.some(({ kind }) => kind === 'memory')
    ? 'Here the data does not fit into memory, so that it is read anew for every pass. '
    : '';
  const from = text`From ${figure(hour, 'keys', 'count', { digits: 2 })} keys of this length on (${figure(hour, 'bytes', 'bytes')}) reading alone takes more than an hour at ${storageRate(question)}`;
  if (byReference === undefined)
    return text`${held}${from}: more machines read side by side, more cores do not.`;
  return text`${held}${from}. ${enoughCores(byReference)}`;
}

function enoughCores({ byCores, readNs }: ByReference): Text {
  const enough = byCores.find(({ computeNs }) => computeNs <= readNs);
  const cores = counted(figure(enough ?? byCores[byCores.length - 1], 'cores', 'whole'), 'core');
  return enough === undefined
    ? text`Here computing is the limit up to ${cores}: more cores of one machine still help.`
    : text`From ${cores} on reading is the limit: a larger machine is the wrong tool then, and several machines, each with its own part of the data on its own storage, are the right one.`;
}

function basis({ projection, profile, beside }: Data): Text[] {
  const { strategies, question, roof, caveats } = projection;
  const without = strategies.filter((one) => one.basis === 'interpolation');
  const { host, kernel } = profile;
  const day = quote(profile, 'createdAt', (time) => time.slice(0, 10));
  return [
    text`Machine: ${quote(host, 'cpu')}, ${figure(host, 'usableCores', 'whole')} usable cores, Node ${quote(host, 'node')}, measured ${day}; kernel ${quote(kernel, 'id')}, from ${profile.from}, warm account.`,
    farText(projection, beside),
    ...caveats.map((caveat) => text`Note: ${caveatText(caveat, profile)}.`),
    ...(without.length === 0
      ? []
      : [
          text`No formula fits ${listed(without.map((one) => quote(one, 'strategy')))}: projected along the line through the two largest points.`,
        ]),
    roofText(roof),
    text`Storage is assumed to deliver ${storageRate(question)} (${code('--storage')}); nothing was read. A core hour costs what it costs you: multiply it with "processor time".`,
    text`Going over one number takes ${figure(profile, 'leastNsPerNumber', 'ns', { digits: 2 })} at the very least on this machine.`,
  ];
}

function farText({ measured }: Projection, beside: Beside): Text {
  const { check } = beside;
  const far =
    beside.far > 1.05
      ? text`${figure(beside, 'far', 'count', { digits: 2 })} times as much, a projection and no measurement`
      : 'within what was measured';
  return text`The largest dictionary that was measured holds ${figure(measured, 'elements', 'count')} numbers: this is ${far}. ${code('npm run model-check -- projection')} measures how far one may be off: on ${quote(check, 'span')} by ${figure(check, 'worstShare', 'share')} at most in one run; in another one, while fresh memory changed its price, what packs took up to ${figure(check, 'worstFactor', 'whole')} times as long as projected.`;
}

function roofText(roof: Projection['roof']): Text {
  if (roof.from === 'unknown')
    return text`The bandwidth of the memory is not known, and so no roof: more cores than it can feed are promised too much. ${code('breakeven calibrate')} without a run measures it, ${code('--bandwidth RUN')} names one.`;
  const measured =
    roof.from === 'run'
      ? text`the run that was named with ${code('--bandwidth')}`
      : text`the profile (${code('breakeven calibrate')})`;
  return text`The roof of the memory is ${figure(roof, 'nsPerNumber', 'ns', { digits: 2 })} per number and its answer, however many cores there are: its bandwidth, from ${measured}.`;
}

function storageRate(question: Projection['question']): Figure {
  return figure(question, 'storageBytesPerNs', 'bytes/ns');
}
