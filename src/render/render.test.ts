import { describe, expect, it } from 'vitest';
import { madeUpTimeline } from '../../test/support/timeline.js';
import type { Chart } from '../document/chart.js';
import {
  code,
  type Document,
  heading,
  list,
  paragraph,
  quote,
  strong,
  table,
  text,
} from '../document/document.js';
import { figure } from '../document/figure.js';
import { renderJson } from './json.js';
import { renderMarkdown } from './markdown.js';
import { boxedTableLines, boxedTableWidth, renderTerminal, timelineLines } from './terminal.js';

const outside = { title: 'a | b\n<script>\u001b[31m in /home/me/x.js' };
const cells = [
  { strategy: 'for-loop', time: { value: 1e6, interval: { low: 9e5, high: 1.1e6 } } },
  { strategy: 'wasm-simd', time: { value: 2e5 } },
];
const chart: Chart = {
  kind: 'bars',
  title: 'Time',
  subtitle: [],
  caption: 'Shorter is faster.',
  value: { title: 'time', unit: 'ns', scale: 'linear' },
  shares: false,
  looks: [{ name: 'all', colour: '#000000', ink: '#FFFFFF', means: 'all' }],
  bars: [{ name: 'for-loop', parts: [{ look: 0, value: 1e6 }], total: 1e6 }],
  marks: [],
};
const document: Document = {
  title: text`About ${quote(outside, 'title')}`,
  data: { outside, cells },
  sections: [
    {
      id: 'times',
      title: ['Times'],
      blocks: [
        heading('Warm'),
        table(
          [
            { head: 'strategy', of: (cell: (typeof cells)[number]) => quote(cell, 'strategy') },
            { head: 'its time', of: (cell) => figure(cell, 'time', 'ns') },
            { head: 'more', of: () => undefined },
          ],
          cells,
        ),
        ...list([text`${strong('Doubt')}: run ${code('breakeven')}`, 'a | b']),
        { kind: 'code', language: 'sh', lines: 'breakeven bench' },
        { kind: 'caution', text: ['few rounds'] },
        { kind: 'chart', file: 'charts/time.png', alt: ['Time [ms]'], chart },
        { kind: 'chart', alt: ['not drawn'], chart },
        { kind: 'details', summary: ['Pictures'], blocks: [{ kind: 'chart', alt: ['not drawn'], chart }] },
        { kind: 'details', summary: ['More'], blocks: [paragraph('inside')] },
      ],
    },
  ],
};

describe('a document', () => {
  it('as Markdown: outside text breaks no table, opens no tag and tells no folder', () => {
    expect(renderMarkdown(document)).toBe(`# About a \\| b &lt;script>␛[31m in x.js

## Times

### Warm

| strategy | its time | more |
| --- | --- | --- |
| for-loop | 1 ms [0.9, 1.1] | – |
| wasm-simd | 200 µs | – |

- **Doubt**: run \`breakeven\`
- a \\| b

\`\`\`sh
breakeven bench
\`\`\`

> few rounds

![Time ms](charts/time.png)

<details><summary>More</summary>

inside

</details>
`);
  });

  it('for a terminal: no character in it is a command, and it keeps to the width', () => {
    const wide = renderTerminal(document, Number.POSITIVE_INFINITY);
    expect(wide).toContain('About a | b <script>␛[31m in x.js\n');
    expect(wide).toContain('for-loop   1 ms [0.9, 1.1]  –\nwasm-simd  200 µs           –\n');
    expect(wide).not.toContain('\u001b');
    const narrow = renderTerminal(document, 24);
    expect(narrow).toContain('strategy  for-loop\nits time  1 ms [0.9,\n          1.1]\nmore      –\n');
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(24);
  });

  it('as JSON: each figure with its value, its unit, its text and a pointer that leads there in the same file', () => {
    const file = JSON.parse(renderJson(document, { version: 1 }));
    const [cell] = file.sections[0].blocks[1].rows[0][1];
    expect(cell).toEqual({
      from: '/data/cells/0/time',
      value: cells[0].time,
      unit: 'ns',
      text: '1 ms [0.9, 1.1]',
    });
    const found = cell.from
      .split('/')
      .slice(1)
      .reduce((at: Record<string, unknown>, key: string) => at[key], file);
    expect(found).toEqual(cells[0].time);
    expect(file.version).toBe(1);
    const charts = file.sections[0].blocks.filter(({ kind }: { kind: string }) => kind === 'chart');
    expect(charts).toEqual([
      { kind: 'chart', file: 'charts/time.png', alt: ['Time [ms]'], chart },
      { kind: 'chart', alt: ['not drawn'], chart },
    ]);
  });
});

it('a table for somebody who watches has lines around its cells', () => {
  const head = ['strategy', 'time'];
  const rows = [['loop', '1 µs']];
  expect(boxedTableLines(head, rows).split('\n')).toEqual([
    '┌────────────┬────────┐',
    '│  strategy  │  time  │',
    '├────────────┼────────┤',
    '│  loop      │  1 µs  │',
    '└────────────┴────────┘',
  ]);
  expect(boxedTableWidth(head, rows)).toBe(23);
});

it('a timeline for a terminal is a line of letters for each lane, all on one scale', () => {
  const lines = timelineLines(madeUpTimeline, 61).split('\n');
  // Fifty letters of 24 ms: what most of that time goes to.
  expect(lines).toEqual([
    'for-loop: 101 ms',
    '  main      ccnn',
    'worker-threads: 1.21 s',
    expect.stringMatching(/^ {2}main {6}s{16}·{16}d+m+$/),
    expect.stringMatching(/^ {2}worker 1 {2} {8}d{12}cc+s+$/),
    expect.stringMatching(/^ {2}worker 2 {2} {16}d+c+s+$/),
    'wasm-simd-threads: 260 ms',
    expect.stringMatching(/^ {2}main {6}pppppwwmmmm$/),
    expect.stringMatching(/^ {2}worker 1 {7}cc$/),
    '',
    expect.stringMatching(/^A letter is 24\.\d ms\. c compute, /),
    ...lines.slice(11),
  ]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(61);
});
