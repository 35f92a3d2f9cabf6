import { readFileSync } from 'node:fs';
import type { CommandName } from '../commands.js';
import type { Draw, Kind } from '../fault.js';
import { cutRun, type Sandbox, storedRun } from '../sandbox.js';

interface Damage {
  readonly words: string;
  damage(whole: Buffer): Buffer;
}

/** Where each command reads results. */
const readBy: readonly [CommandName, string][] = [
  ['report', `project/${storedRun}/results.ndjson`],
  ['report', `project/${storedRun}/results.ndjson`],
  ['compare stored', 'inputs/results.ndjson'],
  ['compare stored', `project/${storedRun}/results.ndjson`],
  ['calibrate stored', 'inputs/synthetic.ndjson'],
  ['bench --resume', `project/${cutRun}/results.ndjson`],
  ['advise', 'inputs/profile.json'],
  ['project', 'inputs/profile.json'],
];

/** A file that is read was torn, has bits that fell over, or is something else. */
export const damagedResults: Kind = {
  name: 'damaged results',
  weight: 10,
  draw(draw) {
    const [command, path] = draw.pick(readBy);
    const { words, damage } = drawDamage(draw);
    return {
      title: `${path.split('/').at(-1)} ${words}`,
      command,
      prepare: (box: Sandbox) => box.write(path, damage(readFileSync(box.at(path)))),
      // A line that was lost may leave a run that can be judged, and one that differs.
      codes: command === 'compare stored' ? [0, 1, 2, 3, 4] : [0, 2, 3, 4],
      spoilsJournal: true,
    };
  },
};

function drawDamage(draw: Draw): Damage {
  const at = draw.share();
  const value = draw.pick([
    'null',
    '1e308',
    '-1',
    '"x"',
    '[]',
    '{}',
    '9007199254740993',
    '1e999',
    'true',
    '"__proto__"',
  ]);
  return draw.pick<Damage>([
    {
      words: `torn at ${at.toFixed(3)} of it`,
      damage: (whole) => whole.subarray(0, Math.floor(at * whole.length)),
    },
    {
      words: `with a bit that fell over at ${at.toFixed(3)}`,
      damage: (whole) => flipBit(whole, at, draw.integer(0, 7)),
    },
    {
      words: `with a value that is ${value} at ${at.toFixed(3)}`,
      damage: (whole) => replaceValue(whole, at, value),
    },
    {
      words: `with a value that is ${value} at ${at.toFixed(3)}`,
      damage: (whole) => replaceValue(whole, at, value),
    },
    { words: 'that is empty', damage: () => Buffer.alloc(0) },
    {
      words: 'that is a picture',
      damage: () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 255]),
    },
    { words: `that is ${value}`, damage: () => Buffer.from(`${value}\n`) },
    { words: 'with its lines in another order', damage: (whole) => reverseLines(whole) },
    { words: 'with each line twice', damage: (whole) => Buffer.concat([whole, whole]) },
    { words: 'with a block of zeros in it', damage: (whole) => zeroBlock(whole, at) },
  ]);
}

function flipBit(whole: Buffer, at: number, bit: number): Buffer {
  const copy = Buffer.from(whole);
  copy[Math.floor(at * copy.length)] ^= 1 << bit;
  return copy;
}

/** The first number or text after the place. */
function replaceValue(whole: Buffer, at: number, value: string): Buffer {
  const text = whole.toString();
  const from = Math.floor(at * text.length);
  return Buffer.from(text.slice(0, from) + text.slice(from).replace(/:\s*("[^"]*"|-?[\d.e+]+)/, `:${value}`));
}

function reverseLines(whole: Buffer): Buffer {
  return Buffer.from(`${whole.toString().trimEnd().split('\n').reverse().join('\n')}\n`);
}

/** As a power cut leaves it on some file systems. */
function zeroBlock(whole: Buffer, at: number): Buffer {
  const copy = Buffer.from(whole);
  const from = Math.floor(at * copy.length);
  return copy.fill(0, from, Math.min(copy.length, from + 512));
}
