import type { ClockRecord, HomeTime } from '../../contract/program.js';
import { quoted, type Talk } from '../../process/talk.js';

/** A message to the program: what to do, and what that needs. */
interface Message {
  readonly do: string;
  readonly [field: string]: unknown;
}

export type Reply = Readonly<Record<string, unknown>>;

/** Inside and outside may lie so far apart: a message there and back takes a tenth of a millisecond. */
const apartShare = 0.05;
const apartNs = 200_000;

/** Messages as JSON, one reply each; times that a program tells are held against the clock around the message. */
export class Exchange {
  /** The program has failed: what it says of further messages explains nothing. */
  failed = false;
  private messages = 0;
  private apart = 0;
  private widest: ClockRecord['widest'];

  constructor(
    /** Names the program in errors. */
    private readonly label: string,
    private readonly talk: Talk,
  ) {}

  /** An untimed message. Rejects with a ProgramError. */
  async ask(message: Message): Promise<Reply> {
    const line = JSON.stringify(message);
    try {
      return parse(await this.talk.ask(line));
    } catch (cause) {
      throw this.failure(message, (cause as Error).message, cause);
    }
  }

  /** A message whose reply says how long it took, wall time and CPU time of all its processes. */
  async timed(message: Message): Promise<HomeTime> {
    const began = process.hrtime.bigint();
    const { ns, cpuNs } = await this.ask(message);
    const outsideNs = Number(process.hrtime.bigint() - began);
    if (!isTime(ns) || !isTime(cpuNs))
      throw this.failure(message, 'its reply has no `ns` and `cpuNs`: nanoseconds that it took, from 0');
    if (ns > outsideNs)
      throw this.failure(
        message,
        `it says that it took ${ns} ns, and only ${outsideNs} ns had passed around the message: read a monotonic clock, in nanoseconds, and start it after the message has come`,
      );
    this.note(message.do, ns, outsideNs);
    return { ns, cpuNs };
  }

  clocks(): ClockRecord {
    const { messages, apart, widest } = this;
    return { messages, apart, widest };
  }

  /** An error that says who failed at which message. */
  failure(message: Message, what: string, cause?: unknown): ProgramError {
    this.failed = true;
    return new ProgramError(`${this.label}, asked to "${message.do}": ${what}`, { cause });
  }

  private note(message: string, insideNs: number, outsideNs: number): void {
    this.messages++;
    const gapNs = outsideNs - insideNs;
    if (gapNs <= apartShare * outsideNs + apartNs) return;
    this.apart++;
    const widestNs = this.widest === undefined ? 0 : this.widest.outsideNs - this.widest.insideNs;
    if (gapNs > widestNs) this.widest = { message, insideNs, outsideNs };
  }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** The object that a line holds. Throws what the line is instead. */
function parse(line: string): Reply {
  let reply: unknown;
  try {
    reply = JSON.parse(line);
  } catch (cause) {
    throw new Error(
      `it said ${quoted(line)}, which is no JSON (stdout is for replies, stderr for the rest)`,
      {
        cause,
      },
    );
  }
  if (typeof reply !== 'object' || reply === null || Array.isArray(reply))
    throw new Error(`it said ${quoted(line)}, which is no object`);
  const { error } = reply as Reply;
  if (error !== undefined) throw new Error(String(error));
  return reply as Reply;
}

/** A program did not keep the protocol, or failed: which one, at which message, and what it did. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}
