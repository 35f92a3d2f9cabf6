import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { listProcessors } from '../app/plan/host.js';
import { scenarioNames } from '../app/plan/options.js';
import { prepare } from '../app/plan/prepare.js';
import { checkSamePlan } from '../app/same-run.js';
import { temporaryFolder } from '../app/temporary-folder.js';
import { checkComparable, IncomparableError } from '../compare/comparable.js';
import { digestConditions } from '../compare/history/line.js';
import { InputError } from '../contract/errors.js';
import { readHost } from '../measure/host.js';
import type { Results, RunHeader } from '../results/format.js';
import { effectOf, optionsOf } from './bench.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-effects-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const rows = (last: number) => `city,town,delay,wait\nA,A,1,2\nB,B,2,3\nA,B,${last},4\n`;
const table = write('rows.csv', rows(3));
const sameSize = write('other/rows.csv', rows(5));
const kernel = write('twice.mjs', 'export default (list) => list.map((x) => 2 * x);');
const python = write(
  'python',
  '#!/bin/sh\n[ "$1" = --version ] && { echo Python 99.1; exit; }\nexec python3 "$@"\n',
);
chmodSync(python, 0o755);

const cells = ['--keys', '2', '--length', '20'];
const plain = ['--scenario', 'grid', '--only', 'for-loop', ...cells];
const onData = [
  '--data',
  table,
  '--group-by',
  'city',
  '--value',
  'delay',
  '--only',
  'for-loop',
  '--keys',
  '2',
];
const ofFile = (file: string) => ['--data', file, '--only', 'for-loop', '--keys', '1'];
const ofTable = [...ofFile(table), '--group-by', 'city'];
const parts = write('parts.json', '{"one": {"a": [1, 2]}, "two": {"a": [3, 4, 5]}}');
const separated = write('separated.csv', 'a,b\n10,20\n');
const numbers = write('numbers.csv', '1\n2\n3\n');
const latin = write('latin.csv', '');
writeFileSync(latin, Buffer.from('city,delay\n\xfcber,1\n', 'latin1'));
const words = write('words.csv', 'a\nx\n3\n4\n');
const dots = write('dots.csv', 'a\n1.234\n5\n');
const ragged = write('ragged.csv', 'a,b\n1\n2,3\n');
const large = write('large.json', '{"one": {"a": [9007199254740993]}, "two": {"a": [9007199254740997]}}');
const swap = (args: readonly string[], from: string, to: string) =>
  args.map((arg) => (arg === from ? to : arg));

/** Two command lines that differ in one option. */
const lines: Readonly<Record<keyof typeof effectOf, readonly [readonly string[], readonly string[]]>> = {
  scenario: [plain, swap(plain, 'grid', 'item-cost')],
  strategy: [plain, [...plain, '--strategy', 'typed-array']],
  only: [plain, [...plain, '--only', 'typed-array']],
  peers: [plain, [...plain, '--peers']],
  kernel: [plain, [...plain, '--kernel', kernel]],
  data: [onData, swap(onData, table, sameSize)],
  'group-by': [onData, swap(onData, 'city', 'town')],
  value: [onData, swap(onData, 'delay', 'wait')],
  columns: [
    [...ofTable, '--columns', 'delay'],
    [...ofTable, '--columns', 'wait'],
  ],
  at: [
    [...ofFile(parts), '--at', 'one'],
    [...ofFile(parts), '--at', 'two'],
  ],
  delimiter: [
    [...ofFile(separated), '--value', '#1', '--lenient', '--delimiter', ','],
    [...ofFile(separated), '--value', '#1', '--lenient', '--delimiter', '0'],
  ],
  header: [
    [...ofFile(numbers), '--value', '#1', '--header', 'first'],
    [...ofFile(numbers), '--value', '#1', '--header', 'none'],
  ],
  encoding: [
    [...ofFile(latin), '--group-by', 'city', '--value', 'delay', '--encoding', 'latin1'],
    [...ofFile(latin), '--group-by', 'city', '--value', 'delay', '--encoding', 'windows-1251'],
  ],
  missing: [
    [...ofFile(words), '--value', 'a', '--missing', 'x'],
    [...ofFile(words), '--value', 'a', '--missing', 'x,3'],
  ],
  'number-format': [
    [...ofFile(dots), '--value', 'a'],
    [...ofFile(dots), '--value', 'a', '--number-format', '1.234,5'],
  ],
  lenient: [
    [...ofFile(ragged), '--value', 'a', '--lenient', '--missing', '1'],
    [...ofFile(ragged), '--value', 'a', '--lenient'],
  ],
  'allow-rounding': [
    [...ofFile(large), '--allow-rounding', '--at', 'one'],
    [...ofFile(large), '--allow-rounding', '--at', 'two'],
  ],
  quick: [plain, [...plain, '--quick']],
  cache: [plain, [...plain, '--cache', 'warm']],
  seed: [plain, [...plain, '--seed', '2']],
  cpus: [
    [...plain, '--cpus', '0'],
    [...plain, '--cpus', '1'],
  ],
  python: [
    [...plain, '--only', 'python-for-loop'],
    [...plain, '--only', 'python-for-loop', '--python', python],
  ],
  'node-arg': [plain, [...plain, '--node-arg=--no-opt']],
  rounds: [plain, [...plain, '--rounds', '5']],
  budget: [plain, [...plain, '--budget', '5m']],
  limit: [plain, [...plain, '--limit', '30']],
  resume: [plain, [...plain, '--resume', 'reports/grid']],
  out: [plain, [...plain, '--out', 'elsewhere']],
  save: [plain, [...plain, '--save', 'kept']],
  'dry-run': [plain, [...plain, '--dry-run']],
  strict: [plain, [...plain, '--strict']],
};

