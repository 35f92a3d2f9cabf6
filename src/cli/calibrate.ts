import { profileName } from '../app/advise/profile-file.js';
import type { CalibrateRequest } from '../app/calibrate/calibrate.js';
import { formatWait } from '../document/units.js';
import { plainText } from '../document/words.js';
import { fitReasonText } from '../documents/verdict/formulas.js';
import { shellWord } from '../files/shell.js';
import type { AccountModel } from '../model/profile.js';
import { ExitCode } from './exit.js';
import { readOptions, type Typed, text, textsOf, type Usage } from './options.js';
import { note, say } from './terminal.js';

const options = { out: text(`file of the profile (default ${profileName})`, profileName) };

export const calibrateUsage: Usage = {
  name: 'calibrate',
  words: {
    shown: '[runs..]',
    are: { runs: { array: true, describe: 'runs to fit to, instead of measuring now' } },
  },
  describe:
    'prices of this machine as a profile, from stored runs or measured now, for advise and breakeven/choose',
  options,
  makesFolders: true,
};

/** Throws an InputError that names the option. */
export function calibrateRequest(typed: Typed): CalibrateRequest {
  return { runs: textsOf(typed, 'runs') ?? [], ...readOptions(options, typed) };
}

/** `calibrate`: writes a profile, and says how well formulas fit. */
export async function calibrateCommand(request: CalibrateRequest): Promise<ExitCode> {
  const { runs, out } = request;
  const [{ calibrate }, { callFromTerminal }] = await Promise.all([
    import('../app/calibrate/calibrate.js'),
    import('./caller.js'),
  ]);
  const made = await callFromTerminal((caller) => calibrate(request, caller));
  if (made.kind === 'interrupted') {
    note('Interrupted: nothing was written.');
    return ExitCode.interrupted;
  }
  for (const account of made.models) for (const line of linesOf(account)) say(line);
  if (runs.length === 0) say(`Measured in ${formatWait(made.tookMs)}.`);
  say(`Written: ${out}. Ask it: breakeven advise --profile ${shellWord(out)} --keys … --length …`);
  return ExitCode.fine;
}

/** One line per strategy that has no formula, and how many have. */
function linesOf({ account, models, failed }: AccountModel): string[] {
  const without = models.filter(({ verdict }) => verdict !== 'fits' && verdict !== 'fits in two regimes');
  return [
    `${account}: ${models.length - without.length} of ${models.length} strategies follow a formula`,
    ...without.map(
      ({ strategy, because }) =>
        `  ${strategy}: told from its measured points alone; ${plainText(fitReasonText(because) ?? [])}`,
    ),
    ...failed.map(({ strategy, reason }) => `  ${strategy}: left out; ${reason}`),
  ];
}
