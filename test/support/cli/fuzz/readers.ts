import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { readProfile } from '../../../../src/app/advise/profile-file.js';
import { readConfig } from '../../../../src/app/compare/config.js';
import { readJob, writeJob } from '../../../../src/app/compare/job.js';
import { checkedFile } from '../../../../src/app/stored-run.js';
import { readPackage } from '../../../../src/checkout/install.js';
import { readHistory } from '../../../../src/compare/history/file.js';
import { reportHistory } from '../../../../src/compare/history/history.js';
import { makeHistoryLines } from '../../../../src/compare/history/line.js';
import { contractMessageSchema } from '../../../../src/conformance/isolated.js';
import { InputError } from '../../../../src/contract/errors.js';
import { loadData } from '../../../../src/dictionary/load/load.js';
import { readParquet } from '../../../../src/dictionary/load/parquet.js';
import { readOwnIdentity } from '../../../../src/files/identity.js';
import {
  checkOutputPlaces,
  manifestName as outputsName,
  replaceOutputs,
} from '../../../../src/files/outputs.js';
import { findOwnedFolder, makeOwnedFolder } from '../../../../src/files/owned-folder.js';
import { saidSchema } from '../../../../src/measure/inspect/messages.js';
import { readCache } from '../../../../src/measure/preflight/cache.js';
import { readCellMessage } from '../../../../src/measure/process-executor.js';
import { computeSelfTimes, readCpuProfile } from '../../../../src/measure/profile/self-times.js';
import { modelsOf, profileOf } from '../../../../src/model/profile.js';
import { manifestName } from '../../../../src/plugins/external/manifest.js';
import { pluginsOf } from '../../../../src/plugins/external/program.js';
import { garbled } from '../../../../src/process/channel.js';
import { lockRun } from '../../../../src/results/lock.js';
import { readResults } from '../../../../src/results/reader.js';
import { v } from '../../../../src/results/valid.js';
import { exampleResults } from '../../synthetic.js';
import { fiveRows } from './five-rows.js';

/** One reader of what comes from outside: files that it accepts, and how it is asked for one. */
export interface Reader {
  readonly name: string;
  readonly seeds: readonly Buffer[];
  /** Where the bytes are put before it is asked. */
  readonly file: string;
  read(): unknown;
  /** Milliseconds of processor time that it may take. */
  readonly mostMs: number;
  /** How many inputs it gets for one of the others: starting a thread for each takes its time. */
  readonly share: number;
}

