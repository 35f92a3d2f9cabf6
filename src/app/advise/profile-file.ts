import { existsSync, statSync } from 'node:fs';
import { checkProfile, type Profile } from '../../choose/choose.js';
import { InputError } from '../../contract/errors.js';
import { isNestedDeeper } from '../../files/json-file.js';
import { readRegularFile } from '../../files/read-file.js';
import { shellWord } from '../../files/shell.js';
import { messageOf } from '../../plugins/module.js';
import type { HostRecord } from '../../results/format.js';
import type { Caller } from '../caller.js';

/** Where a profile is kept unless another place is named. */
export const profileName = 'breakeven-profile.json';

/** Reads a profile that belongs to this machine and this Node. Throws an InputError with the reason otherwise. */
export function readProfile(path: string, host: HostRecord, { note }: Pick<Caller, 'note'>): Profile {
  if (!existsSync(path))
    throw new InputError(
      `there is no profile ${path}: \`breakeven calibrate\` writes one, in under a minute.`,
    );
  const profile = readJson(path);
  try {
    checkProfile(profile);
  } catch (cause) {
    throw new InputError(`${path}: ${messageOf(cause)}.`, { cause });
  }
  checkHost(path, profile, host);
  const memory = findOtherMemory(profile, host);
  if (memory !== undefined) note(`${path}: ${memory}`);
  return profile;
}

/** Ratio from which on new memory is another machine's, whatever that is called. */
const otherMemory = 3;

/** A doubt where a page of new memory costs much more or less than when the profile was measured. */
export function findOtherMemory({ host: { pageNs } }: Profile, { memory }: HostRecord): string | undefined {
  if (pageNs === undefined || memory === undefined) return undefined;
  const ratio = memory.againNs / pageNs;
  if (Math.max(ratio, 1 / ratio) < otherMemory) return undefined;
  return (
    `a page of new memory cost ${Math.round(pageNs)} ns when it was measured and costs ` +
    `${Math.round(memory.againNs)} ns now, so that strategies that make new answers take another time: ` +
    'run `breakeven calibrate` again.'
  );
}

/** One of three accounts with ten strategies has a hundred kilobytes. */
const mostBytes = 64 * 2 ** 20;
const mostLevels = 100;

/** What was cut, or is something else, is no JSON; where in it that shows says nothing to anybody. */
function readJson(path: string): unknown {
  if (statSync(path).isDirectory())
    throw new InputError(
      `${path} is a folder, not a profile: name the file in it, or make one of that run with \`breakeven calibrate ${shellWord(path)}\`.`,
    );
  const text = readRegularFile(path, mostBytes).toString('utf8');
  try {
    if (isNestedDeeper(text, mostLevels)) throw new SyntaxError('it nests too deep');
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      text.startsWith('{"type":"run"')
        ? `${path} holds the results of a run, not a profile: \`breakeven calibrate ${shellWord(path)}\` makes one of them.`
        : `${path} is no profile, or it was cut: it is no whole JSON. \`breakeven calibrate\` writes it anew.`,
      { cause },
    );
  }
}

function checkHost(path: string, profile: Profile, host: HostRecord): void {
  const again = 'Its times are not those of this machine: run `breakeven calibrate` here.';
  if (profile.host.fingerprint !== host.fingerprint)
    throw new InputError(`${path} comes from another machine (${profile.host.cpu}). ${again}`);
  if (major(profile.host.node) !== major(host.node))
    throw new InputError(
      `${path} was measured with Node ${profile.host.node}, this is ${host.node}. ${again}`,
    );
  if (profile.host.usableCores !== host.usableCores)
    throw new InputError(
      `${path} was measured with ${profile.host.usableCores} usable cores, now there are ${host.usableCores}. ${again}`,
    );
}

function major(version: string): string {
  return version.split('.')[0];
}

/** A dictionary that a profile is asked about. */
export interface Asked {
  readonly profile: string;
  readonly keys: number;
  /** Numbers per list, on average. */
  readonly length: number;
  /** CPU work per list, µs. */
  readonly costUs?: number;
  /** Value of another option of the profile's kernel. */
  readonly work?: number;
}

/** How much work is asked about, in the option that the profile was measured over; undefined where it has none. */
export function workAsked(
  { costUs, work }: Pick<Asked, 'costUs' | 'work'>,
  { workOption, kernel }: Profile,
): number | undefined {
  const given = costUs === undefined ? work : costUs;
  const name = costUs === undefined ? 'work' : 'cost';
  if (given !== undefined && (workOption === undefined || (costUs !== undefined && workOption !== 'cost')))
    throw new InputError(
      `--${name}: the profile was measured with the kernel ${kernel.id}, ${workOption === undefined ? 'always the same work' : `whose work is told by --work (${workOption})`}.`,
    );
  if (given === undefined && workOption !== undefined)
    throw new InputError(
      `the profile was measured over ${workOption}: say how much, ${workOption === 'cost' ? '--cost 4us' : '--work 16'}.`,
    );
  return given;
}
