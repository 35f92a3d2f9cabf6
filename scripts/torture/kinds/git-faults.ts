import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Ending, Kind } from '../fault.js';
import { calm } from '../fault.js';
import type { Sandbox } from '../sandbox.js';

interface GitFault {
  readonly words: string;
  prepare(box: Sandbox): void;
  readonly codes: readonly Ending[];
  /** Below the sandbox: what the fault removes in the middle of the run. */
  readonly removed?: string;
}

const fine = calm;

const faults: readonly GitFault[] = [
  { words: 'index.lock is there', prepare: (box) => box.write('project/.git/index.lock', ''), codes: [2, 5] },
  { words: 'an object is missing', prepare: removeObjects, codes: [2, 5] },
  {
    words: 'its hooks fail',
    prepare: (box) => {
      box.write('project/.git/hooks/post-checkout', '#!/bin/sh\nexit 1\n');
      execFileSync('chmod', ['755', box.at('project/.git/hooks/post-checkout')]);
    },
    codes: fine,
  },
  {
    words: 'a tracked folder became a link',
    prepare: (box) => {
      renameSync(box.at('project/data'), box.at('big-disk'));
      symlinkSync(box.at('big-disk'), box.at('project/data'));
    },
    codes: [2],
  },
  {
    words: 'a tracked folder became a relative link',
    prepare: (box) => {
      renameSync(box.at('project/data'), box.at('big-disk'));
      symlinkSync('../big-disk', box.at('project/data'));
    },
    codes: [2],
  },
  {
    words: 'a worktree of the user is on a disk that is not mounted',
    prepare: (box) => {
      box.git('worktree', 'add', '--quiet', '--detach', box.at('usb'), 'HEAD');
      renameSync(box.at('usb'), box.at('unmounted'));
    },
    codes: fine,
  },
  {
    words: 'a worktree of the user is there',
    prepare: (box) => box.git('worktree', 'add', '--quiet', '--detach', box.at('other'), 'HEAD'),
    codes: fine,
  },
  {
    words: 'it belongs to somebody else',
    prepare: (box) => {
      for (const path of ['project', 'project/.git']) chownSync(box.at(path), 12_345, 12_345);
      execFileSync('chmod', ['-R', 'a+rwX', box.at('project')]);
    },
    codes: [2, 5],
  },
  { words: '.git is an empty folder', prepare: (box) => emptied(box, 'project/.git'), codes: [2] },
  {
    words: '.git is a file of nonsense',
    prepare: (box) => {
      rmSync(box.at('project/.git'), { recursive: true });
      box.write('project/.git', 'gitdir: /nowhere\n');
    },
    codes: [2],
  },
  { words: 'HEAD is broken', prepare: (box) => box.write('project/.git/HEAD', 'nonsense\n'), codes: [2, 5] },
  {
    words: 'its config is broken',
    prepare: (box) => box.write('project/.git/config', '[nonsense\n'),
    codes: [2, 5],
  },
  {
    words: 'a FIFO took the place of a tracked file',
    prepare: (box) => {
      rmSync(box.at('project/more.txt'));
      execFileSync('mkfifo', [box.at('project/more.txt')]);
    },
    codes: [2],
  },
  {
    words: 'a tracked file became a folder',
    prepare: (box) => {
      rmSync(box.at('project/more.txt'));
      box.write('project/more.txt/inside', 'mine\n');
    },
    codes: fine,
  },
  { words: 'a broken package.json', prepare: (box) => box.write('project/package.json', '{'), codes: [2] },
  { words: 'a submodule', prepare: addSubmodule, codes: [2] },
  { words: '.git is removed while it runs', prepare: () => {}, codes: [2, 5], removed: 'project/.git' },
  {
    words: 'its objects are removed while it runs',
    prepare: () => {},
    codes: [2, 5],
    removed: 'project/.git/objects',
  },
];

/** The repository of `compare` is not in order. */
export const gitFaults: Kind = {
  name: 'git',
  weight: 6,
  draw(draw) {
    const { words, prepare, codes, removed } = draw.pick(faults);
    const at = draw.share();
    return {
      title: words,
      command: draw.pick(['compare tree', 'compare tree', 'compare commits']),
      prepare,
      injections:
        removed === undefined
          ? []
          : [{ at, act: ({ box }) => rmSync(box.at(removed), { recursive: true, force: true }) }],
      codes,
      spoils: removed === undefined ? [] : [removed],
      verify: checkBigDisk,
    };
  },
};

/** Worktrees that git forgot are told by `git worktree list`; the tree's digest tells of it as of files removed. */
function checkBigDisk(box: Sandbox): string[] {
  return readdirSync(box.top).includes('big-disk') && !readdirSync(box.at('big-disk')).includes('a.csv')
    ? ['a foreign file was removed through a link: big-disk/a.csv']
    : [];
}

function removeObjects(box: Sandbox): void {
  const objects = box.at('project/.git/objects');
  for (const name of readdirSync(objects)
    .filter((each) => each.length === 2)
    .slice(0, 6))
    rmSync(join(objects, name), { recursive: true });
}

function emptied(box: Sandbox, path: string): void {
  rmSync(box.at(path), { recursive: true });
  mkdirSync(box.at(path));
}

function addSubmodule(box: Sandbox): void {
  box.write('module/lib.mjs', 'export default (list) => list;\n');
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: box.at('module'),
      env: { PATH: process.env.PATH, HOME: box.home },
      stdio: 'ignore',
    });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'One');
  box.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', box.at('module'), 'sub');
  box.write('project/bench/mine.mjs', scenarioOfSubmodule);
  box.git('add', '--all');
  box.git('commit', '--quiet', '--message', 'Three');
}

const scenarioOfSubmodule = `import '../sub/lib.mjs';
export default { title: 'Mine', question: 'Does it pay?', from: 'lists', kernel: { module: 'square-minus-13', options: {} },
  strategies: ['for-loop'], claims: [], sweeps: [{ keys: [4], length: [100] }], quick: [{ keys: [4], length: [100] }] };\n`;
