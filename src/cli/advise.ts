import type { Advised, AdviseRequest } from '../app/advise/advise.js';
import { type Asked, profileName } from '../app/advise/profile-file.js';
import { parseCount, parseMicroseconds, parseWhole } from '../app/quantity.js';
import type { Profile, ProfileAccount } from '../choose/choose.js';
import { InputError } from '../contract/errors.js';
import { suggest } from '../dictionary/did-you-mean.js';
import { formatCount, formatNs, formatRatio } from '../document/units.js';
import { plainCount, plainList, plainText } from '../document/words.js';
import { caveatText } from '../documents/caveats.js';
import type { Caveat } from '../model/advice.js';
import type { Change } from '../model/changes.js';
import type { Expected } from '../model/expectations.js';
import { dataOptions, sourceOf } from './data-options.js';
import { ExitCode } from './exit.js';
import { parsed, readOptions, type Typed, text, type Usage, type Values } from './options.js';
import { say } from './terminal.js';

const count = (text: string, name: string) => parseCount(name, text);

/** Options of every command that asks a profile about a dictionary. */
export const askedOptions = {
  keys: parsed('keys of the dictionary', (text) => parseWhole('keys', text)),
  length: parsed('numbers per list, on average', count),
  cost: parsed('CPU work per list, like 4us or 0.5ms', (text) => parseMicroseconds('cost', text)),
  work: parsed("value of the option of the profile's kernel (steps)", count),
  profile: text(`profile of the machine (default ${profileName})`, profileName),
};

/** Of a dictionary whose size is given, or found in a file later. Throws an InputError where two options say the same. */
export function askedOf(
  { cost, work, profile }: Values<Pick<typeof askedOptions, 'cost' | 'work' | 'profile'>>,
  size: Pick<Asked, 'keys' | 'length'>,
): Asked {
  if (cost !== undefined && work !== undefined) throw new InputError('--cost and --work: give one of them.');
  return { profile, ...size, costUs: cost, work };
}

const accounts: readonly ProfileAccount[] = ['one-shot', 'warm', 'resident'];

const options = {
  ...askedOptions,
  from: parsed('form of the data: lists or columns (default: as in the profile)', (from) => {
    if (from !== 'lists' && from !== 'columns')
      throw new InputError(`--from ${from}: there are lists and columns.`);
    return from;
  }),
  account: parsed('one-shot, warm or resident (default warm)', (account) => {
    const found = accounts.find((each) => each === account);
    if (found !== undefined) return found;
    throw new InputError(
      `--account ${account}: there are ${accounts.join(', ')}.${suggest(account, accounts)}`,
    );
  }),
  cores: parsed('usable cores, where it is not this machine', count),
  kernel: text(
    'your own function or kernel, a file: measured for about ten seconds instead of reading a profile',
  ),
  ...dataOptions,
};

export const adviseUsage: Usage = {
  name: 'advise',
  describe: 'which strategy for this much data, how sure that is, and what would change it',
  options,
  makesFolders: true,
};

/** Throws an InputError that names the option. */
export function adviseRequest(typed: Typed): AdviseRequest {
  const given = readOptions(options, typed);
  const { keys, length, from, account = 'warm', cores, kernel, data } = given;
  // With a data file its own, once it is read.
  const asked = askedOf(given, { keys: keys ?? 1, length: length ?? 1 });
  const source = sourceOf(given);
  const size = keys !== undefined ? '--keys' : length !== undefined ? '--length' : undefined;
  if (data !== undefined && size !== undefined)
    throw new InputError(`${size} and --data: the file says how large the dictionary is, leave ${size} out.`);
  if (data === undefined && (keys === undefined || length === undefined))
    throw new InputError('advise needs the size of the dictionary: --keys 2e6 --length 300, or --data FILE.');
  const told = ['cost', 'work', 'profile'].find((name) => typed[name] !== undefined);
  if (kernel !== undefined && told !== undefined)
    throw new InputError(
      `--kernel and --${told}: your function is measured now, which says what its work is; leave --${told} out.`,
    );
  return { ...asked, from, account, cores, kernel, source };
}

