import { fileURLToPath } from 'node:url';
import { InputError, RunError } from '../../contract/errors.js';
import type { Options } from '../../contract/kernel.js';
import type { StrategyHost } from '../../contract/strategy.js';
import {
  type KernelEntry,
  type KernelFile,
  type ScenarioEntry,
  type ScenarioFile,
  type StrategyEntry,
  type StrategyFile,
  strategyEntry,
} from '../../plugins/find.js';
import type { SelfBelow } from '../../plugins/module.js';
import { type AskEnd, AskedProcess } from '../../process/asked-process.js';
import type { v } from '../../results/valid.js';
import { readOutOfMemoryKills, readProcessRefusals } from '../machine/cgroup.js';
import { type Circumstances, recogniseRefusal } from '../refusal.js';
import type {
  Asked,
  InspectQuestion,
  InspectSetup,
  PointDecision,
  PointQuestion,
  Probed,
  ProbeQuestion,
  Said,
} from './messages.js';

const main = fileURLToPath(new URL('./main.js', import.meta.url));

/** A plug-in that needs longer than this to be imported, or to say whether it can run, would be in every cell's way. */
const patientMs = Number(process.env.BREAKEVEN_INTERNAL_INSPECT_MS ?? 20_000);

/** Of what a plug-in says in an error: it may be a whole list. */
const longestMessage = 4_000;

/** A kernel that needs longer than this for a few lists would not finish a sweep. */
const probeMs = 30_000;

export interface InspectorOptions {
  /** What `import 'breakeven'` means to plug-ins of another checkout; absent where it is this tool. */
  readonly self?: SelfBelow;
  /** Ends the process; the question that waits rejects. */
  readonly signal?: AbortSignal;
}

/** Whom to ask about points. */
export interface DecideRequest {
  readonly kernel: KernelFile;
  readonly strategies: readonly Pick<StrategyEntry, 'label' | 'module'>[];
  readonly host: StrategyHost;
}

/**
 * Looks at plug-ins in a process of its own, so that none is ever imported here: whatever one does, this process goes
 * on. Asked one question at a time; `close` it. Each call throws an InputError that
 * names the plug-in and what is wrong with it, also where it hangs or ends its process.
 */
export class Inspector {
  private process: AskedProcess;
  private asked = 0;
  private closed = false;

  /** Starts the process, which takes its time while this one goes on. */
  constructor(private readonly options: InspectorOptions = {}) {
    this.process = this.start();
  }

  async scenarios(files: readonly ScenarioFile[]): Promise<ScenarioEntry[]> {
    const modules = files.map(({ module }) => module);
    const scenarios = await this.ask({ type: 'scenarios', modules }, (the) =>
      the.listOf(the.scenarioSchema, modules.length),
    );
    return files.map((file, index) => ({ ...file, scenario: scenarios[index] }));
  }

  async scenario(file: ScenarioFile): Promise<ScenarioEntry> {
    const [entry] = await this.scenarios([file]);
    return entry;
  }

  async strategies(files: readonly StrategyFile[]): Promise<StrategyEntry[]> {
    const modules = [...new Set(files.map(({ module }) => module))];
    const traits = await this.ask({ type: 'strategies', modules }, (the) =>
      the.listOf(the.strategySchema, modules.length),
    );
    return files.map((file) => strategyEntry(file, traits[modules.indexOf(file.module)]));
  }

  async kernels(files: readonly KernelFile[]): Promise<KernelEntry[]> {
    const modules = files.map(({ module }) => module);
    const traits = await this.ask({ type: 'kernels', modules }, (the) =>
      the.listOf(the.kernelSchema, modules.length),
    );
    return files.map((file, index) => ({ ...file, plugin: traits[index] }));
  }

  async kernel(file: KernelFile): Promise<KernelEntry> {
    const [entry] = await this.kernels([file]);
    return entry;
  }

