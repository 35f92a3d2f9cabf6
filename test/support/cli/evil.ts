/*
 * Plug-ins that do what no plug-in should, as files of a few lines: what they do to the process that imports them is
 * nobody's loss but theirs.
 */

/** What a module does while it is imported; each comes before an export that is right. */
export const atImport = {
  'ends its process as if all were well': 'process.exit(0);',
  'ends its process with a code': 'process.exit(7);',
  'is killed': "process.kill(process.pid, 'SIGKILL');",
  throws: "throw new Error('no luck today');",
  'throws what is no error': 'throw null;',
  'rejects unheard':
    "Promise.reject(new Error('nobody listens')); await new Promise((r) => setTimeout(r, 50));",
  'throws in a timer':
    "setTimeout(() => { throw new Error('out of time'); }); await new Promise((r) => setTimeout(r, 50));",
  'closes its channel': 'process.disconnect(); await new Promise(() => {});',
  'closes its channel unheard': "process.removeAllListeners('disconnect'); process.disconnect(); for (;;);",
  'writes into its channel what is no message':
    "const { writeSync } = await import('node:fs'); for (let fd = 3; fd < 40; fd++) try { writeSync(fd, Buffer.from([0, 0, 0, 8, 9, 9, 9, 9, 9, 9, 9, 9])); } catch {} await new Promise(() => {});",
  'cannot be parsed': 'const = ;',
  'imports what is not there': "import './not-there.mjs';",
} as const;

/** What never comes to an end. */
export const endless = {
  'never finishes loading': 'await new Promise(() => {});',
  'loops while it is imported': 'for (;;);',
} as const;

export const rightKernel = `export default { title: 'K', options: { add: 1 }, split: 'elements', agree: 'exact',
  make: ({ add }) => ({ kind: 'map', work: (n) => ({ flops: n, bytes: 16 * n }),
    list(xs, out) { for (let i = 0; i < xs.length; i++) out[i] = xs[i] + add; } }) };`;

export const rightStrategy = `export default { title: 'S', family: 'serial', open: ({ kernel }) => ({ close() {},
  run: (input) => new Map([...input].map(([key, xs]) => { const out = xs.slice(); kernel.list(xs, out); return [key, out]; })) }) };`;

export const rightScenario = `export default { title: 'T', question: 'Does it pay?', from: 'lists', claims: [],
  kernel: { module: 'square-minus-13', options: {} }, strategies: ['for-loop'],
  sweeps: [{ keys: [2], length: [20] }], quick: [{ keys: [2], length: [20] }] };`;

/** A right one with one thing changed. */
export function kernelWith(change: string): string {
  return `${rightKernel.replace('export default', 'const right =')}\nexport default { ...right, ${change} };`;
}

export function strategyWith(change: string): string {
  return `${rightStrategy.replace('export default', 'const right =')}\nexport default { ...right, ${change} };`;
}

export function scenarioWith(change: string): string {
  return `${rightScenario.replace('export default', 'const right =')}\nexport default { ...right, ${change} };`;
}

/** Changes of a kernel, and what is said of each. */
export const kernelFaults: readonly (readonly [change: string, says: string])[] = [
  ['make: () => null', 'its make() returned null. It must return { kind, list, work }'],
  ['make: () => undefined', 'its make() returned undefined'],
  ['make: async () => ({})', 'its make() returned a promise'],
  ["make: () => ({ kind: 'mapp', list() {} })", 'its make() returned an object with kind, list'],
  ["make: () => ({ kind: 'map' })", 'has no function `list`'],
  ["make: () => { throw new Error('no such work'); }", 'cannot be made with add 1: no such work'],
  ['make: () => process.exit(0)', 'its process ended with exit code 0'],
  ['make: 5', 'Missing in it or wrong: make'],
  ['options: null', 'Missing in it or wrong: options'],
  ['options: [1]', 'Missing in it or wrong: options'],
  [
    'options: { add: 1, fast: true }',
    'options.fast: Invalid type: Expected (number | string) but received true',
  ],
  ['options: { add: null }', 'options.add: Invalid type'],
  ['options: { add: [1, 2] }', 'options.add: Invalid type'],
  ['options: { add: NaN }', 'options.add: Invalid type'],
  ['options: { add: Infinity }', 'options.add: Invalid finite'],
  ['options: { add: () => 1 }', 'options.add: Invalid type'],
  ['title: 5', 'Missing in it or wrong: title'],
  ['agree: { ulps: -1 }', 'agree'],
  ['calibrate: 5', 'Missing in it or wrong: calibrate'],
  ['calibrate: () => ({ rate: true })', 'what its calibrate() returned: rate: Invalid type'],
  ["calibrate: () => { throw new Error('no clock'); }", 'no clock'],
  ["get options() { throw new Error('keep out'); }", 'keep out'],
  [
    "make: () => new Proxy({}, { get() { throw new Error('no entry'); } })",
    'in its make() or work(), it threw: no entry. Mend it there, or leave it out.',
  ],
];

export const strategyFaults: readonly (readonly [change: string, says: string])[] = [
  ["style: { colour: 'red' }", 'style.colour: a colour like #0072B2'],
  ["computesOn: 'rows'", 'computesOn: Invalid type'],
  ["supports() { throw new Error('ask me later'); }", 'its supports() threw: ask me later'],
  ['supports: async () => true', 'its supports() returned a promise'],
  ['supports: () => 5', 'its supports() returned number 5'],
  ['supports: () => ({ reason: 5 })', 'its supports() returned an object with reason'],
  ['supports: () => process.exit(0)', 'its process ended with exit code 0'],
  ["options: { mode: 'fast' }", 'options.mode: Invalid type: Expected Array but received "fast"'],
  ['options: { mode: [] }', 'options.mode: Invalid length'],
  ['options: { mode: [true] }', 'options.mode.0: Invalid type'],
  ['options: 5', 'options: Invalid type'],
  ["footprint: { lists: 'many' }", 'footprint.lists: Invalid type'],
  ['title: null', 'no `title`'],
  ["family: 'parallel'", 'no `family`'],
  ['open: 5', 'no function `open`'],
];

export const scenarioFaults: readonly (readonly [change: string, says: string])[] = [
  ["strategies: 'for-loop'", 'strategies: Invalid type: Expected ("node" | Array) but received "for-loop"'],
  ["claims: [{ says: 'x' }]", 'claims.0.account: Invalid'],
  ['claims: [null]', 'claims.0: Invalid type'],
  ['sweeps: [{ keys: [true] }]', 'sweeps.0.keys.0: Invalid type'],
  ['sweeps: [{ keys: [null] }]', 'sweeps.0.keys.0: Invalid type'],
  ["kernel: { module: 'square-minus-13', options: null }", 'kernel'],
  ["kernel: { module: 'square-minus-13', options: { fast: true } }", 'kernel.options.fast: Invalid type'],
  ['title: { toString() { for (;;); } }', '`title` must be a sentence'],
  ['data: { file: 5 }', 'data.file: Invalid type'],
  ['quick: 5', '`quick` must be a list'],
  ["get claims() { throw new Error('keep out'); }", 'keep out'],
];
