import { readFileSync } from 'node:fs';
import { runsSince } from '../commands.js';
import type { Draw, Ending, Fault, Kind } from '../fault.js';
import type { Ended } from '../run-command.js';
import type { Sandbox } from '../sandbox.js';

interface Evil {
  readonly words: string;
  readonly code: string;
  readonly codes: readonly Ending[];
  /** It ends by Ctrl-C alone, or by a limit of the tool's own. */
  readonly endless?: boolean;
}

const list = 'list.map((x) => x + 1)';
const plain = `export default (list) => ${list};`;

/** Before the default export is there: nothing can be measured. */
const atImport: readonly Evil[] = [
  { words: 'exits with 0', code: `process.exit(0); ${plain}`, codes: [1, 2] },
  {
    words: 'never finishes loading',
    code: `await new Promise(() => {}); ${plain}`,
    codes: [1, 2],
    endless: true,
  },
  { words: 'loads in an endless loop', code: `for (;;) {} ${plain}`, codes: [1, 2], endless: true },
  { words: 'throws null while it loads', code: `throw null; ${plain}`, codes: [1, 2] },
  { words: 'is no JavaScript', code: 'export default (', codes: [1, 2] },
  {
    words: 'kills itself while it loads',
    code: `process.kill(process.pid, 'SIGKILL'); ${plain}`,
    codes: [1, 2, 5],
  },
  { words: 'exports null', code: 'export default null;', codes: [2] },
  {
    words: 'exports a getter that throws',
    code: "export default { get kind() { throw new Error('no') }, title: 'x' };",
    codes: [1, 2],
  },
];

/** Once it is called: the strategy's crash is told, and nobody else suffers from it. */
const atCall = (draw: Draw): readonly Evil[] => {
  const n = draw.integer(1, 60);
  return [
    {
      words: 'computes in an endless loop',
      code: 'export default (list) => { for (;;); };',
      codes: [0, 1, 2, 3, 4],
      endless: true,
    },
    {
      words: `computes in an endless loop from call ${n} on`,
      code: `let n = 0; export default (list) => { if (++n >= ${n}) for (;;); return ${list}; };`,
      codes: [0, 1, 2, 3, 4],
      endless: true,
    },
    {
      words: `throws at call ${n}`,
      code: `let n = 0; export default (list) => { if (++n === ${n}) throw new Error('database is down'); return ${list}; };`,
      codes: [0, 1, 2, 3, 4],
    },
    {
      words: `exits at call ${n}`,
      code: `let n = 0; export default (list) => { if (++n === ${n}) process.exit(0); return ${list}; };`,
      codes: [0, 1, 2, 3, 4],
    },
    {
      words: 'never settles',
      code: 'export default () => new Promise(() => {});',
      codes: [0, 1, 2, 3, 4],
      endless: true,
    },
    {
      words: 'answers differently each time',
      code: 'let n = 0; export default (list) => list.map((x) => x + n++);',
      codes: [1, 2],
    },
    {
      words: 'allocates without an end',
      code: 'const kept = []; export default (list) => { for (;;) kept.push(new Float64Array(1e6).fill(1)); };',
      codes: [0, 1, 2, 3, 4, 5],
      endless: true,
    },
    {
      words: 'writes 100 MB to stdout',
      code: `let n = 0; export default (list) => { if (n++ === 0) for (let i = 0; i < 100; i++) process.stdout.write('x'.repeat(1e6)); return ${list}; };`,
      codes: [0, 1, 2, 3, 4],
      endless: true,
    },
  ];
};

