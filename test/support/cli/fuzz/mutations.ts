import { seededRandom } from '../../../../src/results/random.js';

/** In [0, 1). */
type Random = () => number;

/** One input: a seed with so many accidents, all of them from one number. */
export function mutated(seeds: readonly Buffer[], number: number): Buffer {
  const random = seededRandom(number).uniform;
  let bytes = pick(seeds, random);
  // Text that is JSON survives as JSON half of the time: else nothing behind the parser is ever reached.
  if (random() < 0.5) bytes = inItsStructure(bytes, random) ?? bytes;
  const times = random() < 0.25 ? 0 : 1 + Math.floor(3 * random());
  for (let i = 0; i < times; i++) bytes = pick(accidents, random)(bytes, random, seeds);
  return bytes.subarray(0, mostBytes);
}

const mostBytes = 4 * 2 ** 20;

type Accident = (bytes: Buffer, random: Random, seeds: readonly Buffer[]) => Buffer;

const accidents: readonly Accident[] = [
  // Bits flip.
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let i = 0; i < 1 + 8 * random() && copy.length > 0; i++)
      copy[at(copy, random)] ^= 1 << (8 * random());
    return copy;
  },
  // A byte becomes an end of its range.
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[at(copy, random)] = pick([0, 0x7f, 0x80, 0xff], random);
    return copy;
  },
  // Cut off at the end, or at the beginning.
  (bytes, random) => bytes.subarray(0, at(bytes, random)),
  (bytes, random) => bytes.subarray(at(bytes, random)),
  // A piece is gone, or stands there twice, or comes from another file.
  (bytes, random) => {
    const [from, to] = piece(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, random) => {
    const [from, to] = piece(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  (bytes, random, seeds) => {
    const other = pick(seeds, random);
    return Buffer.concat([bytes.subarray(0, at(bytes, random)), other.subarray(at(other, random))]);
  },
  // Text that parsers stumble over.
  (bytes, random) => insert(bytes, Buffer.from(pick(words, random)()), random),
  (bytes, random) => insert(bytes, Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80]), random),
  // A number becomes another.
  (bytes, random) => {
    const text = bytes.toString('latin1');
    const numbers = [...text.matchAll(/-?\d+(\.\d+)?/g)];
    if (numbers.length === 0) return bytes;
    const { index, 0: found } = pick(numbers, random);
    return Buffer.from(
      text.slice(0, index) + pick(numberTexts, random) + text.slice(index + found.length),
      'latin1',
    );
  },
];

const words: readonly (() => string)[] = [
  () => '['.repeat(100_000),
  () => '{"a":'.repeat(20_000),
  () => '"',
  () => '\\',
  () => '\0',
  () => '\u0000\u001b]0;x\u0007',
  () => '\n',
  () => '\r\n\r\n',
  () => ',',
  () => '\uFEFF',
  () => '"__proto__":{"x":1},',
  () => '"constructor":{"prototype":{}},',
  () => 'a'.repeat(200_000),
  () => ' '.repeat(200_000),
  () => ','.repeat(50_000),
  () => '\u2028\u{1F600}\uD800',
];

const numberTexts = [
  '1e999',
  '-1e999',
  '9e15',
  '1000000000000000',
  '-1',
  '0',
  '-0',
  '1e-400',
  '2147483648',
  '0.5',
  '1'.repeat(400),
  'NaN',
  'Infinity',
  '0x10',
  '1_000',
];

const values: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => '',
  () => 'x',
  () => '__proto__',
  () => 'constructor',
  () => '\0\u001b[31m\n|`',
  () => 'y'.repeat(100_000),
  () => 0,
  () => -1,
  () => 1e15,
  () => 1.5,
  () => 1e308,
  () => [],
  () => [[[]]],
  () => Array.from({ length: 10_000 }, () => 0),
  () => ({}),
  () => ({ a: { b: null } }),
  () => JSON.parse('{"__proto__":{"x":1}}'),
];

/** One value somewhere in a JSON text, or in one line of it, becomes another or is gone. Undefined where it is no JSON. */
function inItsStructure(bytes: Buffer, random: Random): Buffer | undefined {
  const lines = bytes.toString('utf8').split('\n');
  const isLines = lines.length > 2;
  const line = isLines ? Math.floor(random() * lines.length) : 0;
  try {
    const root = { value: JSON.parse(isLines ? lines[line] : bytes.toString('utf8')) as unknown };
    changeOne(root, random);
    const text = JSON.stringify(root.value) ?? '';
    return Buffer.from(isLines ? lines.with(line, text).join('\n') : text);
  } catch {
    return undefined;
  }
}

function changeOne(root: object, random: Random): void {
  let parent = root as Record<string, unknown>;
  let key = 'value';
  for (let depth = 0; depth < 12; depth++) {
    const inside = parent[key];
    const keys = typeof inside === 'object' && inside !== null ? Object.keys(inside) : [];
    if (keys.length === 0 || random() < 0.15) break;
    parent = inside as Record<string, unknown>;
    key = pick(keys, random);
  }
  if (random() < 0.2) delete parent[key];
  else if (random() < 0.1)
    parent[pick(['__proto__x', 'extra', 'constructor'], random)] = pick(values, random)();
  else parent[key] = pick(values, random)();
}

function insert(bytes: Buffer, more: Buffer, random: Random): Buffer {
  const where = at(bytes, random);
  return Buffer.concat([bytes.subarray(0, where), more, bytes.subarray(where)]);
}

function piece(bytes: Buffer, random: Random): [number, number] {
  const [a, b] = [at(bytes, random), at(bytes, random)];
  return a < b ? [a, b] : [b, a];
}

function at({ length }: Buffer, random: Random): number {
  return Math.floor(random() * length);
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)];
}
