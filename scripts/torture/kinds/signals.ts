import type { CommandName } from '../commands.js';
import type { Draw, Ending, Fault, Kind } from '../fault.js';

/** Each command, those that measure the most often: there is more to lose. */
const targets: readonly CommandName[] = [
  ...(['bench', 'bench', 'bench', 'bench --kernel', 'bench --resume', 'bench --resume'] as const),
  ...(['compare commits', 'compare tree', 'compare commits', 'calibrate', 'calibrate stored'] as const),
  ...([
    'advise --kernel',
    'lesson',
    'lesson',
    'report',
    'report',
    'compare stored',
    'check',
    'check',
  ] as const),
  ...(['doctor', 'advise', 'project', 'list', 'bench --dry-run'] as const),
];

/** What the driver may answer. Ctrl-\ and a closed terminal may end it by the signal itself. */
const answers: Readonly<Record<string, readonly Ending[]>> = {
  SIGINT: [130],
  SIGTERM: [130, 143, 'SIGTERM'],
  SIGHUP: [130, 129, 'SIGHUP'],
  SIGQUIT: [130, 131, 'SIGQUIT'],
  SIGKILL: ['SIGKILL'],
};

export const signals: Kind = {
  name: 'signals',
  weight: 15,
  draw: (draw) => (draw.chance(0.15) ? drawTwice(draw) : drawOnce(draw)),
};

function drawOnce(draw: Draw): Fault {
  const name = draw.pick([
    'SIGINT',
    'SIGINT',
    'SIGTERM',
    'SIGHUP',
    'SIGQUIT',
    'SIGKILL',
    'SIGKILL',
    'SIGKILL',
  ] as const);
  const at = draw.share();
  const command = draw.pick(targets);
  return {
    title: `${name} at ${percent(at)}`,
    command,
    injections: [{ at, act: (run) => run.signal(name) }],
    ...answersOf(name, command),
  };
}

/** The second one, more than half a second later, is somebody who is in a hurry. */
function drawTwice(draw: Draw): Fault {
  const at = draw.share();
  const command = draw.pick(targets);
  const againMs = draw.integer(10, 1_500);
  return {
    title: `SIGINT twice, ${againMs} ms apart, at ${percent(at)}`,
    command,
    injections: [
      {
        at,
        act: async (run) => {
          run.signal('SIGINT');
          await new Promise((resolve) => setTimeout(resolve, againMs));
          run.signal('SIGINT');
        },
      },
    ],
    ...answersOf('SIGINT', command),
    // The second one may meet a process that has answered the first and is ending: Node listens no more then, and a shell
    // shows the signal as 130, too.
    codes: [...answers.SIGINT, 'SIGINT'],
  };
}

/** Nothing is lost where these end at once: a shell shows the signal as the same code. */
const atOnce: readonly CommandName[] = [
  ...([
    'list',
    'advise',
    'project',
    'report',
    'compare stored',
    'calibrate stored',
    'bench --dry-run',
  ] as const),
];

function answersOf(name: NodeJS.Signals, command: CommandName): Pick<Fault, 'codes' | 'earlyCodes'> {
  // Before Node runs the first line of the program, nobody can answer.
  if (!atOnce.includes(command)) return { codes: answers[name], earlyCodes: [name] };
  return { codes: [...answers[name], name] };
}

export const percent = (share: number) => `${Math.round(share * 100)} %`;
