import type { Kernel } from '../../contract/kernel.js';
import type { Program } from '../../contract/program.js';
import type { OpenRequest } from '../../contract/strategy.js';
import { NotStarted, Talk } from '../../process/talk.js';
import { Exchange } from './exchange.js';
import { commandOf, kernelId } from './program.js';
import { ProgramSession } from './session.js';

/** What of a request a program is told. */
interface Start extends Pick<OpenRequest, 'ref' | 'workers' | 'chunk' | 'options' | 'signal'> {
  readonly kind: Kernel['kind'];
}

const protocol = 1;

/** Starts the program and greets it. Rejects with Needs where something is not installed, else with a ProgramError. */
export async function startProgram(program: Program, label: string, start: Start): Promise<ProgramSession> {
  const { strategy } = program;
  const talk = await talkTo(program, start.signal);
  const exchange = new Exchange(label, talk);
  try {
    const reply = await exchange.ask({
      do: 'hello',
      protocol,
      strategy: strategy.id,
      kernel: kernelId(start.ref.module),
      kernelOptions: start.ref.options,
      workers: start.workers,
      chunk: start.chunk,
      options: start.options,
    });
    if (typeof reply.needs === 'string') throw new Needs(reply.needs);
    const abilities = { runs: reply.runs === true, stages: reply.stages === true };
    if (!abilities.runs && !abilities.stages)
      throw exchange.failure(
        { do: 'hello' },
        'its reply says neither "runs": true nor "stages": true: it must do one of them',
      );
    return new ProgramSession(label, talk, exchange, start.kind, abilities);
  } catch (cause) {
    await talk.end();
    throw cause;
  }
}

async function talkTo(program: Program, signal: AbortSignal): Promise<Talk> {
  const { manifest, folder } = program;
  try {
    return await Talk.start({ command: commandOf(program), cwd: folder, signal });
  } catch (cause) {
    if (cause instanceof NotStarted) throw new Needs(`${manifest.needs} (${cause.message})`, { cause });
    throw cause;
  }
}

/** What the user lacks for a program to run, in words: "Python 3.8 or newer". No failure of the program. */
export class Needs extends Error {
  override readonly name = 'Needs';
}
