import { InputError } from '../../catalog/problem.js';
import type { Profile, Question } from '../../choose/choose.js';
import { dictionaryBytes } from '../../dictionary/memory.js';
import { readHost } from '../../measure/host.js';
import { type Advice, advise } from '../../model/advice.js';
import type { Change } from '../../model/changes.js';
import type { Expected } from '../../model/expectations.js';
import { listed } from '../../report/plain-text.js';
import { formatBytes, formatCount, formatNs, formatRatio } from '../../report/units.js';
import type { HostRecord } from '../../results/format.js';
import { ExitCode } from '../exit.js';
import { say } from '../terminal-lines.js';
import type { AdviseRequest } from './arguments.js';
import { sizedByData } from './data-size.js';
import { readProfile } from './profile-file.js';
import { workAsked } from './work-asked.js';

/** `Map` holds no more. */
const mostKeys = 2 ** 24;

/** `advise`: the choice for one dictionary, how sure it is, and what would change it. */
export async function adviseCommand(asked: AdviseRequest): Promise<ExitCode> {
  const host = readHost();
  const request = await sizedByData(asked);
  checkFits(request, asked.kernel === undefined ? readProfile(asked.profile, host) : { from: 'lists', host });
  const profile = await profileFor(request, host);
  if (profile === undefined) return ExitCode.interrupted;
  const question = questionOf(request, profile);
  for (const line of adviceLines(advise(profile, question, request.cores), profile, request)) say(line);
  return ExitCode.fine;
}

async function profileFor(request: AdviseRequest, host: HostRecord): Promise<Profile | undefined> {
  if (request.kernel === undefined) return readProfile(request.profile, host);
  const { ownProfile } = await import('./own-profile.js');
  const profile = await ownProfile(request.kernel, request);
  if (profile !== undefined && Object.keys(profile.accounts).length === 0)
    throw new InputError(
      `--kernel ${request.kernel}: nothing could be measured with it; \`breakeven bench --kernel\` says why.`,
    );
  return profile;
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
  { kernel, cores }: Pick<AdviseRequest, 'kernel' | 'cores'>,
): string[] {
  const { keys, length, work, account = 'warm' } = question;
  const amount = work === undefined ? '' : `, ${workText(work, profile)}`;
  const as = close.map(({ strategy }) => strategy);
  return [
    `${formatCount(keys)} ${keys === 1 ? 'key' : 'keys'}, ${formatCount(length)} ${length === 1 ? 'number' : 'numbers'} each${amount}; ${account}, from ${profile.from}, ${profile.kernel.id}`,
    '',
    `${chosen.strategy}: ${timeText(chosen)}`,
    ...(gain === undefined
      ? []
      : [
          `  ${formatRatio(gain.value)} the for-loop, between ${formatRatio(gain.low)} and ${formatRatio(gain.high)}`,
        ]),
    ...(as.length === 0
      ? []
      : [`  as good, as far as this profile can tell: ${listed(as)}${simplestOf(as)}`]),
    ...(runnerUp === undefined ? [] : [`runner-up: ${runnerUp.strategy}, ${timeText(runnerUp)}`]),
    ...(atBest === undefined
      ? []
      : [
          `on ${formatCount(cores ?? 0)} cores ${atBest.strategy} takes between ${formatNs(atBest.lowNs)} and ${formatNs(atBest.highNs)}; assumed: perfect scaling of the parallel share, roof of the measured cores`,
        ]),
    ...changes.map((change) => `${changeText(change, profile)}: ${change.strategy}`),
    ...caveats.map((caveat) => `note: ${caveat}`),
    `rests on: ${profile.host.cpu}, ${profile.host.usableCores} cores, Node ${profile.host.node}, ${kernel === undefined ? `measured ${profile.createdAt.slice(0, 10)}` : `${kernel} measured just now, each cell once`}; ` +
      basisWords[chosen.basis],
  ];
}

/** What needs no reason is told from what does. */
function simplestOf(as: readonly string[]): string {
  return as.includes('for-loop') ? '; the for-loop is the simplest of them' : '';
}

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
        ? `${formatCount(Math.round(value))} keys`
        : `${formatCount(Math.round(value))} numbers per list`;
  return `${direction} ${amount}`;
}

function workText(work: number, { workOption }: Profile): string {
  return workOption === 'cost'
    ? `${formatNs(1e3 * work)} of work per list`
    : `${workOption} ${formatCount(work)}`;
}