  /** What kernel and strategies say of points, in the order of these. */
  async decide(
    { kernel, strategies, host }: DecideRequest,
    points: readonly PointQuestion[],
  ): Promise<PointDecision[]> {
    const keys = points.map((point) => JSON.stringify([point.options, point.length]));
    const distinct = new Map(keys.map((key, index) => [key, points[index]]));
    const modules = [...new Set(strategies.map(({ module }) => module))];
    const answers = await this.ask(
      {
        type: 'decide',
        kernel: { id: kernel.id, module: kernel.module },
        strategies: modules.map((module) => ({ module, label: labelOf(module, strategies) })),
        host,
        points: [...distinct.values()],
      },
      (the) => the.listOf(the.decisionSchema, distinct.size),
    );
    if (!answers.every(({ supports }) => supports.length === modules.length))
      throw new InputError(
        `kernel ${kernel.id}: its process answered for other strategies than it was asked of.`,
      );
    const byKey = new Map([...distinct.keys()].map((key, index) => [key, answers[index]]));
    const places = strategies.map(({ module }) => modules.indexOf(module));
    return keys.flatMap((key) => {
      const answer = byKey.get(key);
      return answer === undefined
        ? []
        : [{ ...answer, supports: places.map((place) => answer.supports[place]) }];
    });
  }

  /** Whoever asks after this has a process of his own to close. */
  get isClosed(): boolean {
    return this.closed;
  }

  close(): void {
    this.closed = true;
    this.process.end();
  }

  /** Has the kernel measure this machine: in a fresh process, since code that has run is compiled otherwise. */
  async calibrate(kernel: KernelFile): Promise<Options> {
    this.startAfresh();
    const { id, module } = kernel;
    return this.ask({ type: 'calibrate', kernel: { id, module } }, (the) => the.calibrationSchema, {
      deadlineMs: probeMs,
      what: `kernel ${id}`,
    });
  }

  /** Tries somebody's kernel on its data, in a fresh process. */
  async probe(order: Omit<ProbeQuestion, 'type'>, id: string, deadlineMs = probeMs): Promise<Probed> {
    this.startAfresh();
    return this.ask({ type: 'probe', ...order }, (the) => the.probeSchema, {
      deadlineMs,
      what: `kernel ${id}`,
      late: `did not finish ${order.timed ? 'a list, tried twice,' : 'a few lists'} within ${deadlineMs / 1_000} s: does it ever return? Look for a loop without an end, or try it on less data.`,
    });
  }

  private start(): AskedProcess {
    const { self } = this.options;
    this.asked = 0;
    return new AskedProcess(main, { self } satisfies InspectSetup);
  }

  private startAfresh(): void {
    if (this.asked === 0) return;
    this.process.end();
    this.process = this.start();
  }

  private async ask<Schema extends v.GenericSchema>(
    question: InspectQuestion,
    schemaOf: (schemas: typeof import('./messages.js')) => Schema,
    { deadlineMs = patientMs, what, late }: Patience = {},
  ): Promise<v.InferOutput<Schema>> {
    const { signal } = this.options;
    // Loaded while the process starts.
    const schemas = await import('./messages.js');
    signal?.throwIfAborted();
    if (this.closed) throw new Error('nobody asks an inspector that has been closed');
    if (this.process.isOver) this.process = this.start();
    const id = ++this.asked;
    const refusedBefore = readProcessRefusals();
    const killsBefore = readOutOfMemoryKills();
    let last: string | undefined;
    let said: Said | undefined;
    const end = await this.process.ask({ id, question } satisfies Asked, {
      deadlineMs,
      ...(signal === undefined ? {} : { signal }),
      isAnswer: (body) => {
        const heard = schemas.read(schemas.saidSchema, body);
        if (!heard.success || heard.output.id !== id) return false;
        if (heard.output.type === 'at') last = heard.output.what;
        else said = heard.output;
        return heard.output.type !== 'at';
      },
    });
    signal?.throwIfAborted();
    const name = what ?? last ?? nobody;
    if (end.kind !== 'answered' || said === undefined) {
      const machine = {
        // Before a plug-in was at work, none can be to blame.
        hasStarted: last !== undefined,
        killsForMemory: readOutOfMemoryKills() > killsBefore,
        refusedProcesses: readProcessRefusals() > refusedBefore,
      };
      throw refusalOf(end, machine) ?? notAnswered(end, name, deadlineMs, late);
    }
    if (said.type === 'failed') said = { ...said, message: said.message.slice(0, longestMessage) };
    if (said.type === 'failed' && said.ours)
      throw new Error(`while plug-ins were looked at: ${said.message}`);
    if (said.type === 'failed')
      throw new InputError(what === undefined ? said.message : `${what}: ${said.message}`);
    const answer = schemas.read(schemaOf(schemas), said.type === 'answer' ? said.answer : undefined);
    if (answer.success) return answer.output;
    throw new InputError(`${name}: its process answered otherwise than asked: ${answer.problem}.`);
  }
}

