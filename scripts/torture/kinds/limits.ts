import type { Kind } from '../fault.js';

/** What the machine allows: open files, memory, processes, processor time. */
export const limits: Kind = {
  name: 'limits',
  weight: 6,
  draw(draw) {
    const [words, ...within] = draw.pick([
      ...[16, 18, 20, 24, 40].map((files) => [`${files} open files`, 'prlimit', `--nofile=${files}`, '--']),
      ...[600, 1_000, 2_000, 8_000].map((mb) => [
        `${mb} MB of addresses`,
        'prlimit',
        `--as=${mb * 2 ** 20}`,
        '--',
      ]),
      ...[150, 250].map((mb) => [`${mb} MB of data`, 'prlimit', `--data=${mb * 2 ** 20}`, '--']),
      ...[256, 1_000].map((kb) => [`a stack of ${kb} kB`, 'prlimit', `--stack=${kb * 1024}`, '--']),
      ['1 s of processor time', 'prlimit', '--cpu=1', '--'],
      ['no locked memory', 'prlimit', '--memlock=0', '--'],
      ...groupLimits,
      ...groupLimits,
    ]);
    return {
      title: words,
      command: draw.pick([
        'bench',
        'bench --kernel',
        'compare commits',
        'check',
        'advise --kernel',
        'list',
        'report',
        'doctor',
      ]),
      within,
      // Without room for itself Node ends before a line of the program runs.
      codes: [
        2,
        5,
        ...(isTooLittleForNode(words)
          ? (['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGKILL', 'SIGXCPU', 133, 134, 1, 9] as const)
          : []),
      ],
      partial: false,
    };
  },
};

/** Groups of their own, below the one in which this sandbox runs. */
const groupLimits = [
  ...[40, 80, 160].map((mb) =>
    inGroup(`a group with ${mb} MB`, 'memory', 'memory.limit_in_bytes', `${mb * 2 ** 20}`),
  ),
  ...[6, 12, 20, 30].map((pids) => inGroup(`a group with ${pids} processes`, 'pids', 'pids.max', `${pids}`)),
];

/** Where no group can be made the command runs without one. */
function inGroup(words: string, controller: string, file: string, value: string): string[] {
  const script =
    `own=$(sed -n 's/^[0-9]*:${controller}://p' /proc/self/cgroup); at=/sys/fs/cgroup/${controller}$own/inner; ` +
    `mkdir "$at" 2>/dev/null && echo ${value} > "$at/${file}" && echo $$ > "$at/cgroup.procs"; exec "$0" "$@"`;
  return [words, 'sh', '-c', script];
}

function isTooLittleForNode(words: string): boolean {
  return /addresses|of data|stack|processor|^(16|18|20|24) open|group/.test(words);
}
