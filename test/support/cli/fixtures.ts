import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/*
 * What users bring, as files of a few lines. They are written to a folder outside the package, where a user's own
 * files are, and where no node_modules has `breakeven`.
 */
const scenarioBody = `from: 'lists', claims: [],
  sweeps: [{ keys: [2, 4], length: [20] }], quick: [{ keys: [2], length: [20] }] });`;

const kernelBody = `split: 'never', agree: 'exact',
  make: ({ add }) => ({ kind: 'map', work: (n) => ({ flops: n, bytes: 16 * n }),
    list(xs, out) { for (let i = 0; i < xs.length; i += 1) out[i] = xs[i] + add; } }) });`;

const files = {
  'tiny.mjs': `import { defineScenario } from 'breakeven';
export default defineScenario({ title: 'Tiny', question: 'Does it pay?', strategies: ['for-loop', 'typed-array'],
  kernel: { module: 'square-minus-13', options: {} }, ${scenarioBody}`,
  'own-kernel-scenario.mjs': `import { defineScenario } from 'breakeven';
export default defineScenario({ title: 'Own', question: 'Does it pay?', strategies: ['for-loop', 'typed-array'],
  kernel: { module: new URL('./add.mjs', import.meta.url).href, options: { add: 3 } }, ${scenarioBody}`,
  'prices-alone.mjs': `import { defineScenario } from 'breakeven';
export default defineScenario({ title: 'Prices', question: 'What does it cost?', strategies: ['for-loop'],
  prices: { alone: true, rows: [{ what: 'loop', strategy: 'for-loop', of: 'warm', per: 'number' }] },
  kernel: { module: 'square-minus-13', options: {} }, ${scenarioBody}`,
  'unknown-axis-scenario.mjs': `import { defineScenario } from 'breakeven';
export default defineScenario({ title: 'Axis', question: 'Does it pay?', from: 'lists', claims: [],
  kernel: { module: 'square-minus-13', options: {} }, sweeps: [{ kees: [2] }], quick: [{ kees: [2] }] });`,
  'add.mjs': `import { defineKernel } from 'breakeven';
export default defineKernel({ title: 'add', options: { add: 1 }, ${kernelBody}`,
  'choosy.mjs': `import { defineKernel } from 'breakeven';
export default defineKernel({ title: 'choosy', options: { add: 1 }, split: 'never', agree: 'exact',
  make({ add }) { throw new Error('add must be even, and ' + add + ' is odd'); } });`,
  'serial.mjs': `import { defineStrategy } from 'breakeven';
export default defineStrategy({ title: 'own loop', family: 'serial', open: ({ kernel }) => ({ close() {},
  run: (input) => new Map([...input].map(([key, xs]) => { const out = xs.slice(); kernel.list(xs, out); return [key, out]; })) }) });`,
  'pool.mjs': `import { defineStrategy, pooledSession, threadPool } from 'breakeven';
export default defineStrategy({ title: 'own pool', family: 'threads',
  open: async (request) => pooledSession(await threadPool(request), request) });`,
  'wrong.mjs': `import { defineStrategy } from 'breakeven';
export default defineStrategy({ title: 'answers its input', family: 'serial',
  open: () => ({ close() {}, run: (input) => new Map([...input].map(([key, xs]) => [key, xs.slice()])) }) });`,
  'half.mjs': 'export default (list) => list.map((x) => x / 2);',
  'total.mjs': 'export default (list) => list.reduce((sum, x) => sum + x, 0);',
  'later.mjs': `import { setTimeout } from 'node:timers/promises';
export default async (list) => { await setTimeout(1); return list.map((x) => x + 1); };`,
  'throws.mjs': "export default () => { throw new Error('no idea'); };",
  'changes-input.mjs': 'export default (list) => { list[0] = -1; return list.slice(); };',
  'random.mjs': 'export default (list) => list.map((x) => x + Math.random());',
  'main-thread-only.mjs': `import { isMainThread } from 'node:worker_threads';
if (!isMainThread) throw new Error('only on the main thread');
export default (list) => list.slice();`,
  'shorter.mjs': 'export default (list) => list.slice(1);',
  'text.mjs': "export default () => 'hello';",
  'no-default.mjs': 'export const kernel = 1;',
  'default-number.mjs': 'export default 42;',
  'default-object.mjs': "export default { title: 'nothing else' };",
  'typed.ts': 'export default (list: number[]) => list;',
  'syntax.mjs': 'export default (list',
  'lists.json': '{"a":[1,2,3],"b":[4,5],"c":[6],"d":[7,8,9,10]}',
  'lists.ndjson': '{"key":"a","values":[1,2,3]}\n{"key":"b","values":[4.5]}\n',
  'rows.csv': 'city,delay\nA,1\nB,2\nA,3\nB,\nC,9\n',
  'truncated.json': '{"a":[1,2,',
  'strings.json': '{"a":[1,2,"x"]}',
  'empty.json': '',
  'fake.parquet': 'not parquet',
  'notes.txt': 'hello',
  'empty.ndjson': '',
  'other.ndjson': '{"a":1}\n',
  'newer.ndjson': '{"type":"run","format":"breakeven-results","version":99}\n',
  'cut-off.ndjson': '{"type":"run","format":"breakeven-resu',
} as const;

export interface Fixtures {
  readonly folder: string;
  remove(): void;
}

/** A new folder with all of them in it. */
export function writeFixtures(): Fixtures {
  const folder = mkdtempSync(join(tmpdir(), 'breakeven-test-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
