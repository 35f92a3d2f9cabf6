import type { Profile, Question } from '../../choose/choose.js';
import { InputError } from '../../contract/errors.js';
import { dictionaryBytes } from '../../dictionary/memory.js';
import { readHost } from '../../measure/host.js';
import { type Advice, advise } from '../../model/advice.js';
import type { Change } from '../../model/changes.js';
import type { Expected } from '../../model/expectations.js';
import { counted, listed } from '../../report/plain-text.js';
import { formatBytes, formatCount, formatNs, formatRatio } from '../../report/units.js';
import type { HostRecord } from '../../results/format.js';
import { ExitCode } from '../exit.js';
import { say } from '../terminal-lines.js';
import type { AdviseRequest } from './arguments.js';
import { sizedByData } from './data-size.js';
import { readProfile } from './profile-file.js';
import { sizeCaveats } from './size-caveats.js';
import { workAsked } from './work-asked.js';

/** `Map` holds no more. */
const mostKeys = 2 ** 24;

/** `advise`: the choice for one dictionary, how sure it is, and what would change it. */
export async function adviseCommand(asked: AdviseRequest): Promise<ExitCode> {
  const host = readHost();
  const request = await sizedByData(asked);
  if (asked.kernel === undefined) checkFits(request, readProfile(asked.profile, host));
  else checkFits(request, { from: formOfOwn(asked), host });
  const profile = await profileFor(request, host);
  if (profile === undefined) return ExitCode.interrupted;
  checkAccount(request, profile);
  const question = questionOf(request, profile);
  const advice = advise(profile, question, request.cores);
  for (const line of adviceLines(advice, profile, request)) say(line);
  return ExitCode.fine;
}

async function profileFor(request: AdviseRequest, host: HostRecord): Promise<Profile | undefined> {
  if (request.kernel === undefined) return readProfile(request.profile, host);
  const { ownProfile } = await import('./own-profile.js');
  return ownProfile(request.kernel, request);
}

/** A function of one's own takes lists, and is measured with them. */
function formOfOwn({ kernel, from }: AdviseRequest): 'lists' {
  if (from === 'columns')
    throw new InputError(
      `--kernel ${kernel} --from columns: your function is measured with lists here. For columns: \`breakeven bench\` with a scenario of your own that says from: 'columns', then \`breakeven calibrate RUN\`, and advise without --kernel.`,
    );
  return 'lists';
}

/** Which accounts there are, before anything is asked of one. */
function checkAccount({ account, kernel }: AdviseRequest, { accounts }: Profile): void {
  if ((accounts[account]?.strategies.length ?? 0) > 0) return;
  const others = Object.keys(accounts);
  throw new InputError(
    kernel === undefined
      ? `--account ${account}: the profile was made from a run without it, and knows ${listed(others)} alone. Ask for ${others.length === 1 ? 'that' : 'one of them'}, or calibrate again.`
      : `--kernel ${kernel}: nothing could be measured of the ${account} account. Its cells failed, or there was time for one of each alone: see above.`,
  );
}

/** Refuses what cannot be held, whatever its time would be. */
function checkFits(
  { keys, length, from }: AdviseRequest,
  known: Pick<Profile, 'from'> & { host: { memoryBytes: number } },
): void {
  if (from !== undefined && from !== known.from)
    throw new InputError(`the profile was measured from ${known.from}, and says nothing of ${from}.`);
  if (keys > mostKeys)
    throw new InputError(
      `${formatCount(keys)} keys: a Map holds ${formatCount(mostKeys)} at most. Cut the dictionary: \`breakeven project\` says how.`,
    );
  // The input, and the answers beside it.
  const bytes = 2 * dictionaryBytes({ keys, elements: keys * length }, known.from);
  if (bytes > known.host.memoryBytes)
    throw new InputError(
      `${formatCount(keys)} keys of ${formatCount(length)} numbers and their answers take about ${formatBytes(bytes)}, ` +
        `this machine has ${formatBytes(known.host.memoryBytes)}: no strategy can hold them at once. Cut the dictionary: \`breakeven project\` says how.`,
    );
}

function questionOf(request: AdviseRequest, profile: Profile): Question {
  const { keys, length, account } = request;
  const work = workAsked(request, profile);
  return { keys, length, account, ...(work === undefined ? {} : { work }) };
}

function adviceLines(
  { question, chosen, close, runnerUp, gain, changes, atBest, caveats }: Advice,
  profile: Profile,
  request: AdviseRequest,
): string[] {
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
    ...(as.length === 0 ? [] : [`  as good, as far as this profile can tell: ${listed(as)}${simplest}`]),
    ...(runnerUp === undefined
      ? []
      : [
          `runner-up: ${runnerUp.strategy}, ${timeText(runnerUp)}${runnerUp.ns < chosen.ns ? notSurely : ''}`,
        ]),
    ...(atBest === undefined
      ? []
      : [
          `on ${counted(cores ?? 0, 'core')} ${atBest.strategy} takes between ${formatNs(atBest.lowNs)} and ${formatNs(atBest.highNs)}; assumed: perfect scaling of the parallel share, roof of the measured cores`,
        ]),
    ...changes.map((change) => `${changeText(change, profile)}: ${change.strategy}`),
    ...[...caveats, ...sizeCaveats(request, profile)].map((caveat) => `note: ${caveat}`),
    `rests on: ${profile.host.cpu}, ${profile.host.usableCores} cores, Node ${profile.host.node}, ${kernel === undefined ? `measured ${profile.createdAt.slice(0, 10)}` : `${kernel} measured just now, each cell once`}; ` +
      basisWords[chosen.basis],
  ];
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
        ? counted(Math.round(value), 'key')
        : `${counted(Math.round(value), 'number')} per list`;
  return `${direction} ${amount}`;
}

function workText(work: number, { workOption }: Profile): string {
  return workOption === 'cost'
    ? `${formatNs(1e3 * work)} of work per list`
    : `${workOption} ${formatCount(work)}`;
}