/** All readers, on files in a new folder, which `remove` takes away. */
export function openReaders(): { readonly readers: readonly Reader[]; remove(): void } {
  const top = mkdtempSync(join(tmpdir(), 'breakeven-fuzz-'));
  const at = (...names: string[]) => join(top, ...names);
  for (const name of ['job', 'program', 'cache', 'outputs', 'locked', 'package']) mkdirSync(at(name));
  process.env.BREAKEVEN_CACHE = at('cache');
  const owned = makeOwnedFolder('fuzzed', top, { some: 'fact' });
  const marker = join(owned.path, '.breakeven-owner.json');
  replaceOutputs(at('outputs'), [{ path: 'verdict.md', text: 'x' }], '');
  const results = exampleResults();
  const { header, records, end } = results;
  const profile = profileOf(results, modelsOf(results));
  writeJob(at('job'), {
    request: { base: 'main', scenarios: ['ci'], seed: 1, limitMs: 60_000 },
    base: { hash: 'a'.repeat(40), name: 'main' },
    head: { hash: 'b'.repeat(40), name: 'work' },
  });
  const text = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const of = (
    name: string,
    file: string,
    seeds: readonly unknown[],
    read: (path: string) => unknown,
    more = {},
  ): Reader => ({
    name,
    file,
    seeds: seeds.map((seed) => (Buffer.isBuffer(seed) ? seed : text(seed))),
    read: () => read(file),
    mostMs: 1_000,
    share: 1,
    ...more,
  });
  const table = { groupBy: 'city', value: 'delay' };
  const lists = '{"a":[1,2,3],"b":[4.5,null,-6e3],"c":[]}';
  const readers: Reader[] = [
    of(
      'results',
      at('results.ndjson'),
      [
        [header, ...records.slice(0, 6), ...(end ? [end] : [])]
          .map((line) => JSON.stringify(line))
          .join('\n')
          .concat('\n'),
      ],
      (path) => readResults(checkedFile(path)),
    ),
    of(
      'history',
      at('history.ndjson'),
      [
        makeHistoryLines({ hash: 'a'.repeat(40), committedAt: header.createdAt }, 'head', 'run', [results])
          .slice(0, 8)
          .map((line) => `${JSON.stringify(line)}\n`)
          .join(''),
      ],
      (path) => reportHistory(readHistory(path)),
    ),
    of(
      'CPU profile',
      at('thread.cpuprofile'),
      [
        {
          nodes: [{ id: 1, callFrame: { functionName: 'f', url: 'file:///f.mjs', lineNumber: 3 } }],
          startTime: 1,
          samples: [1, 1],
          timeDeltas: [0, 200],
        },
      ],
      (path) => computeSelfTimes([readCpuProfile(path)], { fromUs: 0, toUs: 1e9 }),
    ),
    of('profile', at('profile.json'), [profile], (path) =>
      readProfile(path, header.host, { note: () => {} }),
    ),
    of(
      'compare config',
      at('breakeven.compare.json'),
      [
        { failOn: '5%', cpu: '10%', crossover: 1.5, install: null, build: 'make' },
        { scenarios: { ci: '5%' }, strategies: { 'for-loop': '7%' }, accounts: { warm: '3%' }, memory: '9%' },
      ],
      (path) => readConfig(path, undefined),
    ),
    of('job', at('job', 'job.json'), [readFileSync(at('job', 'job.json'))], () => readJob(at('job'))),
    of('data JSON', at('data.json'), [lists], (path) => loadData({ file: path })),
    of(
      'data NDJSON',
      at('data.ndjson'),
      ['{"key":"a","values":[1,2,3]}\n{"key":"b","values":[4.5,null]}\n'],
      (path) => loadData({ file: path }),
    ),
    of(
      'data CSV',
      at('data.csv'),
      ['city,delay\nA,1\nB,2\n"A ""x""",3\nB,\nC,9e3\n', 'city;delay\r\n', 'city,delay,more\n1,2,3\n'],
      (path) => loadData({ file: path, ...table }),
    ),
    of(
      'data parquet',
      at('data.parquet'),
      [fiveRows],
      (path) => readParquet(path, { file: path, groupBy: 'origin', value: 'delay' }, { deadlineMs: 3_000 }),
      // It is ended at its deadline, in a thread; a file from outside is given longer.
      { mostMs: 6_000, share: 0.1 },
    ),
    of(
      'program manifest',
      at('program', manifestName),
      [
        {
          id: 'python',
          title: 'Python',
          needs: 'Python 3',
          command: ['{python}', 'main.py'],
          tools: { python: 'python3' },
          kernels: ['sum'],
          strategies: [{ id: 'loop', title: 'a loop', options: { mode: ['a', 'b'] } }],
        },
      ],
      (path) => pluginsOf(pathToFileURL(path).href),
    ),
    of('cache', at('cache', 'prices.json'), [{ a: 1, b: 2.5 }], () => readCache('prices.json', v.number())),
    of('outputs manifest', at('outputs', outputsName), [readFileSync(at('outputs', outputsName))], () =>
      checkOutputPlaces(at('outputs'), ['verdict.md'], 'Choose another.'),
    ),
    of('owned marker', marker, [readFileSync(marker)], () => findOwnedFolder(owned.path)),
    of(
      'lock',
      at('locked', 'results.lock'),
      [`${process.pid + 1} 77`, { ...readOwnIdentity(), pid: 4_194_305 }],
      () => lockRun(at('locked')).release(),
    ),
    // As they lie in the channel: what a plug-in may write there, too.
    of(
      'messages of processes',
      at('message'),
      messages.map((said) => serialize(said)),
      readMessage,
    ),
    of(
      'package.json',
      at('package', 'package.json'),
      [{ name: 'x', scripts: { build: 'make' }, dependencies: {} }],
      (path) => readPackage(path),
    ),
  ];
  return { readers, remove: () => rmSync(top, { recursive: true, force: true }) };
}

/** What cells, inspectors and contract tests say, one of each kind. */
const messages: readonly object[] = [
  { type: 'up' },
  { type: 'one-shot', totalNs: 1e6 },
  { type: 'expected', digests: { data: 'a'.repeat(64), flipped: 'b'.repeat(64) } },
  { type: 'leftover', leftover: { kind: 'group', group: 4_194_305 } },
  { type: 'outcome', outcome: exampleResults().records[0]?.outcome },
  { id: 1, type: 'at', what: 'kernel k' },
  { id: 1, type: 'answer', answer: { kind: 'map', lengths: [1, 2] } },
  { id: 1, type: 'failed', message: 'no luck', ours: false },
  { type: 'result', result: { case: 'answers twice', status: 'passed' } },
];

/** As the driver does: bytes that are no message are said to be garbled, anything else is held against the schemas. */
function readMessage(path: string): unknown {
  let said: unknown;
  try {
    said = deserialize(readFileSync(path));
  } catch (cause) {
    throw new InputError(garbled, { cause });
  }
  return [readCellMessage(said), v.safeParse(saidSchema, said), v.safeParse(contractMessageSchema, said)];
}

/** Puts an input where its reader looks for it. */
export function put({ file }: Reader, bytes: Buffer): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) rmSync(file, { recursive: true });
  writeFileSync(file, bytes);
}
