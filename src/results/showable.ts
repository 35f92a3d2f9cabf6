import type { CellRecord, RunHeader } from './format.js';

/*
 * Names of strategies, axes, options, machines and the like stand in code, tables, charts and sentences of every page,
 * and come from outside. Those that could end what they stand in get signs that look alike, once, where results are
 * read for a report: so no page has to think of it. Sentences (titles, questions, messages) are not names: they are
 * escaped where they are written.
 */

/** Fields that hold sentences, or what is escaped in its own way: the words of the command line. */
const sentences = new Set([
  'title',
  'question',
  'says',
  'quickNote',
  'notApplicable',
  'needs',
  'because',
  'message',
  'command',
]);

const dangerous =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are among what is looked for
  /[`|<>\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]|\](?=[([:])|!(?=\[)/g;

const alike: ReadonlyMap<string, string> = new Map([
  ['`', 'ˋ'],
  ['|', '¦'],
  ['<', '‹'],
  ['>', '›'],
  [']', '] '],
  ['!', '! '],
]);

/** A name with nothing in it that could end code, a cell or a line; itself where there is nothing such. */
export function showableName(name: string): string {
  return name.replace(dangerous, (sign) => alike.get(sign) ?? '␦');
}

export function showableHeader(header: RunHeader): RunHeader {
  const { command, ...others } = header;
  // Almost always: then the very object, and nothing is copied.
  if (JSON.stringify(others).search(dangerous) < 0 && !/\\u00|\\[ntrbf]/.test(JSON.stringify(others)))
    return header;
  return showable(header) as RunHeader;
}

export function showableRecord(record: CellRecord): CellRecord {
  const cell = showableName(record.cell);
  return cell === record.cell ? record : { ...record, cell };
}

function showable(value: unknown): unknown {
  if (typeof value === 'string') return showableName(value);
  if (Array.isArray(value)) return value.map(showable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) =>
      sentences.has(name) ? [name, each] : [showableName(name), showable(each)],
    ),
  );
}