/** Done beside the work, from a module that does its work well. */
const beside = (draw: Draw): readonly Evil[] => {
  const ms = draw.integer(100, 6_000);
  const fine: readonly Ending[] = [0, 1, 2, 3, 4];
  const mild = (words: string, code: string, codes = fine): Evil => ({
    words,
    code: `${code}; ${plain}`,
    codes,
  });
  return [
    mild(`throws after ${ms} ms`, `setTimeout(() => { throw new Error('late'); }, ${ms})`),
    mild('rejects unheard', "Promise.reject(new Error('unheard'))"),
    mild('sends null to its parent', 'process.send?.(null)'),
    mild('forges an outcome', "process.send?.({ type: 'outcome', outcome: { status: 'measured' } })"),
    mild(
      'forges a folder to be removed',
      "process.send?.({ type: 'leftover', leftover: { kind: 'folder', folder: process.env.HOME + '/../elsewhere' } })",
    ),
    mild('adds to Array.prototype', "Array.prototype.extra = 'mine'"),
    mild('adds to Object.prototype', "Object.prototype.extra = 'mine'"),
    mild('replaces JSON.stringify', "JSON.stringify = () => 'mine'"),
    mild(
      'starts a detached process',
      "import { spawn } from 'node:child_process'; spawn('sleep', ['100'], { detached: true, stdio: 'ignore' }).unref()",
    ),
    mild('opens a server', "import { createServer } from 'node:net'; createServer().listen(0)"),
    mild('keeps a timer', 'setInterval(() => {}, 50)'),
    mild('cuts its channel', 'process.disconnect?.()'),
    mild('ends its parent', "process.kill(process.ppid, 'SIGTERM')", [...fine, 130, 'SIGTERM']),
    mild(
      'deletes its own file',
      "import { rmSync } from 'node:fs'; rmSync(new URL(import.meta.url), { force: true })",
      [...fine, 5],
    ),
    mild('loops in an exit listener', "process.on('exit', () => { for (;;); })"),
    mild(
      'swallows SIGTERM and SIGINT',
      "for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(s, () => {})",
    ),
    mild('changes the folder', "process.chdir('/')"),
    mild('writes to stderr without a newline', "process.stderr.write('\\u001b[2J')"),
  ];
};

export const plugIns: Kind = {
  name: 'plug-ins',
  weight: 14,
  draw: (draw) => draw.pick([drawKernel, drawKernel, drawKernel, drawKernelPlugin, drawStrategy])(draw),
};

function drawKernel(draw: Draw): Fault {
  const evil = draw.pick([atImport, atCall(draw), beside(draw), beside(draw)]);
  const { words, code, codes, endless } = draw.pick(evil);
  const use = draw.pick(['bench', 'bench', 'check', 'advise'] as const);
  return {
    title: `a function that ${words}`,
    prepare: (box) => box.write('project/bench/k.mjs', code),
    ...usesOfKernel[use],
    codes: endless ? [...codes, 130] : codes,
    interruptAfterMs: endless ? draw.integer(6_000, 10_000) : undefined,
    partial: codes.includes(0),
    spoils: ['project/bench/k.mjs'],
    verify: checkElsewhere,
  };
}

const usesOfKernel = {
  bench: { command: 'bench --kernel', args: undefined },
  check: { command: 'check', args: ['check', 'bench/k.mjs'] },
  advise: { command: 'advise --kernel', args: undefined },
} as const;

/** Whole kernels and scenarios, which say odd things about themselves. */
function drawKernelPlugin(draw: Draw): Fault {
  const make =
    "make: () => ({ kind: 'map', list: (xs, out) => { for (let i = 0; i < xs.length; i++) out[i] = xs[i]; }, work: () => ({ flops: 1, bytes: 1 }) })";
  const kernel = (rest: string) =>
    `export default { title: 'K', split: 'elements', agree: 'exact', ${rest} };`;
  const [words, code] = draw.pick([
    ['has an option that is true', kernel(`options: { fast: true }, ${make}`)],
    ['has an option that is a list', kernel(`options: { fast: [1] }, ${make}`)],
    ['has options that are null', kernel(`options: null, ${make}`)],
    ['makes null', kernel('options: {}, make: () => null')],
    ['makes in an endless loop', kernel('options: {}, make: () => { for (;;); }')],
    ['throws in make', kernel("options: {}, make: () => { throw new Error('no') }")],
    ['has a title that is a number', kernel(`options: {}, ${make}`).replace("'K'", '7')],
    [
      'returns a Proxy',
      kernel("options: {}, make: () => new Proxy({}, { get() { throw new Error('no') } })"),
    ],
  ]);
  const endless = words.includes('endless');
  return {
    title: `a kernel that ${words}`,
    command: 'bench --kernel',
    moreArgs: draw.chance(0.3) ? ['--dry-run'] : [],
    prepare: (box) => box.write('project/bench/k.mjs', code),
    interruptAfterMs: endless ? 8_000 : undefined,
    codes: endless ? [1, 2, 130] : [0, 1, 2, 3, 4],
    partial: true,
    verify: (box, ended) => checkReadable(box, ended),
  };
}

