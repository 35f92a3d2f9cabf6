import { setTimeout as sleep } from 'node:timers/promises';
import { readHost } from '../measure/host.js';
import { availableBytes } from '../measure/machine/cgroup.js';
import { measureNoise } from '../measure/machine/spin.js';
import { measureFreshMemory, surveyMachine } from '../measure/machine/survey.js';
import { diagnose, leftOvers } from './diagnosis.js';
import { ExitCode } from './exit.js';
import { findTemporaryFolders } from './left-overs.js';
import { note, say } from './terminal-lines.js';

/** `doctor`: the machine as the tool sees it, and what to change before numbers from it are trusted. */
export async function doctor(): Promise<ExitCode> {
  note('Looks at the machine: about 3 s.');
  // The load that this process makes by starting must not be taken for that of others.
  const freeBytes = availableBytes();
  const survey = await surveyMachine(readHost(), freeBytes, () => sleep(1_000));
  const symptoms = [
    ...diagnose(survey, measureNoise(), measureFreshMemory(freeBytes)),
    ...leftOvers(findTemporaryFolders(), new Date()),
  ];
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
