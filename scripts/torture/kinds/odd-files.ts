import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import type { CommandName } from '../commands.js';
import type { Kind } from '../fault.js';
import type { Sandbox } from '../sandbox.js';

interface Odd {
  readonly path: string;
  put?(box: Sandbox): void;
}

/** Where data or a plug-in is named, a name without an extension is refused before anything is opened. */
const pipes = ['pipe', 'pipe.json', 'pipe.mjs'].map((path) => ({
  path,
  put: (box: Sandbox) => void execFileSync('mkfifo', [box.at(`project/${path}`)]),
}));
const endless = ['zero', 'zero.json', 'zero.mjs', 'zero.csv'].map((path) => ({
  path,
  put: (box: Sandbox) => symlinkSync('/dev/zero', box.at(`project/${path}`)),
}));

const odd: readonly Odd[] = [
  ...pipes,
  ...endless,
  { path: '/dev/zero' },
  { path: '/dev/null' },
  { path: '/dev/full' },
  { path: '/dev/random' },
  { path: '/proc/self/mem' },
  { path: '/proc/kmsg' },
  { path: 'folder', put: (box) => void mkdirSync(box.at('project/folder')) },
  { path: 'loop', put: (box) => symlinkSync('loop', box.at('project/loop')) },
  { path: 'nowhere/x' },
  { path: '' },
  { path: 'verdict.md/x' },
  { path: 'x'.repeat(5_000) },
];

/** Each place where a file is named, with the name still to come. */
const places: readonly [CommandName, readonly string[]][] = [
  ['bench', ['bench', '--rounds', '1', '--limit', '3', '--kernel', 'bench/k.mjs', '--data']],
  ['bench', ['bench', '--rounds', '1', '--limit', '3', '--keys', '2', '--length', '9', '--kernel']],
  ['bench', ['bench', '--rounds', '1', '--scenario']],
  ['bench', ['bench', '--rounds', '1', '--scenario', 'bench/mine.mjs', '--only']],
  ['bench', ['bench', '--resume']],
  ['report', ['report']],
  ['report', ['report', 'runs/mine/20260101-000000', '--bandwidth']],
  ['compare stored', ['compare', 'runs/mine/20260101-000000']],
  ['compare stored', ['compare', 'runs/mine/20260101-000000', '../inputs/results.ndjson', '--config']],
  ['calibrate stored', ['calibrate']],
  ['advise', ['advise', '--keys', '4', '--length', '100', '--profile']],
  ['advise', ['advise', '--keys', '4', '--length', '100', '--kernel']],
  ['advise', ['advise', '--kernel', 'bench/k.mjs', '--data']],
  ['project', ['project', '--keys', '1e6', '--length', '1e4', '--profile']],
  [
    'project',
    ['project', '--keys', '1e6', '--length', '1e4', '--profile', '../inputs/profile.json', '--bandwidth'],
  ],
  ['lesson', ['lesson', '--from']],
  ['check', ['check']],
];

export const oddFiles: Kind = {
  name: 'odd files',
  weight: 9,
  draw(draw) {
    const [command, words] = draw.pick(places);
    const { path, put } = draw.pick(odd);
    return {
      title: `${words.slice(-1)[0]} ${path.slice(0, 30) || "''"}`,
      command,
      args: [...words, path],
      prepare: put,
      codes: [2, 5],
    };
  },
};
