import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Draw, Fault, Kind } from '../fault.js';
import { calm } from '../fault.js';
import { percent } from './signals.js';

/** TMPDIR and HOME: missing, odd, shut, swept while a run uses them. */
export const temporaryFolders: Kind = {
  name: 'temporary folders',
  weight: 7,
  draw: (draw) => draw.pick([drawMissing, drawSwept, drawHome, drawForeign])(draw),
};

function drawMissing(draw: Draw): Fault {
  const folder = draw.pick(['/nowhere/tmp', '/proc', '/dev/null', '', 'relative', '/dev/shm/shut']);
  return {
    title: `TMPDIR=${folder}`,
    command: draw.pick([
      'bench',
      'bench --kernel',
      'compare commits',
      'advise --kernel',
      'check',
      'list',
      'doctor',
      'report',
    ]),
    env: { TMPDIR: folder },
    prepare: () => mkdirSync('/dev/shm/shut', { mode: 0o500 }),
    codes: [2, 5],
  };
}

/** tmpwatch and systemd-tmpfiles remove what nobody has touched for a while; some people remove everything. */
function drawSwept(draw: Draw): Fault {
  const at = draw.share();
  const whole = draw.chance(0.4);
  return {
    title: `TMPDIR ${whole ? 'removed' : 'emptied'} at ${percent(at)}`,
    command: draw.pick(['bench', 'bench', 'bench --kernel', 'compare commits', 'advise --kernel', 'check']),
    env: { TMPDIR: '/dev/shm/swept' },
    prepare: () => mkdirSync('/dev/shm/swept'),
    injections: [
      {
        at,
        act: () => {
          for (const name of readdirSync('/dev/shm/swept'))
            rmSync(join('/dev/shm/swept', name), { recursive: true, force: true });
          if (whole) rmSync('/dev/shm/swept', { recursive: true, force: true });
        },
      },
    ],
    codes: [5],
  };
}

function drawHome(draw: Draw): Fault {
  const home = draw.pick(['/proc', '/nowhere', '', '/dev/null', '/dev/shm/file', '/dev/shm/loop']);
  return {
    title: `HOME=${home}`,
    command: draw.pick([
      'bench',
      'bench --kernel',
      'check',
      'list',
      'doctor',
      'report',
      'advise --kernel',
      'advise',
    ]),
    env: { HOME: home },
    prepare: () => {
      writeFileSync('/dev/shm/file', '');
      symlinkSync('loop', '/dev/shm/loop');
    },
    // A home that cannot be written costs the tool what it has learnt, never a run.
    codes: calm,
  };
}

/** A cache that is damaged, or was put there by somebody else. */
function drawForeign(draw: Draw): Fault {
  const content = draw.pick(['null', '"x"', '[]', '{', '', '{"a":null}', '{"__proto__":{"x":1}}', '1e999']);
  return {
    title: `cache files that hold ${content || 'nothing'}`,
    command: draw.pick(['bench', 'bench --kernel', 'check', 'advise --kernel', 'doctor', 'bench --dry-run']),
    prepare: (box) => {
      for (const name of ['prices.json', 'calibration.json'])
        box.write(`home/.cache/breakeven/${name}`, content);
    },
    codes: calm,
  };
}
