import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { oneProcess } from '../../test/support/cli/one-process.js';
import { breakevenAlone, type Ended } from '../../test/support/cli/program.js';

const { folder, remove } = writeFixtures();
const together = oneProcess({ cwd: folder });
afterAll(async () => {
  await together.end();
  remove();
});

type Case = readonly [args: string, says: string | RegExp];

/** What is said of the scenario `tiny.mjs` and these further arguments. */
const ofBench: Readonly<Record<string, readonly Case[]>> = {
  'names that there are not': [
    ['--scenario larg-lists', 'there is no scenario "larg-lists". Did you mean "large-lists"?'],
    ['--scenario missing.mjs', 'scenario file missing.mjs does not exist.'],
    ['--only for-lop', 'there is no strategy "for-lop". Did you mean "for-loop"?'],
    ['--only worker-thread', 'there is no strategy "worker-thread". Did you mean "worker-threads"?'],
    ['--only child-process[serialization=xml]', 'cannot be "xml". There are: json, advanced.'],
    ['--only child-process[serialisation=json]', 'Did you mean "serialization"?'],
    ['--kernel sqare-minus-13', 'there is no kernel "sqare-minus-13". Did you mean "square-minus-13"?'],
    ['--kernel missing.mjs', 'kernel file missing.mjs does not exist.'],
    ['--lenght 10', 'there is no option or axis --lenght here. Did you mean --length?'],
    ['--scenaro tiny.mjs', 'there is no option or axis --scenaro here. Did you mean --scenario?'],
    ['--quik', 'there is no option --quik. Did you mean --quick?'],
    [
      '--only child-process --serialization json',
      "an option of the strategy child-process: --strategy 'child-process[serialization=…]'",
    ],
    ['--keys 4 8', '"8" stands alone. Values of one axis are joined by commas'],
  ],
  'values that an axis cannot have': [
    ['--keys 0', '--keys 0: it must be a whole number above 0'],
    ['--keys -4', '--keys -4: it must be a whole number above 0'],
    ['--keys 2.5', '--keys 2.5: it must be a whole number above 0'],
    ['--keys many', '--keys many: it must be a whole number above 0'],
    ['--keys 16777217', 'at most 2^24 (16,777,216)'],
    ['--keys 1e99', 'at most 2^24'],
    ['--keys', '--keys stands without a value.'],
    ['--keys 4,,8', '--keys has an empty value.'],
    ['--keys 8..4x2', 'is no range: write FROM..TOxFACTOR'],
    ['--keys 1..8', 'is no range: write FROM..TOxFACTOR'],
    ['--length 0', '--length 0: it must be a whole number above 0'],
    ['--length 200000000 --keys 1', 'more than the 134217725 numbers that V8 can hold in one array'],
    ['--skew -1', '--skew -1: it must be equal, or a Zipf exponent above 0'],
    ['--values reals', '--values reals: it must be ints or doubles.'],
    ['--chunk 0', '--chunk 0: it must be key, balanced, or a whole number'],
    ['--workers 0', '--workers 0: it must be a whole number above 0'],
    ['--workers 1.5', '--workers 1.5: it must be a whole number above 0'],
    [
      '--kernel sqrt-chain --steps 2.5',
      'kernel "sqrt-chain" cannot be made with steps 2.5: steps must be a whole',
    ],
    [
      '--kernel burn --cost -1',
      /kernel "burn" cannot be made with cost -1, .*: cost is microseconds per list/,
    ],
    ['--kernel wait --ms -1', 'kernel "wait" cannot be made with ms -1: ms is how long an item waits'],
    ['--kernel sqrt-chain --steps few', '--steps few: it must be a number.'],
  ],
  'options that cannot be': [
    ['--rounds 0', '--rounds 0: it must be a whole number from 1.'],
    ['--rounds two', '--rounds two: it must be a whole number from 1.'],
    ['--seed -1', '--seed -1: it must be a whole number from 0.'],
    ['--seed 1 --seed 2', '--seed is given 2 times; give it once.'],
    ['--budget 60', '--budget 60: the unit is missing. Write 60s for seconds, 60m for minutes.'],
    ['--budget 60x', 'there is no unit "x". There are: ms, s, m, h.'],
    ['--budget 0s', '--budget 0s: it must be above 0.'],
    ['--budget -5m', '--budget -5m: it must be above 0.'],
    ['--budget soon', '--budget soon: it must be a number and a unit, like 90s, 2.5m or 1h.'],
    ['--budget 1.2.3s', '--budget 1.2.3s: 1.2.3 is not a number.'],
    ['--budget 5ms', /a budget of .* is too small for one round of tiny: .* --budget \d+s holds one round/],
    [
      '--budget default',
      '--budget default: scenario tiny names no budget of its own; give a time, like --budget 5m.',
    ],
    ['--scenario prices-alone.mjs --budget 1m', 'the strategies of scenario prices-alone are no rivals'],
    ['--scenario overheads --budget default', 'the strategies of scenario overheads are no rivals'],
    ['--budget 1m --rounds 4', '--budget and --rounds: give one of them.'],
    ['--limit 0', '--limit 0: it must be a whole number from 1.'],
    ['--cpus 9999', '--cpus 9999: there are no such processors'],
    ['--cpus first', '--cpus first: write processors like 0, 0-3 or 0,2.'],
    ['--node-arg=--bogus', 'Node refuses it: bad option: --bogus.'],
    ['--node-arg --bogus', 'Write one that begins with a dash so: --node-arg=--like-this.'],
    ['--out notes.txt', '--out notes.txt cannot be written'],
    ['--out notes.txt/below', '--out notes.txt/below cannot be written'],
    ['--group-by city', '--group-by says how a data file is read: name the file too, with --data FILE.'],
  ],
  'runs that cannot fit in memory': [
    [
      '--keys 40 --length 1e8',
      /needs about \d+ [GM]i?B, and [\d.]+ [GM]i?B of the free [\d.]+ [GM]i?B may be used\. --length \d+ would fit\./,
    ],
    ['--keys 1e7 --length 1e4', 'at 10000000 keys length may be at most 429'],
  ],
  'files that are no kernel, strategy or scenario': [
    ['--kernel no-default.mjs', 'kernel no-default.mjs has no default export. Add `export default …` to it.'],
    ['--kernel default-number.mjs', 'its default export is a number. Export a function `list => list`'],
    ['--kernel default-object.mjs', 'its default export is an object with title. Export a function'],
    ['--kernel syntax.mjs', 'kernel syntax.mjs cannot be imported'],
    ['--kernel .', 'there is no kernel "."'],
    ['--only no-default.mjs', 'strategy no-default.mjs has no default export.'],
    ['--only default-object.mjs', 'its default export has no function `open`.'],
    ['--scenario no-default.mjs', 'scenario no-default.mjs has no default export.'],
    ['--scenario default-object.mjs', 'scenario default-object.mjs: `question` must be a sentence'],
    ['--scenario unknown-axis-scenario.mjs', 'sweeps "kees", which is no axis here. Did you mean "keys"?'],
  ],
  'kernels that could not be judged': [
    ['--kernel throws.mjs', 'the kernel threw on the list of key "key1": Error: no idea'],
    ['--kernel changes-input.mjs', 'the kernel changed its input: key "key1", index 0'],
    ['--kernel random.mjs', 'the kernel is not deterministic: for key "key1"'],
    ['--kernel shorter.mjs', 'the kernel answered 19 numbers for the 20 of key "key1"'],
    ['--kernel text.mjs', 'It must return a list of numbers or one number'],
    ['--kernel main-thread-only.mjs', 'cannot be imported in a worker'],
    [
      '--kernel choosy.mjs --add 3',
      'kernel "choosy" cannot be made with add 3: add must be even, and 3 is odd',
    ],
  ],
  'data that cannot be read': [
    ['--data missing.json', 'missing.json: there is no such file'],
    ['--data truncated.json', 'truncated.json: is cut off in the list of key "a", index 2'],
    ['--data strings.json', 'key "a", index 2: expected a number, found "x"'],
    ['--data empty.json', 'empty.json: is empty (0 bytes)'],
    ['--data fake.parquet', 'does not begin with PAR1'],
    ['--data notes.txt', 'is a table: name the column whose text becomes the key with groupBy (--group-by)'],
    ['--data rows.csv', "with groupBy (--group-by); its columns are 'city', 'delay'"],
    ['--data rows.csv --group-by', '--group-by stands without a value.'],
    ['--data rows.csv --group-by city', 'name the column of numbers with value (--value)'],
    ['--data rows.csv --group-by city --value dela', "Did you mean 'delay'?"],
    ['--data lists.json --keys 9', '--keys 9: the data has 4 keys, so take at most as many.'],
    ['--data lists.json --skew 1', '--skew says how data is generated, and this run reads a file'],
  ],
};

