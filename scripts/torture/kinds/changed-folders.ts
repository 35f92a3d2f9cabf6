import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { Draw, Fault, Kind } from '../fault.js';
import { mount } from '../mounts.js';
import type { Sandbox } from '../sandbox.js';
import { percent } from './signals.js';

interface Change {
  readonly words: string;
  change(box: Sandbox): void;
}

/** Where the run is written, `runs`, is not what it was. */
const changes: readonly Change[] = [
  { words: 'deleted', change: (box) => rmSync(box.at('project/runs'), { recursive: true, force: true }) },
  {
    words: 'replaced by a file',
    change: (box) => {
      rmSync(box.at('project/runs'), { recursive: true, force: true });
      writeFileSync(box.at('project/runs'), 'mine\n');
    },
  },
  {
    words: 'replaced by a link to foreign files',
    change: (box) => {
      renameSync(box.at('project/runs'), box.at('runs-before'));
      symlinkSync('../elsewhere', box.at('project/runs'));
    },
  },
  {
    words: 'moved away',
    change: (box) => renameSync(box.at('project/runs'), box.at('runs-before')),
  },
  {
    words: 'made read-only',
    change: (box) => {
      mount('--bind', box.at('project/runs'), box.at('project/runs'));
      mount('-o', 'remount,bind,ro', box.at('project/runs'));
    },
  },
  {
    words: 'emptied',
    change: (box) => {
      for (const name of readdirSync(box.at('project/runs')))
        rmSync(box.at(`project/runs/${name}`), { recursive: true, force: true });
    },
  },
  {
    words: 'hidden by a full disk',
    change: (box) => mount('-t', 'tmpfs', '-o', 'size=4k,nr_inodes=1', 'none', box.at('project/runs')),
  },
];

export const changedFolders: Kind = {
  name: 'changed folders',
  weight: 7,
  draw: (draw) => (draw.chance(0.25) ? drawBefore(draw) : drawDuring(draw)),
};

function drawDuring(draw: Draw): Fault {
  const { words, change } = draw.pick(changes);
  const at = draw.share();
  return {
    title: `--out ${words} at ${percent(at)}`,
    command: draw.pick([
      'bench',
      'bench',
      'bench --kernel',
      'bench --resume',
      'report',
      'compare stored',
      'compare commits',
    ]),
    injections: [{ at, act: ({ box }) => change(box) }],
    codes: [2, 5],
    // What was written before may be whole, and be where nobody finds it.
    partial: true,
    spoils: ['project/runs', 'runs-before'],
    spoilsJournal: true,
    verify: (box) => checkElsewhere(box),
  };
}

function drawBefore(draw: Draw): Fault {
  const odd = draw.pick([
    '/proc/nope',
    '/dev/fd/x',
    '/dev/null/x',
    '/proc/self/nope/more',
    '../elsewhere/a.csv',
    'shut',
    'dangling',
    'dangling/x',
    'x'.repeat(300),
    `${'deep/'.repeat(900)}x`,
    '',
  ]);
  const command = draw.pick([
    'bench',
    'bench --kernel',
    'compare stored',
    'lesson',
    'calibrate stored',
  ] as const);
  return {
    title: `--out ${odd.slice(0, 30)}`,
    command,
    moreArgs: ['--out', odd],
    prepare: (box) => mkdirSync(box.at('project/shut'), { mode: 0o500 }),
    interruptAfterMs: command === 'lesson' ? 8_000 : undefined,
    codes: command === 'lesson' ? [2, 5, 130] : [2, 5],
    spoils: [
      'project/nowhere',
      'project/dangling',
      'project/-',
      'project/lessons',
      ...(odd === '' ? ['project'] : []),
    ],
  };
}

function checkElsewhere(box: Sandbox): string[] {
  const foreign = ['a.csv', 'big'];
  const there = readdirSync(box.at('elsewhere'));
  return foreign
    .filter((name) => !there.includes(name))
    .map((name) => `foreign file removed: elsewhere/${name}`);
}
