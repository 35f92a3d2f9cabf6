import { examineMachine } from '../app/doctor.js';
import { ExitCode } from './exit.js';
import { note, say } from './terminal.js';

/** `doctor`: the machine as the tool sees it, and what to change before numbers from it are trusted. */
export async function doctor(): Promise<ExitCode> {
  note('Looks at the machine: about 3 s.');
  const symptoms = await examineMachine();
  const width = Math.max(...symptoms.map(({ what }) => what.length));
  for (const { what, seen, advice } of symptoms) {
    say(`${what.padEnd(width)}  ${seen}`);
    if (advice !== undefined) say(`${' '.repeat(width)}  → ${advice}`);
  }
  const unfit = symptoms.filter((symptom) => symptom.unfit).map(({ what }) => what);
  const advised = symptoms.filter(({ advice }) => advice !== undefined).length;
  say('');
  if (unfit.length > 0) {
    say(`Unfit to judge just now, because of: ${unfit.join(', ')}.`);
    return ExitCode.unfit;
  }
  say(advised === 0 ? 'Nothing to change.' : `Fit to measure; ${advised} could be better (→).`);
  return ExitCode.fine;
}
