import { InputError } from '../../contract/errors.js';
import { readJsonFile } from '../../files/json-file.js';
import { problemOf, v } from '../../results/valid.js';

/* What Node writes under --cpu-prof: the format of Chrome's developer tools (Profiler.Profile of its protocol). */
const cpuProfileSchema = v.looseObject({
  nodes: v.array(
    v.looseObject({
      id: v.number(),
      callFrame: v.looseObject({ functionName: v.string(), url: v.string(), lineNumber: v.number() }),
    }),
  ),
  /** µs of a monotonic clock. */
  startTime: v.number(),
  /** The node that was seen each time, and µs since the time before. */
  samples: v.array(v.number()),
  timeDeltas: v.array(v.number()),
});

export type CpuProfile = v.InferOutput<typeof cpuProfileSchema>;

/** Seconds of samples of a program with thousands of functions. */
const mostBytes = 2 ** 28;

/** Throws an InputError where the file is no such profile. */
export function readCpuProfile(path: string): CpuProfile {
  const result = v.safeParse(cpuProfileSchema, readJsonFile(path, mostBytes), { abortEarly: true });
  if (result.success) return result.output;
  throw new InputError(`${path} is no profile as Node writes them: ${problemOf(result)}.`);
}

/** Time in one function, without those that it calls. */
export interface SelfTime {
  /** `(anonymous)` where it has none. */
  readonly name: string;
  /** As the engine knows its file: `file:///…`, `node:…`, or empty for what is no file's. */
  readonly url: string;
  /** From 1; 0 where there is none. */
  readonly line: number;
  readonly ns: number;
  /** How often it was seen. */
  readonly samples: number;
}

/** Waiting, and what no function is seen in. Collecting garbage is work, and stays. */
const noWork: readonly string[] = ['(root)', '(idle)', '(program)'];

/** Self times of all threads and processes together, of what was seen within a window of time. */
export function computeSelfTimes(
  profiles: readonly CpuProfile[],
  { fromUs, toUs }: { readonly fromUs: number; readonly toUs: number },
): SelfTime[] {
  const times = new Map<string, SelfTime>();
  for (const { nodes, samples, timeDeltas, startTime } of profiles) {
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
    let atUs = startTime;
    for (const [i, id] of samples.entries()) {
      atUs += timeDeltas[i] ?? 0;
      const frame = frames.get(id);
      // A sample stands for the time until the next one.
      const us = timeDeltas[i + 1] ?? 0;
      if (frame === undefined || atUs < fromUs || atUs >= toUs || noWork.includes(frame.functionName))
        continue;
      const { functionName, url, lineNumber } = frame;
      const key = `${url}:${lineNumber} ${functionName}`;
      const known = times.get(key);
      times.set(key, {
        name: functionName || '(anonymous)',
        url,
        line: Math.max(0, lineNumber + 1),
        ns: (known?.ns ?? 0) + Math.max(0, us) * 1_000,
        samples: (known?.samples ?? 0) + 1,
      });
    }
  }
  return [...times.values()];
}