/** `advise`: the choice for one dictionary, how sure it is, and what would change it. */
export async function adviseCommand(request: AdviseRequest): Promise<ExitCode> {
  const [{ adviseOn }, { callFromTerminal }] = await Promise.all([
    import('../app/advise/advise.js'),
    import('./caller.js'),
  ]);
  const advised = await callFromTerminal((caller) => adviseOn(request, caller));
  if (advised === undefined) return ExitCode.interrupted;
  for (const line of adviceLines(advised)) say(line);
  return ExitCode.fine;
}

function adviceLines({ advice, profile, request, caveats }: Advised): string[] {
  const { question, chosen, close, runnerUp, gain, changes, atBest } = advice;
  const { kernel, cores } = request;
  const { keys, length, work, account = 'warm' } = question;
  const amount = work === undefined ? '' : `, ${workText(work, profile)}`;
  const as = close.map(({ strategy }) => strategy);
  const simplest = close.some(({ baseline }) => baseline) ? '; the for-loop is the simplest of them' : '';
  return [
    `${formatCount(keys)} ${keys === 1 ? 'key' : 'keys'}, ${formatCount(length)} ${length === 1 ? 'number' : 'numbers'} each${amount}; ${account}, from ${profile.from}, ${profile.kernel.id}`,
    '',
    `${chosen.strategy}: ${timeText(chosen)}`,
    ...(gain === undefined
      ? []
      : [
          `  ${formatRatio(gain.value)} the for-loop, between ${formatRatio(gain.low)} and ${formatRatio(gain.high)}`,
        ]),
    ...(as.length === 0 ? [] : [`  as good, as far as this profile can tell: ${plainList(as)}${simplest}`]),
    ...(runnerUp === undefined
      ? []
      : [
          `runner-up: ${runnerUp.strategy}, ${timeText(runnerUp)}${runnerUp.ns < chosen.ns ? notSurely : ''}`,
        ]),
    ...(atBest === undefined
      ? []
      : [
          `on ${plainCount(cores ?? 0, 'core')} ${atBest.strategy} takes between ${formatNs(atBest.lowNs)} and ${formatNs(atBest.highNs)}; assumed: perfect scaling of the parallel share, roof of the measured cores`,
        ]),
    ...changes.map((change) => `${changeText(change, profile)}: ${change.strategy}`),
    ...[...advice.caveats.map((caveat) => describeCaveat(caveat, profile)), ...caveats].map(
      (caveat) => `note: ${caveat}`,
    ),
    `rests on: ${profile.host.cpu}, ${profile.host.usableCores} cores, Node ${profile.host.node}, ${kernel === undefined ? `measured ${profile.createdAt.slice(0, 10)}` : `${kernel} measured just now, each cell once`}; ` +
      basisWords[chosen.basis],
  ];
}

function describeCaveat(caveat: Caveat, profile: Profile): string {
  const wider = caveat.kind === 'outside' ? ', with a wider band' : '';
  return `${plainText(caveatText(caveat, profile))}${wider}`;
}

/** Cores that were not measured: a pool is not named on a guess. */
const notSurely = '; less, but not surely so on cores that were not measured';

const basisWords: Readonly<Record<Expected['basis'], string>> = {
  formula: 'a formula that held on points it had not seen',
  interpolation: 'the measured points nearby alone, since no formula fits this strategy',
  measured: 'this very point, which was measured',
};

function timeText({ ns, lowNs, highNs }: Expected): string {
  return `${formatNs(ns)}, between ${formatNs(lowNs)} and ${formatNs(highNs)} nine times of ten`;
}

function changeText({ axis, direction, value }: Change, profile: Profile): string {
  const amount =
    axis === 'work'
      ? workText(value, profile)
      : axis === 'keys'
        ? plainCount(Math.round(value), 'key')
        : `${plainCount(Math.round(value), 'number')} per list`;
  return `${direction} ${amount}`;
}

function workText(work: number, { workOption }: Profile): string {
  return workOption === 'cost'
    ? `${formatNs(1e3 * work)} of work per list`
    : `${workOption} ${formatCount(work)}`;
}
