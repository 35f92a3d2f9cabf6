/** A fault of a program that its session tells of: words of the error. */
export interface ProgramFault {
  readonly fault: string;
  readonly says: string;
}

const phases = ['load', 'open', 'run', 'place', 'compute', 'collect', 'release', 'close'];
const untimed = ['hello', 'fresh', 'poison', 'drop', 'write'];

const death = (phase: string): ProgramFault => ({
  fault: `dies ${phase}`,
  says: `asked to "${phase}": it ended with exit code 3: no more of this at ${phase}`,
});

/** Every way in which a program may break the protocol. What it answers wrongly is found by its cell. */
export const programFaults: readonly ProgramFault[] = [
  ...[...phases, ...untimed].map(death),
  {
    fault: 'garbage run',
    says: 'asked to "run": it said "Segmentation fault, probably", which is no JSON (stdout is for replies, stderr for the rest)',
  },
  { fault: 'garbage hello', says: 'asked to "hello": it said "Segmentation fault' },
  { fault: 'no-object open', says: 'asked to "open": it said "[1]", which is no object' },
  { fault: 'endless-line compute', says: 'asked to "compute": its line has no end' },
  { fault: 'says-error place', says: 'asked to "place": out of paper' },
  { fault: 'talks open', says: 'it said "by the way" although nothing was asked' },
  { fault: 'no-times', says: 'asked to "load": its reply has no `ns` and `cpuNs`' },
  { fault: 'boasts', says: 'had passed around the message: read a monotonic clock' },
  { fault: 'short-file', says: 'its file has 72 bytes; 3 lengths and 7 numbers are 80 bytes (8 each)' },
  { fault: 'oversized-file', says: 'its file has 160 bytes; 3 lengths and 7 numbers are 80 bytes' },
  { fault: 'wrong-lengths', says: 'the lengths in its file add up to 8, and it said 7 numbers' },
  { fault: 'too-few-numbers', says: 'its answer has 3 lists with 1 numbers; it must have 3 with 7' },
  { fault: 'leaves-child', says: 'left 1 process behind, which had to be ended' },
  { fault: 'does-not-end', says: 'did not end when its stdin was closed, and was killed' },
];
