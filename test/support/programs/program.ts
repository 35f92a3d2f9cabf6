import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/*
 * A strategy of a program, in a page: x² − 13 over packed numbers. Its argument names a fault that it then has; without
 * one it is honest. Run by tests, by the interpreter that every machine of theirs has.
 */
type Message = Readonly<Record<string, unknown>> & { readonly do: string };
type Reply = Record<string, unknown>;

const fault = process.argv[2] ?? 'none';
const [kind, at = ''] = fault.split(' ');

let input: Float64Array = new Float64Array(0);
let lengths: Float64Array = new Float64Array(0);
let output: Float64Array = new Float64Array(0);
const answers = new Map<unknown, Float64Array>();

const actions: Readonly<Record<string, (message: Message) => Reply>> = {
  hello: () => (kind === 'needs' ? { needs: 'a fez' } : { runs: true, stages: true }),
  load: ({ file, lists, numbers }) => {
    const bytes = readFileSync(String(file));
    const all = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    lengths = all.slice(0, Number(lists));
    input = all.slice(Number(lists), Number(lists) + Number(numbers));
    return {};
  },
  open: () => {
    if (kind === 'leaves-child') {
      // Named like its parent, so that a test finds it.
      const idle = ['-e', 'setInterval(() => {}, 1000)', ...process.argv.slice(1)];
      spawn(process.execPath, idle, { stdio: 'ignore' }).unref();
    }
    if (kind === 'does-not-end') setInterval(() => {}, 1000);
    return {};
  },
  run: ({ answer }) => {
    const fresh =
      kind === 'reuses-answer' && output.length === input.length ? output : new Float64Array(input.length);
    output = fill(fresh);
    answers.set(answer, fresh);
    return {};
  },
  place: () => {
    output = new Float64Array(input.length);
    return {};
  },
  compute: () => {
    fill(output);
    return {};
  },
  collect: ({ answer }) => {
    answers.set(answer, output.slice());
    return {};
  },
  release: () => ({}),
  close: () => ({}),
  fresh: ({ first }) => {
    if (kind !== 'keeps-old-data') input[0] = Number(first);
    return {};
  },
  poison: () => {
    if (kind !== 'keeps-output') output.fill(Number.NaN);
    return {};
  },
  drop: ({ answer }) => {
    answers.delete(answer);
    return {};
  },
  write: ({ answer, file }) => {
    const values = answers.get(answer) ?? new Float64Array(0);
    const all = [...lengths, ...values];
    if (kind === 'short-file') all.pop();
    if (kind === 'oversized-file') all.push(...all);
    if (kind === 'wrong-lengths') all[0]++;
    writeFileSync(String(file), new Float64Array(all));
    return { lists: lengths.length, numbers: kind === 'too-few-numbers' ? 1 : values.length };
  },
};

function fill(numbers: Float64Array): Float64Array {
  const less = kind === 'wrong-answer' ? 12 : 13;
  for (let i = 0; i < numbers.length; i++) numbers[i] = input[i] * input[i] - less;
  return numbers;
}

function answer(message: Message): void {
  const here = at === message.do;
  if (kind === 'dies' && here) {
    process.stderr.write(`no more of this at ${at}\n`);
    process.exit(3);
  }
  if (kind === 'never-answers' && here) return;
  if (kind === 'garbage' && here) process.stdout.write('Segmentation fault, probably\n');
  else if (kind === 'no-object' && here) process.stdout.write('[1]\n');
  else if (kind === 'endless-line' && here) process.stdout.write('x'.repeat(2_000_000));
  else if (kind === 'says-error' && here) say({ error: 'out of paper' });
  // In one piece with the reply: else the next question may be there first, and this would be its answer.
  else say(timed(message), kind === 'talks' && here ? 'by the way\n' : '');
}

function timed(message: Message): Reply {
  const began = process.hrtime.bigint();
  const reply = actions[message.do](message);
  const ns = Number(process.hrtime.bigint() - began);
  if (kind === 'no-times') return reply;
  return { ns: kind === 'boasts' ? 1e12 : kind === 'hides-work' ? 0 : ns, cpuNs: 0, ...reply };
}

function say(reply: Reply, more = ''): void {
  process.stdout.write(`${JSON.stringify(reply)}\n${more}`);
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line) as Message;
  // Far longer than a message may take outside its clock, on a busy machine, too.
  const waitMs = kind === 'hides-work' && message.do === 'run' ? 300 : 0;
  if (waitMs === 0) answer(message);
  else setTimeout(() => answer(message), waitMs);
});