function drawStrategy(draw: Draw): Fault {
  const strategy = (
    rest: string,
    run = 'for (let i = 0; i < 1; i++) kernel.list(xs, out);',
  ) => `export default { title: 'own', family: 'serial', ${rest}
  open: ({ kernel }) => ({ close() {}, run: (input) => new Map([...input].map(([key, xs]) => { const out = xs.slice(); ${run} return [key, out]; })) }) };`;
  const crash =
    "export default { title: 'own', family: 'serial', open: () => ({ run: () => { throw new Error('database is down') }, close() {} }) };";
  const [words, code, codes] = draw.pick<[string, string, readonly Ending[]]>([
    ['says no by false', strategy('supports: () => false,'), [0, 2, 3, 4]],
    ['throws in supports', strategy("supports: () => { throw new Error('no') },"), [1, 2]],
    ['never answers in supports', strategy('supports: () => { for (;;); },'), [1, 2, 130]],
    ['answers wrongly', strategy('', 'kernel.list(xs, out); out[0] += 1;'), [1]],
    [
      'answers with its input',
      "export default { title: 'own', family: 'serial', open: () => ({ run: (input) => input, close() {} }) };",
      [1],
    ],
    ['crashes', crash, [1]],
    ['opens null', "export default { title: 'own', family: 'serial', open: () => null };", [1, 2]],
    [
      'never closes',
      strategy('').replace('close() {}', 'close: () => new Promise(() => {})'),
      [0, 1, 2, 3, 4, 130],
    ],
    ['has a family that nobody knows', strategy('').replace("'serial'", "'magic'"), [2]],
  ]);
  const compared = words === 'crashes' && draw.chance(0.6);
  return {
    title: `a strategy that ${words}`,
    command: compared ? 'compare tree' : 'bench',
    args: compared
      ? [
          'compare',
          '--base',
          'HEAD',
          '--scenario',
          'bench/mine.mjs',
          '--rounds',
          '2',
          '--only',
          'bench/own.mjs',
          '--out',
          'runs',
        ]
      : [
          'bench',
          '--scenario',
          'bench/mine.mjs',
          '--rounds',
          '1',
          '--limit',
          '4',
          '--only',
          'bench/own.mjs',
          '--keys',
          '2',
          '--length',
          '60',
          '--out',
          'runs',
        ],
    prepare: (box) => box.write('project/bench/own.mjs', code),
    interruptAfterMs: codes.includes(130) ? 9_000 : undefined,
    // Crashed in the working tree and in the commit alike is nothing that could be compared.
    codes: compared ? [1, 3] : codes,
    exact: true,
    partial: true,
    verify: (box, ended) => [
      ...checkReadable(box, ended),
      ...(words === 'says no by false' ? checkNo(box, ended) : []),
    ],
  };
}

function checkNo(box: Sandbox, ended: Ended): string[] {
  const measured = runsSince(box, ended.since).some((path) =>
    /"status":"(measured|crashed|wrong)"/.test(readFileSync(path, 'utf8')),
  );
  return measured ? ['a strategy that says no was measured'] : [];
}

/** Green, and a run that nobody can read: nothing was kept. */
function checkReadable(box: Sandbox, { code, since }: Ended): string[] {
  if (code !== 2) return [];
  const measured = runsSince(box, since).some((path) => readFileSync(path, 'utf8').includes('"type":"cell"'));
  return measured ? ['all was measured before the input was refused'] : [];
}

function checkElsewhere(box: Sandbox): string[] {
  try {
    readFileSync(box.at('elsewhere/a.csv'));
    return [];
  } catch {
    return ['a forged message removed a foreign file: elsewhere/a.csv'];
  }
}
