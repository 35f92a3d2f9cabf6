import { mkdirSync } from 'node:fs';
import type { Draw, Fault, Kind } from '../fault.js';
import { mount } from '../mounts.js';
import type { Sandbox } from '../sandbox.js';

/** No room: where results go, where what is temporary goes, where the output goes. */
export const fullDisks: Kind = {
  name: 'full disks',
  weight: 10,
  draw: (draw) => draw.pick([drawOut, drawTemporary, drawFileSize, drawOutput, drawOutput])(draw),
};

function drawOut(draw: Draw): Fault {
  const kilobytes = draw.pick([0, 4, 8, 16, 32, 64, 100, 150, 250]);
  const command = draw.pick([
    'bench',
    'bench',
    'bench --kernel',
    'compare stored',
    'compare commits',
    'calibrate stored',
    'lesson',
  ] as const);
  const file = command === 'calibrate stored' ? 'full/own-profile.json' : 'full';
  return {
    title: `--out on a disk of ${kilobytes} kB`,
    command,
    moreArgs: ['--out', file],
    prepare: (box) => mountDisk(box, 'project/full', kilobytes),
    heal: (box) => mount('-o', 'remount,size=64m', box.at('project/full')),
    codes: [5],
    spoils: ['project/full'],
    // The time of a whole lesson is not at hand.
    interruptAfterMs: command === 'lesson' ? 8_000 : undefined,
    ...(command === 'lesson' ? { codes: [5, 130] } : {}),
  };
}

function drawTemporary(draw: Draw): Fault {
  const kilobytes = draw.pick([0, 4, 8, 64]);
  return {
    title: `TMPDIR on a disk of ${kilobytes} kB`,
    command: draw.pick([
      'bench',
      'bench --kernel',
      'compare commits',
      'compare tree',
      'advise --kernel',
      'report',
      'check',
      'doctor',
      'calibrate stored',
    ]),
    env: { TMPDIR: '/dev/shm/small' },
    prepare: () => mountAt('/dev/shm/small', kilobytes),
    codes: [5],
  };
}

/** What one file may have: writes fail with EFBIG, as on a file system with a limit. */
function drawFileSize(draw: Draw): Fault {
  const bytes = draw.pick([0, 512, 2_000, 6_000, 20_000, 100_000]);
  return {
    title: `files of ${bytes} bytes at most`,
    command: draw.pick(['bench', 'report', 'compare stored', 'calibrate stored', 'check', 'advise --kernel']),
    within: ['prlimit', `--fsize=${bytes}`, '--'],
    codes: [5],
  };
}

function drawOutput(draw: Draw): Fault {
  const output = draw.pick([
    'stdout full',
    'stderr full',
    'both full',
    'stdout closed',
    'both closed',
  ] as const);
  return {
    title: output,
    command: draw.pick([
      'bench',
      'bench --kernel',
      'report',
      'compare stored',
      'calibrate stored',
      'list',
      'check',
      'advise',
      'project',
      'bench --dry-run',
    ]),
    output,
    // 5: what was found is in its files, and could not be said.
    codes: [5],
  };
}

/** Folders on the mounted disk that are the sandbox's are made by the command. */
function mountDisk(box: Sandbox, path: string, kilobytes: number): void {
  mountAt(box.at(path), kilobytes);
}

/** A disk of no blocks at all would be one without a limit. */
function mountAt(path: string, kilobytes: number): void {
  mkdirSync(path, { recursive: true });
  const size = kilobytes === 0 ? 'size=4k,nr_inodes=1' : `size=${kilobytes}k`;
  mount('-t', 'tmpfs', '-o', size, 'none', path);
}
