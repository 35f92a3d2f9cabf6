import type { Profile } from '../../choose/choose.js';
import { dictionaryBytes } from '../../dictionary/memory.js';
import { projectionDocument } from '../../documents/projection.js';
import { readHost } from '../../measure/host.js';
import { withMemoryPrices } from '../../measure/machine/fresh-memory.js';
import { project } from '../../model/projection/projection.js';
import { passedBytes } from '../../model/scaling/roof.js';
import { renderMarkdown } from '../../render/markdown.js';
import { readProfile, workAsked } from '../advise/profile-file.js';
import { ExitCode } from '../exit.js';
import { readBandwidth } from '../stored-run.js';
import { say } from '../terminal.js';
import type { ProjectRequest } from './arguments.js';

/** `project`: what a dictionary of any size would take, strategy by strategy, as Markdown. */
export async function projectCommand(request: ProjectRequest): Promise<ExitCode> {
  const { keys, length, cores, memoryBytes, storageBytesPerNs } = request;
  const host = withMemoryPrices(readHost());
  const profile = readProfile(request.profile, host);
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
  say(renderMarkdown(projectionDocument(projection, profile)).trimEnd());
  return ExitCode.fine;
}

function bytesOf({ keys, length }: ProjectRequest, { from }: Profile): number {
  return dictionaryBytes({ keys, elements: keys * length }, from);
}

function roofOf({ bandwidth }: ProjectRequest, { host }: Profile): { roofNsPerNumber?: number } {
  return bandwidth === undefined
    ? {}
    : { roofNsPerNumber: passedBytes / readBandwidth(bandwidth, host).bytesPerNs };
}