const ofOthers: readonly Case[] = [
  ['brnch', 'there is no command "brnch". Did you mean "bench"?'],
  ['lst', 'there is no command "lst". Did you mean "list"?'],
  ['list strategies', 'list does not take the word "strategies"; see --help.'],
  ['list --keys 4', 'list has no option --keys.'],
  ['report a b', 'report does not take the word "b"'],
  ['report missing', "missing does not exist: name a run's folder or its results.ndjson."],
  ['report .', 'holds no results.ndjson: it is not the folder of a run.'],
  ['report empty.ndjson', 'empty.ndjson is empty or has no complete line'],
  ['report cut-off.ndjson', 'cut-off.ndjson is empty or has no complete line'],
  ['report other.ndjson', 'is not a results file of breakeven'],
  ['report newer.ndjson', 'has version 99 of the results format; this tool reads version'],
  ['report notes.txt', 'it is not a results file'],
  ['report . --explain c1 --bandwidth .', '--explain and --bandwidth: give one of them.'],
  ['report --out nowhere', 'there is no run below nowhere yet'],
];

for (const [title, cases] of Object.entries(ofBench)) {
  describe.concurrent(`bench refuses ${title}`, { timeout: 60_000 }, () => {
    it.each(firstByItself(cases))('%s', (args, says, run) => {
      const scenario = args.includes('--scenario ') ? [] : ['--scenario', 'tiny.mjs'];
      return refused([...scenario, ...args.split(' ')], says, run);
    });
  });
}

