import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Draw, Fault, Kind } from '../fault.js';
import type { Ended } from '../run-command.js';
import { findResults, type Sandbox, scenario } from '../sandbox.js';

const names = [
  'constructor',
  'toString',
  '__proto__',
  'a|b',
  'a`b',
  'a\u001b[31mb',
  '](http://x)',
  '![x](http://x',
  '<script>',
  '-rf',
  'ünï',
  'a b',
  '$(touch x)',
  "a'b",
  'a\nb',
  'a&b',
  '%2e%2e',
];

/** Texts of others are shown as text, and name no other place. */
export const hostileNames: Kind = {
  name: 'hostile names',
  weight: 4,
  draw: (draw) => draw.pick([drawFile, drawTitle])(draw),
};

function drawFile(draw: Draw): Fault {
  const name = draw.pick(names).replaceAll('/', '');
  return {
    title: `a kernel in a file called ${JSON.stringify(name)}`,
    command: 'bench --kernel',
    args: [
      'bench',
      '--kernel',
      `odd/${name}.mjs`,
      '--only',
      'for-loop',
      '--keys',
      '2',
      '--length',
      '50',
      '--rounds',
      '1',
      '--limit',
      '3',
      '--out',
      'runs',
    ],
    prepare: (box) =>
      box.write(`project/odd/${name}.mjs`, 'export default (list) => list.map((x) => x + 1);\n'),
    codes: [0, 2, 3, 4],
    partial: true,
    verify: checkText,
  };
}

function drawTitle(draw: Draw): Fault {
  const text = draw.pick([
    '\u001b]0;mine\u0007',
    'a|b',
    '`',
    '![x](http://x/y.png)',
    '[x](javascript:1)',
    '<img src=x>',
    'a\n# b',
    '\u202eabc',
    'x'.repeat(3_000),
    '\u0000',
  ]);
  return {
    title: `a title that is ${JSON.stringify(text.slice(0, 30))}`,
    command: 'bench',
    args: [
      'bench',
      '--scenario',
      'bench/mine.mjs',
      '--rounds',
      '1',
      '--limit',
      '3',
      '--keys',
      '2',
      '--length',
      '50',
      '--out',
      'runs',
    ],
    prepare: (box) =>
      box.write(
        'project/bench/mine.mjs',
        scenario(`title: ${JSON.stringify(text)}, question: ${JSON.stringify(text)}`),
      ),
    codes: [0, 2, 3, 4],
    partial: true,
    verify: checkText,
  };
}

/** Control characters, live links and pictures of others reach neither the terminal nor the verdict. */
function checkText(box: Sandbox, { stdout, stderr }: Ended): string[] {
  const verdicts = findResults(box.project).flatMap((path) => {
    try {
      return [readFileSync(join(dirname(path), 'verdict.md'), 'utf8')];
    } catch {
      return [];
    }
  });
  const raw = (text: string) => [...text].some(isControl);
  return [
    ...(raw(stdout) || raw(stderr) ? ['control characters reach the terminal'] : []),
    ...(verdicts.some(raw) ? ['control characters reach the verdict'] : []),
    ...(verdicts.some((text) => /(?<!\\)\]\((http:\/\/x|javascript:)/.test(text))
      ? ['a link of others is live in the verdict']
      : []),
    ...(verdicts.some(hasBrokenTable) ? ['a name breaks a table of the verdict'] : []),
    ...(verdicts.some((text) => /^# b$/m.test(text)) ? ['a title makes a heading of its own'] : []),
  ];
}

/** Newlines and tabs are text. U+202E turns the direction of all that follows. */
function isControl(character: string): boolean {
  return (character < ' ' && !'\n\t\r'.includes(character)) || character === '\u202e';
}

/** Each row of a table has as many cells as its head. */
function hasBrokenTable(text: string): boolean {
  const cells = (line: string) => line.split(/(?<!\\)\|/).length;
  const lines = text.split('\n');
  return lines.some(
    (line, index) =>
      line.startsWith('|') && lines[index - 1]?.startsWith('|') && cells(line) !== cells(lines[index - 1]),
  );
}
