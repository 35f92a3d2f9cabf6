import type { Profile, ProfileAccount } from '../../choose/choose.js';
import { InputError } from '../../contract/errors.js';
import type { DataSource } from '../../contract/scenario.js';
import { dictionaryBytes } from '../../dictionary/memory.js';
import { formatBytes, formatCount, formatPercent } from '../../document/units.js';
import { plainList } from '../../document/words.js';
import { readHost } from '../../measure/host.js';
import { withMemoryPrices } from '../../measure/machine/fresh-memory.js';
import { type Advice, advise } from '../../model/advice.js';
import { limitsOf } from '../../model/projection/limits.js';
import type { HostRecord } from '../../results/format.js';
import type { Caller } from '../caller.js';
import { readData } from '../plan/data.js';
import { type Asked, readProfile, workAsked } from './profile-file.js';

/** What `advise` was asked. */
export interface AdviseRequest extends Asked {
  readonly from?: 'lists' | 'columns';
  readonly account: ProfileAccount;
  readonly cores?: number;
  /** A function or kernel that is measured first, instead of reading a profile. */
  readonly kernel?: string;
  /** A file that `keys` and `length` are taken from, once it is read. */
  readonly source?: DataSource;
  /** Numbers of its longest list, once it is read. */
  readonly longest?: number;
}

/** `Map` holds no more. */
const mostKeys = 2 ** 24;

/** The choice for one dictionary, how sure it is, and what would change it. */
export interface Advised {
  readonly advice: Advice;
  readonly profile: Profile;
  /** What was asked about, with the size of its data file. */
  readonly request: AdviseRequest;
  /** On the size itself, whatever the strategy: what V8 must be told, and what lists of unequal length mean. */
  readonly caveats: readonly string[];
}

/** Undefined where it was interrupted. Throws an InputError that says why there is no advice. */
export async function adviseOn(asked: AdviseRequest, caller: Caller): Promise<Advised | undefined> {
  const host = withMemoryPrices(readHost());
  const request = await sizedByData(asked, caller);
  if (asked.kernel === undefined) checkFits(request, readProfile(asked.profile, host, caller));
  else checkFits(request, { from: formOfOwn(asked), host });
  const profile = await profileFor(request, host, caller);
  if (profile === undefined) return undefined;
  checkAccount(request, profile);
  const { keys, length, account, cores } = request;
  const advice = advise(profile, { keys, length, account, work: workAsked(request, profile) }, cores);
  return { advice, profile, request, caveats: sizeCaveats(request, profile) };
}

async function profileFor(
  request: AdviseRequest,
  host: HostRecord,
  caller: Caller,
): Promise<Profile | undefined> {
  if (request.kernel === undefined) return readProfile(request.profile, host, caller);
  const { ownProfile } = await import('./own-profile.js');
  return ownProfile(request.kernel, request, caller);
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

/** The request with the size of its data file. Throws where the file is no dictionary of lists with numbers, and says where in it. */
async function sizedByData(request: AdviseRequest, { note }: Caller): Promise<AdviseRequest> {
  const { source } = request;
  if (source === undefined) return request;
  const { header } = await readData(source, note);
  return { ...request, keys: header.keys, length: header.elements / header.keys, longest: header.longest };
}

/** Beyond the bytes of the dictionaries, what the collector and everything else in a program want. */
const heapReserve = 1.5;

/** A longest list that is so many times the mean decides when a pool is done. */
const skewed = 10;

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
