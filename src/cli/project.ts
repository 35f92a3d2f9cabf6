import type { ProjectRequest } from '../app/project.js';
import { parseBytes, parseCount } from '../app/quantity.js';
import { InputError } from '../contract/errors.js';
import { renderMarkdown } from '../render/markdown.js';
import { askedOf, askedOptions } from './advise.js';
import { ExitCode } from './exit.js';
import { parsed, readOptions, type Typed, text, type Usage } from './options.js';
import { note, say } from './terminal.js';

const options = {
  ...askedOptions,
  memory: parsed('memory of the machine, like 24GB (default: of this one)', (text) =>
    parseBytes('memory', text),
  ),
  cores: text('cores to project for, like 2,16,64 (default 2,16,64)', '2,16,64'),
  storage: text('what the data is read at, per second (default 2GB)', '2GB'),
  bandwidth: text('a run on large data: the roof of the memory'),
};

export const projectUsage: Usage = {
  name: 'project',
  describe: 'what a dictionary of any size would take: time, processor time, what cannot run, how to cut it',
  options,
};

/** Throws an InputError that names the option. */
export function projectRequest(typed: Typed): ProjectRequest {
  const given = readOptions(options, typed);
  const { keys, length, memory, cores, storage, bandwidth } = given;
  if (keys === undefined || length === undefined)
    throw new InputError('project needs the size of the dictionary: --keys 1e6 --length 1e6.');
  return {
    ...askedOf(given, { keys, length }),
    memoryBytes: memory,
    cores: cores
      .split(',')
      .map((each) => parseCount('cores', each, cores))
      .sort((a, b) => a - b),
    // GB per second are bytes per nanosecond.
    storageBytesPerNs: parseBytes('storage', storage.replace(/\/s$/, '')) / 1e9,
    bandwidth,
  };
}

/** `project`: what a dictionary of any size would take, strategy by strategy, as Markdown. */
export async function projectCommand(request: ProjectRequest): Promise<ExitCode> {
  const { projectSize } = await import('../app/project.js');
  say(renderMarkdown(projectSize(request, { note })).trimEnd());
  return ExitCode.fine;
}