describe.concurrent('the other commands refuse', { timeout: 60_000 }, () => {
  it.each(firstByItself(ofOthers))('%s', (args, says, run) => refused(args.split(' '), says, run));
});

describe('a TypeScript plug-in', { timeout: 60_000 }, () => {
  const stripsTypes = Boolean((process.features as { readonly typescript?: unknown }).typescript);
  it.skipIf(stripsTypes)('is refused by a Node that cannot load it', () =>
    refused(
      ['--scenario', 'tiny.mjs', '--kernel', 'typed.ts'],
      'kernel typed.ts is TypeScript: compile it, or use Node 22.18 or newer.',
      byItself,
    ),
  );
});

type Run = (args: readonly string[]) => Promise<Ended>;

const byItself: Run = (args) => breakevenAlone(args, { cwd: folder });

/** The first of each kind in a process of its own, as a user's; the others in one that has loaded the program. */
function firstByItself(cases: readonly Case[]): [...Case, Run][] {
  return cases.map(([args, says], index) => [args, says, index === 0 ? byItself : together.run]);
}

/** Exit code 2, one sentence or two, no stack, nothing on stdout, and no folder of a run. */
async function refused(args: readonly string[], says: string | RegExp, run: Run): Promise<void> {
  const { code, stdout, stderr } = await run(args);
  if (typeof says === 'string') expect(stderr).toContain(says);
  else expect(stderr).toMatch(says);
  expect(stderr).toMatch(/^breakeven: .*$/m);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe('');
  expect(code).toBe(2);
  expect(existsSync(join(folder, 'reports'))).toBe(false);
}