describe('what an option changes is in the header of the run', { timeout: 60_000 }, () => {
  it.each(Object.keys(lines) as (keyof typeof lines)[])('--%s', async (option) => {
    const [without, given] = await Promise.all(lines[option].map(headerOf));
    const differ = () => checkComparable(resultsOf(without), resultsOf(given), false);
    switch (effectOf[option]) {
      case 'nothing':
        expect(measuring(given)).toEqual(measuring(without));
        return;
      case 'how':
        expect(differ).toThrow(IncomparableError);
        expect(digestConditions(given)).not.toBe(digestConditions(without));
        expect(() => checkSamePlan(without, given, () => {})).toThrow(InputError);
        return;
      default:
        expect(measuring(given)).not.toEqual(measuring(without));
        expect(() => checkSamePlan(without, given, () => {})).toThrow(InputError);
    }
  });

  it('a run of warm caches is refused beside one of fresh data, and the mend is named', async () => {
    const [fresh, warm] = await Promise.all(lines.cache.map(headerOf));
    expect(() => checkComparable(resultsOf(fresh), resultsOf(warm), true)).toThrow(
      /warm calls of head met the same data again and again.* Measure both with --cache warm, or both without it/,
    );
  });
});

it('processors are named one by one, however they were written', () => {
  expect(['2,0', '0-2', '0-6:3,1', '1,0-1'].map(listProcessors)).toEqual(['0,2', '0,1,2', '0,1,3,6', '0,1']);
});

const headers = new Map<string, Promise<RunHeader>>();

function headerOf(args: readonly string[]): Promise<RunHeader> {
  const line = args.join(' ');
  const header = headers.get(line) ?? planned(args);
  headers.set(line, header);
  return header;
}

async function planned(args: readonly string[]): Promise<RunHeader> {
  const options = await optionsOf(args);
  const [name] = scenarioNames(options);
  const data = temporaryFolder();
  try {
    const at = { now: new Date(0), host: readHost(), folder: data, note: () => {}, calibration: fixed };
    return (await prepare(name, options, at)).header;
  } finally {
    data.remove();
  }
}

/** No test measures how fast this machine is. */
const fixed = { options: { rate: 100 }, at: '2026-01-01T00:00:00.000Z' };

function resultsOf(header: RunHeader): Results {
  return { header, records: [], notes: [] };
}

/** All but the command line and the names of the run. */
function measuring({ run, createdAt, command, ...rest }: RunHeader): object {
  return { ...rest, host: { ...rest.host, clockStepNs: 0 } };
}
