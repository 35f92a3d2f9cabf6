import type { Profile } from '../../choose/choose.js';
import { InputError } from '../../contract/errors.js';
import { dictionaryBytes } from '../../dictionary/memory.js';
import { formatBytes, formatCount, formatNs, formatPercent, formatRatio } from '../../document/units.js';
import { plainCount, plainList, plainText } from '../../document/words.js';
import { caveatText } from '../../documents/caveats.js';
import { readHost } from '../../measure/host.js';
import { withMemoryPrices } from '../../measure/machine/fresh-memory.js';
import { type Advice, advise, type Caveat } from '../../model/advice.js';
import type { Change } from '../../model/changes.js';
import type { Expected } from '../../model/expectations.js';
import { limitsOf } from '../../model/projection/limits.js';
import type { HostRecord } from '../../results/format.js';
import { ExitCode } from '../exit.js';
import { say } from '../terminal.js';
import type { AdviseRequest } from './arguments.js';
import { readProfile, workAsked } from './profile-file.js';

/** `Map` holds no more. */
const mostKeys = 2 ** 24;

/** `advise`: the choice for one dictionary, how sure it is, and what would change it. */
export async function adviseCommand(asked: AdviseRequest): Promise<ExitCode> {
  const host = withMemoryPrices(readHost());
  const request = await sizedByData(asked);
  if (asked.kernel === undefined) checkFits(request, readProfile(asked.profile, host));
  else checkFits(request, { from: formOfOwn(asked), host });
  const profile = await profileFor(request, host);
  if (profile === undefined) return ExitCode.interrupted;
  checkAccount(request, profile);
  const { keys, length, account, cores } = request;
  const advice = advise(profile, { keys, length, account, work: workAsked(request, profile) }, cores);
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
      ? `--account ${account}: the profile was made from a run without it, and knows ${plainList(others)} alone. Ask for ${others.length === 1 ? 'that' : 'one of them'}, or calibrate again.`
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
    ...[...caveats.map((caveat) => describeCaveat(caveat, profile)), ...sizeCaveats(request, profile)].map(
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

/** The request with the size of its data file. Throws where the file is no dictionary of lists with numbers, and says where in it. */
async function sizedByData(request: AdviseRequest): Promise<AdviseRequest> {
  const { source } = request;
  if (source === undefined) return request;
  const { loadData } = await import('../../dictionary/load.js');
  const { header } = await loadData(source);
  return { ...request, keys: header.keys, length: header.elements / header.keys, longest: header.longest };
}

/** Beyond the bytes of the dictionaries, what the collector and everything else in a program want. */
const heapReserve = 1.5;

/** A longest list that is so many times the mean decides when a pool is done. */
const skewed = 10;

/** Sentences on the size itself, whatever the strategy: what V8 must be told, and what lists of unequal length mean. */
function sizeCaveats(request: AdviseRequest, { from, host }: Pick<Profile, 'from' | 'host'>): string[] {
  return [...heapCaveat(request, from, host.memoryBytes), ...skewCaveat(request)];
}

function heapCaveat({ keys, length }: AdviseRequest, from: Profile['from'], memoryBytes: number): string[] {
  const bytes = dictionaryBytes({ keys, elements: keys * length }, from);
  return limitsOf({ keys, length, from, bytes, memoryBytes }).flatMap((limit) =>
    limit.kind === 'heap'
      ? [
          `the lists and their answers take about ${formatBytes(limit.bytes)} of V8's heap, which ends at about 4 GiB: ` +
            `start Node with --max-old-space-size=${Math.ceil((heapReserve * limit.bytes) / 2 ** 30) * 1_024}`,
        ]
      : [],
  );
}

function skewCaveat({ keys, length, longest = 0 }: AdviseRequest): string[] {
  if (longest <= skewed * length) return [];
  return [
    `the longest list has ${formatCount(longest)} numbers, ${formatCount(Math.round(longest / length))} times the mean, and times here are of equal lists: ` +
      `a pool is done no sooner than the worker that has it, with ${formatPercent(longest / (keys * length))} of all numbers`,
  ];
}
