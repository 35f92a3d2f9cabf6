import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import type { Kind } from '../fault.js';
import { cutRun, type Sandbox } from '../sandbox.js';

interface Lock {
  readonly words: string;
  put(box: Sandbox, path: string): void;
}

const locked: readonly Lock[] = [
  { words: 'a folder', put: (box, path) => void mkdirSync(box.at(path)) },
  { words: 'a folder with a file in it', put: (box, path) => box.write(`${path}/mine.txt`, 'mine') },
  { words: 'a dangling link', put: (box, path) => symlinkSync('/nowhere', box.at(path)) },
  { words: 'a link to itself', put: (box, path) => symlinkSync('results.lock', box.at(path)) },
  { words: 'a link to /dev/zero', put: (box, path) => symlinkSync('/dev/zero', box.at(path)) },
  {
    words: 'a link to a foreign file',
    put: (box, path) => symlinkSync(box.at('elsewhere/a.csv'), box.at(path)),
  },
  { words: 'a FIFO', put: (box, path) => void execFileSync('mkfifo', [box.at(path)]) },
  { words: 'an empty file', put: (box, path) => box.write(path, '') },
  { words: 'a file of somebody else', put: (box, path) => box.write(path, 'mine\n') },
  { words: 'the lock of a process that is dead', put: (box, path) => box.write(path, '4194303\n') },
  { words: 'the lock of process 1', put: (box, path) => box.write(path, '1\n') },
  { words: 'a file of a megabyte', put: (box, path) => box.write(path, 'x'.repeat(1_000_000)) },
];

export const locks: Kind = {
  name: 'locks',
  weight: 4,
  draw(draw) {
    const { words, put } = draw.pick(locked);
    const path = `project/${cutRun}/results.lock`;
    return {
      title: `results.lock is ${words}`,
      command: 'bench --resume',
      prepare: (box) => put(box, path),
      codes: [2, 5],
      // An empty or dead lock of ours may be taken over.
      spoils: ['an empty file', 'the lock of a process that is dead'].includes(words) ? [path] : [],
    };
  },
};
