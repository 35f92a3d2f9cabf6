import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleStrategies, syntheticResults } from '../../../test/support/synthetic.js';
import { analyse } from '../../analysis/analyse.js';
import { compare } from '../../compare/compare.js';
import { plainLimits } from '../../compare/limits.js';
import { codeMarkdown, escapeMarkdown, escapeTerminal, fenceMarkdown } from '../../render/escape.js';
import type { CellRecord, Results } from '../../results/format.js';
import { readResults } from '../../results/reader.js';
import { comparisonPage } from './comparison.js';
import { makePageFiles } from './page.js';
import { reportFiles } from './verdict.js';

const noCharts = () => {
  throw new Error("Cannot find module 'canvas'");
};

/** Pieces that end a line, a table's cell, code or text, or begin a tag, a link, a picture or a terminal's command. */
const piece = fc.constantFrom(
  '|',
  '`',
  '``',
  '```',
  '\n',
  '\r\n',
  '\u001b[31m',
  '\u001b]0;owned\u0007',
  '\u009b2J',
  '\u202e',
  '[x](https://evil.example)',
  '![x](https://evil.example/p.png)',
  '<img src=x>',
  '<!--',
  '</details>',
  'a',
  ' b ',
  '\\',
  '\u0000',
);
const hostile = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => `z${pieces.join('')}z`);

const { header, records } = syntheticResults({
  strategies: exampleStrategies.slice(0, 2),
  sweeps: [{ keys: [4, 8] }],
  rounds: 4,
});

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'breakeven-hostile-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A run in which every text that comes from outside is hostile. */
function hostileRun(text: (place: string) => string): Results {
  const label = (name: string) => (name === 'for-loop' ? name : text(name));
  const changed = {
    ...header,
    tool: text('tool'),
    run: text('run'),
    createdAt: text('created'),
    command: ['bench', text('command'), "it's"],
    scenario: {
      ...header.scenario,
      id: text('id'),
      title: text('title'),
      question: text('question'),
      quickNote: text('note'),
      kernel: {
        ...header.scenario.kernel,
        id: text('kernel'),
        title: text('kernel title'),
        options: { [text('option')]: text('value') },
      },
      claims: [{ says: text('says'), account: 'warm', faster: 'for-loop', than: text('than'), where: {} }],
    },
    strategies: header.strategies.map((one) => ({ ...one, label: label(one.label), title: text(one.id) })),
    cells: header.cells.map((cell, index) => ({
      ...cell,
      strategy: label(cell.strategy),
      point: { ...cell.point, [text('axis')]: text('axis value') },
      ...(index === 3 ? { notApplicable: text('not applicable') } : {}),
    })),
    host: {
      ...header.host,
      cpu: text('cpu'),
      node: text('node'),
      os: text('os'),
      fingerprint: text('print'),
    },
  };
  const lines = records.map(
    (record): CellRecord =>
      record.cell === 'c2' ? { ...record, outcome: { status: 'wrong', message: text('message') } } : record,
  );
  const path = join(root, 'results.ndjson');
  writeFileSync(path, [changed, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
  return readResults(path);
}

/** What no page may hold outside of its fenced block: the signs of somebody else's that steer whoever shows it. */
function problemsOf(page: string): string[] {
  const problems: string[] = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(page))
    problems.push('a control character');
  let fence: string | undefined;
  let pipes: number | undefined;
  for (const line of page.split('\n')) {
    const mark = /^(`{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (line.trimEnd() === fence) fence = undefined;
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      continue;
    }
    const text = line.replace(/(?<![\\`])(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, 'code');
    if (/(?<!\\)!?\[[^\]]*\](?:\(|\[)https/.test(text)) problems.push(`a link: ${line}`);
    if (/<(?:img|!--)/.test(text) || /^<\/details>z/.test(text)) problems.push(`HTML: ${line}`);
    const own = [...line.matchAll(/(?<!\\)\|/g)].length;
    if (line.startsWith('|')) {
      if (pipes !== undefined && pipes !== own) problems.push(`a row of ${own} instead of ${pipes}: ${line}`);
      pipes = own;
    } else pipes = undefined;
  }
  if (fence !== undefined) problems.push('a block that nobody ends');
  return problems;
}

describe('whatever a results file says is shown as text', () => {
  test('in verdict and comparison', () => {
    fc.assert(
      fc.property(fc.infiniteStream(hostile), (stream) => {
        const texts = new Map<string, string>();
        const text = (place: string) => {
          const found = texts.get(place) ?? `${String(stream.next().value)}${texts.size}`;
          texts.set(place, found);
          return found;
        };
        const results = hostileRun(text);
        const { files } = reportFiles(analyse(results, { draws: 10 }), noCharts);
        const [verdict] = files;
        expect('text' in verdict ? problemsOf(verdict.text) : ['no text']).toEqual([]);
        const sides = [
          { name: text('base'), runs: [results] },
          { name: text('head'), runs: [results] },
        ] as const;
        const [page] = makePageFiles(
          comparisonPage(compare(...sides, { limits: plainLimits(), draws: 10 })),
          noCharts,
        ).files;
        expect('text' in page ? problemsOf(page.text) : ['no text']).toEqual([]);
      }),
      { numRuns: 60, seed: 14 },
    );
  }, 120_000);

  test('the check finds each of them', () => {
    expect(problemsOf('| a | b |\n| a | b | c |')).toHaveLength(1);
    expect(problemsOf('a [x](https://evil.example)')).toHaveLength(1);
    expect(problemsOf('a <img src=x>')).toHaveLength(1);
    expect(problemsOf('a \u001b[31m')).toHaveLength(1);
    expect(problemsOf('```sh\na')).toHaveLength(1);
    expect(problemsOf('`[x](https://a)` and `<img>`')).toEqual([]);
  });

  test('on a terminal, where ends of lines stay', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        expect(escapeTerminal(text)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      }),
    );
    expect(escapeTerminal('\u001b]0;x\u0007\n')).toBe('␛]0;x␇\n');
    expect(escapeTerminal('x² − 13: 5 µs, “ok”, 日本')).toBe('x² − 13: 5 µs, “ok”, 日本');
  });

  test('in code and fences that it cannot end', () => {
    expect(codeMarkdown('a')).toBe('`a`');
    expect(codeMarkdown('a`b``c')).toBe('```a`b``c```');
    expect(fenceMarkdown('a ````', 3)).toBe('`````');
    expect(escapeMarkdown('the `run` of it')).toBe('the `run` of it');
    expect(escapeMarkdown('a ` b')).toBe('a \\` b');
    expect(escapeMarkdown('![x](y) and [a](b)')).toBe('!\\[x]\\(y) and [a]\\(b)');
  });
});
