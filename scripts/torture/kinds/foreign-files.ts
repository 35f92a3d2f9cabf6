import { symlinkSync } from 'node:fs';
import type { Draw, Fault, Kind } from '../fault.js';
import { storedRun } from '../sandbox.js';

/** Names that are ours, and what lies there is not. */
export const foreignFiles: Kind = {
  name: 'foreign files',
  weight: 5,
  draw: (draw) => draw.pick([drawReport, drawReport, drawLesson, drawTemporary, drawProfile])(draw),
};

function drawReport(draw: Draw): Fault {
  const folder = `project/${storedRun}`;
  const [words, path] = draw.pick([
    ['a verdict', 'verdict.md'],
    ['its data', 'verdict.json'],
    ['a chart', 'charts/time-warm-length.png'],
    ['a file called charts', 'charts-is-a-file'],
    ['a link called verdict.md', 'link'],
    ['a manifest that lists foreign files', '.breakeven-outputs.json'],
  ]);
  return {
    title: `${words} of the user's beside the results`,
    command: 'report',
    prepare: (box) => {
      if (path === 'link') symlinkSync(box.at('elsewhere/a.csv'), box.at(`${folder}/verdict.md`));
      else if (path === 'charts-is-a-file') box.write(`${folder}/verdict.md`, 'mine\n');
      else if (path === '.breakeven-outputs.json')
        box.write(
          `${folder}/${path}`,
          '{"format":"breakeven-outputs","files":{"notes.md":["x"],"../../notes.md":["x"],"charts/logo.png":["x"]}}',
        );
      else box.write(`${folder}/${path}`, 'mine\n');
    },
    // What the manifest lists and was changed since is nothing to stop at.
    codes: path === '.breakeven-outputs.json' ? [0, 2, 3] : [2],
    exact: true,
    spoils: path === '.breakeven-outputs.json' ? [`${folder}/${path}`] : [],
  };
}

/** Interrupted after a while: the harm was done at the beginning. */
function drawLesson(draw: Draw): Fault {
  return {
    title: 'lesson --out . in a project',
    command: 'lesson',
    args: ['lesson', '--quick', '--out', '.'],
    interruptAfterMs: draw.integer(2_000, 7_000),
    codes: [2, 130],
  };
}

function drawTemporary(draw: Draw): Fault {
  const name = draw.pick(['breakeven-compare-999990-a', 'breakeven-abc123', 'breakeven-compare-999990-b']);
  const target = draw.pick(['project', 'elsewhere', 'home']);
  return {
    title: `a link to the ${target} in TMPDIR called ${name}`,
    command: draw.pick(['compare commits', 'bench --kernel', 'bench --kernel', 'doctor', 'check']),
    prepare: (box) => symlinkSync(box.at(target), box.at(`tmp/${name}`)),
    codes: [],
  };
}

function drawProfile(draw: Draw): Fault {
  const words = draw.pick(['messages/de.json', 'verdict.md', 'package.json']);
  return {
    title: `calibrate --out ${words}, a file of the user's`,
    command: 'calibrate stored',
    args: ['calibrate', '../inputs/synthetic.ndjson', '--out', words],
    codes: [2],
  };
}
