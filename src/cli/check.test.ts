import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { breakeven, breakevenAlone } from '../../test/support/cli/program.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const scenario = (fields: string) => `import { defineScenario } from 'breakeven';
  export default defineScenario({ title: 'T', question: 'Q?', kernel: { module: 'sum', options: {} }, from: 'lists',
    sweeps: [{ keys: [4, 8] }], quick: [{ keys: [4] }], strategies: ['for-loop', 'typed-array'], claims: [], ${fields} });`;

const strategy = (run: string) => `import { defineStrategy, isLists, toForm, toLists } from 'breakeven';
  export default defineStrategy({ title: 'mine', family: 'serial',
    supports: ({ kind }) => (kind === 'map' ? true : { reason: 'maps only' }),
    open: ({ kernel }) => ({ close() {}, run(input) { ${run} } }) });`;

const rightRun = `const answers = new Map();
  for (const [key, list] of isLists(input) ? input : toLists(input)) {
    const out = list.slice(); kernel.list(list, out); answers.set(key, out);
  }
  return toForm(answers, isLists(input) ? 'lists' : 'columns');`;

describe.concurrent('check', { timeout: 120_000 }, () => {
  test('passes a strategy that keeps the contract: exit code 0', async () => {
    const { code, lines } = await check(strategy(rightRun));
    expect(lines.at(-1)).toMatch(/^\d\d+ passed, 0 failed$/);
    expect(lines).toContain('✓ square-minus-13, columns: no keys');
    expect(lines).toContain('– wait: maps only');
    expect(code).toBe(0);
  });

  test('says what is wrong with a strategy, a line per case: exit code 1', async () => {
    const { code, lines } = await check(strategy(`if (input.size === 0) return undefined; ${rightRun}`));
    expect(lines).toContain(
      '✗ square-minus-13, lists: no keys: run answered wrongly: not a dictionary: expected lists (a Map), got undefined',
    );
    expect(lines.at(-1)).toMatch(/ passed, 6 failed$/);
    expect(code).toBe(1);
  });

  test('survives a strategy that ends the process', async () => {
    const { code, lines } = await check(strategy('process.exit(5);'), breakevenAlone);
    expect(lines.at(-2)).toContain('its process ended (exit code 5)');
    expect(code).toBe(1);
  });

  test('tells a plain function from a plug-in', async () => {
    const { code, lines } = await check('export default (list) => list.reduce((a, b) => a + b, 0)');
    expect(lines.at(-1)).toBe('5 passed, 0 failed');
    expect(code).toBe(0);
  });

  test('passes a scenario', async () => {
    const { code, lines } = await check(scenario(''));
    expect(lines).toEqual([
      '✓ its sweeps can be measured',
      '✓ its quick sweeps can be measured',
      '2 passed, 0 failed',
    ]);
    expect(code).toBe(0);
  });

  test.each([
    [`strategies: ['for-lop']`, 'Did you mean "for-loop"?'],
    [`kernel: { module: 'som', options: {} }`, 'Did you mean "sum"?'],
    [`sweeps: [{ keys: [0] }]`, 'keys 0'],
    [`sweeps: [{ kees: [4] }]`, 'kees'],
    [
      `claims: [{ says: 's', account: 'warm', faster: 'rust', than: 'for-loop', where: {} }]`,
      'it speaks of "rust", which is no strategy',
    ],
    [
      `claims: [{ says: 's', account: 'warm', faster: 'vectorized', than: 'for-loop', where: { keys: [5] } }]`,
      'no sweep has such a point: keys is 4, 8',
    ],
    [
      `prices: { rows: [{ what: 'w', strategy: 'rust', of: 'warm', per: 'event' }] }`,
      'it speaks of "rust", which is the label of no strategy',
    ],
  ])('says what is wrong with a scenario: %s', async (fields, words) => {
    const { code, lines } = await check(scenario(fields));
    expect(lines.join('\n')).toContain(words);
    expect(code).toBe(1);
  });

  test.each([
    ['export const a = 1;', 'has no default export'],
    ['export default { a: 1 };', 'neither a strategy (with `open`), nor a kernel'],
    ['export default {', 'cannot be imported'],
    [`export default { open() {}, title: 'x', family: 'x' };`, 'one of serial, concurrent'],
    ['process.exit(0)', 'while it was imported, its process ended (exit code 0)'],
  ])('%s is bad input: exit code 2', async (source, words) => {
    const { code, stderr } = await check(source);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });

  test('a file that does not exist is bad input', async () => {
    const { code, stderr } = await run(join(folder, 'none.mjs'));
    expect(stderr).toContain('none.mjs does not exist');
    expect(code).toBe(2);
  });
});

let files = 0;

function check(source: string, carryOut = breakeven) {
  const file = join(folder, `file${files++}.mjs`);
  writeFileSync(file, source);
  return run(file, carryOut);
}

async function run(file: string, carryOut = breakeven) {
  const { code, stdout, stderr } = await carryOut(['check', file], { cwd: folder });
  return { code, lines: stdout.trim().split('\n'), stderr };
}