interface Patience {
  readonly deadlineMs?: number;
  /** Whom the message names, where it is not who was at work last. */
  readonly what?: string;
  /** What is said where the deadline is over. */
  readonly late?: string;
}

/** Who is named where no plug-in was at work yet. */
const nobody = 'a plug-in';

/** Opens an inspector for one piece of work, and closes it however that ends. */
export async function inspecting<T>(
  options: InspectorOptions,
  work: (inspector: Inspector) => Promise<T>,
): Promise<T> {
  const inspector = new Inspector(options);
  try {
    return await work(inspector);
  } finally {
    inspector.close();
  }
}

/** What the machine refused is no fault of a plug-in. Undefined where it refused nothing. */
function refusalOf(end: AskEnd, machine: Omit<Circumstances, 'heapMegabytes'>): RunError | undefined {
  if (end.kind !== 'killed' && end.kind !== 'exited') return undefined;
  const how = end.kind === 'killed' ? `ended by ${end.signal}` : `ended with exit code ${end.exitCode}`;
  const outcome = recogniseRefusal(
    {
      status: 'crashed',
      message: `the process that looks at plug-ins was ${how}`,
      stderrTail: end.stderrTail,
      ...(end.kind === 'killed' ? { signal: end.signal } : {}),
    },
    { heapMegabytes: 0, ...machine },
  );
  return outcome.status === 'limit' && outcome.by === 'machine' ? new RunError(outcome.message) : undefined;
}

function notAnswered(end: AskEnd, name: string, deadlineMs: number, late: string | undefined): Error {
  switch (end.kind) {
    case 'not started':
      return new RunError(`the process that looks at plug-ins could not be started: ${end.message}`);
    case 'deadline':
      return new InputError(
        late === undefined
          ? `${name}: it did not come to an end within ${deadlineMs / 1_000} s. Look for a loop without an end, or an await for what never comes.`
          : `${name} ${late}`,
      );
    case 'exited':
      return new InputError(
        `${name}: its process ended with exit code ${end.exitCode} before it answered: a plug-in must throw or reject, never end the process.${tailText(end.stderrTail)}`,
      );
    case 'killed':
      // Before a plug-in was at work, none can be to blame: somebody ended the process.
      if (name === nobody)
        return new RunError(
          `the process that looks at plug-ins was ended by ${end.signal}, and nothing was measured. Try again.`,
        );
      // SIGKILL comes from outside (somebody, the machine's own killer): no file is to be mended.
      return new (end.signal === 'SIGKILL' ? RunError : InputError)(
        `${name}: its process was ended by ${end.signal} before it answered. Try again; if that does not help, look for what ends it.${tailText(end.stderrTail)}`,
      );
    default:
      return new InputError(`${name}: it was not asked to the end.`);
  }
}

/** Where in Node and in this tool an error passed by says nothing to whoever wrote the plug-in. */
const lineOfStack = /^\s+at |^Node\.js v\d|^\s*$|^node:internal|\/dist\/src\/|^\s*\^+\s*$/;

function tailText(tail: string): string {
  const said = tail.split('\n').filter((line) => !lineOfStack.test(line));
  return said.length === 0 ? '' : ` It said: ${said.join('\n')}`;
}

/** Strategies of one module differ in options alone, which nobody is asked about. */
function labelOf(module: string, strategies: DecideRequest['strategies']): string {
  return strategies.find((each) => each.module === module)?.label ?? module;
}
