import type { Profile } from '../choose/choose.js';
import { dictionaryBytes } from '../dictionary/memory.js';
import type { Document } from '../document/document.js';
import { projectionDocument } from '../documents/projection.js';
import { readHost } from '../measure/host.js';
import { withMemoryPrices } from '../measure/machine/fresh-memory.js';
import { project } from '../model/projection/projection.js';
import { passedBytes } from '../model/scaling/roof.js';
import { type Asked, readProfile, workAsked } from './advise/profile-file.js';
import type { Caller } from './caller.js';
import { readBandwidth } from './stored-run.js';

/** A dictionary of any size, and the machine that is to hold it. */
export interface ProjectRequest extends Asked {
  /** This machine's unless told. */
  readonly memoryBytes?: number;
  readonly cores: readonly number[];
  readonly storageBytesPerNs: number;
  /** A run that the memory bandwidth is read from. */
  readonly bandwidth?: string;
}

/** What it would take, strategy by strategy. Throws an InputError where the profile cannot say. */
export function projectSize(request: ProjectRequest, caller: Pick<Caller, 'note'>): Document {
  const { keys, length, cores, memoryBytes, storageBytesPerNs } = request;
  const host = withMemoryPrices(readHost());
  const profile = readProfile(request.profile, host, caller);
  const projection = project(profile, {
    keys,
    length,
    work: workAsked(request, profile) ?? 1,
    bytes: bytesOf(request, profile),
    memoryBytes: memoryBytes ?? profile.host.memoryBytes,
    cores,
    storageBytesPerNs,
    ...roofOf(request, profile),
  });
  return projectionDocument(projection, profile);
}

function bytesOf({ keys, length }: ProjectRequest, { from }: Profile): number {
  return dictionaryBytes({ keys, elements: keys * length }, from);
}

function roofOf({ bandwidth }: ProjectRequest, { host }: Profile): { roofNsPerNumber?: number } {
  return bandwidth === undefined
    ? {}
    : { roofNsPerNumber: passedBytes / readBandwidth(bandwidth, host).bytesPerNs };
}
