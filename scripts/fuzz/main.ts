import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { text, wholeNumber } from '../../src/cli/options.js';
import { tableLines } from '../../src/render/terminal.js';
import { openReaders } from '../../test/support/cli/fuzz/readers.js';
import { KeptLines } from '../lab/kept-lines.js';
import { defineLab, say } from '../lab/lab.js';
import type { PieceEnd, PieceMessage, PieceOrder } from './piece.js';

/*
 * npm run fuzz -- --inputs 100000 --seed 1: so many damaged files over all readers of what comes from outside. Each ends
 * with a value or a sentence for the user, within a second of processor time and 1 GB. What is done is kept piece by
 * piece in a file, so that the same command goes on where it was cut off. Exit code 1 where one does neither.
 */
const pieceSize = 500;
const silentMs = 60_000;
const mostMegabytes = 1_024;

interface Piece extends PieceOrder {
  readonly end: PieceEnd;
}

export const lab = defineLab(
  {
    inputs: wholeNumber('over all readers', { least: 1 }, 100_000),
    seed: wholeNumber('of the inputs', { least: 0 }, 1),
    state: text('file in which it is kept what was tried'),
  },
  async ({ inputs, seed, state = `reports/fuzz/${seed}-${inputs}.ndjson` }) => {
    const { readers, remove } = openReaders();
    remove();
    const done = new KeptLines<Piece>(state, `${seed} ${inputs}`);
    const shares = readers.reduce((sum, { share }) => sum + share, 0);
    for (const { name, share } of readers) {
      const count = Math.ceil((inputs * share) / shares);
      for (let from = 0; from < count; from += pieceSize) {
        if (done.lines.some((piece) => piece.reader === name && piece.from === from)) continue;
        const order: PieceOrder = { reader: name, seed, from, to: Math.min(count, from + pieceSize) };
        done.add({ ...order, end: await carryOut(order) });
      }
    }
    const rows = readers.map(({ name }) => rowOf(name, done.lines));
    const head = ['reader', 'inputs', 'accepted', 'refused', 'slowest ms', 'peak MB', 'violations'];
    say(tableLines(head, rows, Number.POSITIVE_INFINITY));
    for (const { reader, end } of done.lines)
      for (const { number, what } of end.violations.slice(0, 3))
        say(
          `${reader}, input ${number}: ${what
            .split('\n')
            .slice(0, 4)
            .map((line) => line.slice(0, 300))
            .join('\n  ')}`,
        );
    return rows.some((row) => Number(row.at(-1)) > 0) ? 1 : 0;
  },
);

function rowOf(name: string, pieces: readonly Piece[]): string[] {
  const ends = pieces.filter(({ reader }) => reader === name).map(({ end }) => end);
  const sum = (of: (end: PieceEnd) => number) => ends.reduce((all, end) => all + of(end), 0);
  const peak = Math.max(...ends.map(({ peakMegabytes }) => peakMegabytes));
  const wrong = sum((end) => end.violations.length);
  const [accepted, refused] = [sum((end) => end.accepted), sum((end) => end.refused)];
  const slowest = Math.max(...ends.map(({ slowestMs }) => slowestMs));
  const violations = wrong + (peak > mostMegabytes ? 1 : 0);
  const tried = accepted + refused + wrong;
  return [name, tried, accepted, refused, slowest.toFixed(0), peak.toFixed(0), violations].map(String);
}

/** A process that crashes, or says nothing for a minute, is a violation of the input that it was at. */
function carryOut(order: PieceOrder): Promise<PieceEnd> {
  const child = fork(fileURLToPath(new URL('./piece.js', import.meta.url)), {
    execArgv: ['--max-old-space-size=1024'],
  });
  let last = -1;
  let end: PieceEnd | undefined;
  let timer = setTimeout(() => child.kill('SIGKILL'), silentMs);
  child.on('message', (message: PieceMessage) => {
    clearTimeout(timer);
    if (message.type === 'done') end = message.end;
    else {
      last = message.number;
      timer = setTimeout(() => child.kill('SIGKILL'), silentMs);
    }
  });
  child.send(order);
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      const what = `its process ended with ${code ?? signal}, at this input or one of the fifty after it`;
      const lost = {
        accepted: 0,
        refused: 0,
        slowestMs: 0,
        peakMegabytes: 0,
        violations: [{ number: last, what }],
      };
      resolve(end ?? lost);
    });
  });
}
