import { InputError } from '../../contract/errors.js';
import { loadKernelPlugin } from '../../plugins/kernel.js';
import { resolveSelfBelow } from '../../plugins/load-module.js';
import { messageOf } from '../../plugins/module.js';
import { importStrategy } from '../../plugins/strategy.js';
import { openChannel } from '../../process/channel.js';
import {
  type Asked,
  calibrationSchema,
  decisionsSchema,
  type InspectQuestion,
  type InspectSetup,
  probeSchema,
  type Said,
} from './messages.js';
import {
  type At,
  decidePoints,
  describeKernel,
  describeScenario,
  describeStrategy,
  nameOf,
  plain,
} from './plugin-answers.js';

/* Entry of the process that looks at plug-ins before anything is measured: what hangs or crashes here costs no run. */
openChannel<InspectSetup>(({ self }, say) => {
  if (self !== undefined) resolveSelfBelow(self);
  const tell = (message: Said) => say(message);
  process.on('message', ({ id, question }: Asked) => {
    let last = '';
    const at: At = (what) => {
      last = what;
      return tell({ id, type: 'at', what });
    };
    answer(question, at)
      .then((found) => tell({ id, type: 'answer', answer: found }))
      .catch((cause: unknown) => {
        const ours = !(cause instanceof InputError) && comesFromHere(cause);
        return tell({
          id,
          type: 'failed',
          message: ours ? String((cause as Error).stack ?? cause) : told(cause, last),
          ours,
        });
      });
  });
});

/** What a plug-in throws where it is merely looked at says nothing of who threw it. */
function told(cause: unknown, where: string): string {
  if (cause instanceof InputError || where === '') return messageOf(cause);
  return `${where}, it threw: ${messageOf(cause).replace(/\.$/, '')}. Mend it there, or leave it out.`;
}

/** Did a file of this tool throw it? A getter of a plug-in's, or a trap of its proxy, throws wherever it is touched. */
function comesFromHere(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const first = /^ +at .*/m.exec(cause.stack ?? '')?.[0];
  return first === undefined || first.includes(ownFolder) || first.includes('(node:');
}

/** `dist/src/` of this tool. */
const ownFolder = new URL('../../', import.meta.url).href;

async function answer(question: InspectQuestion, at: At): Promise<unknown> {
  switch (question.type) {
    case 'scenarios':
      return inTurn(question.modules, (module) => describeScenario(module, at));
    case 'strategies':
      return inTurn(question.modules, (module) => describeStrategy(module, at));
    case 'kernels':
      return inTurn(question.modules, (module) => describeKernel(module, at));
    case 'decide':
      return decide(question, at);
    case 'calibrate':
      return calibrate(question, at);
    case 'probe':
      return tryOut(question, at);
  }
}

/** One after another, so that nobody but the one that was named last can be to blame. */
async function inTurn<T>(modules: readonly string[], each: (module: string) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (const module of modules) all.push(await each(module));
  return all;
}

async function decide(
  { kernel, strategies, host, points }: InspectQuestion & { type: 'decide' },
  at: At,
): Promise<unknown> {
  await at(`${nameOf('kernel', kernel.module)}, while it was imported`);
  const plugin = await loadKernelPlugin(kernel.module);
  const loaded = [];
  for (const { label, module } of strategies) {
    await at(`${nameOf('strategy', module)}, while it was imported`);
    loaded.push({ label, strategy: await importStrategy(module) });
  }
  const deciders = { kernel: { ...kernel, plugin }, strategies: loaded, host };
  return plain(decisionsSchema, await decidePoints(deciders, points, at), `kernel ${kernel.id}`);
}

/** Has the kernel measure this machine. */
async function calibrate({ kernel }: InspectQuestion & { type: 'calibrate' }, at: At): Promise<unknown> {
  await at(`kernel ${kernel.id}, in its calibrate()`);
  const plugin = await loadKernelPlugin(kernel.module);
  try {
    return plain(
      calibrationSchema,
      plugin.calibrate?.() ?? {},
      `kernel ${kernel.id}: what its calibrate() returned`,
    );
  } catch (cause) {
    throw blamed(cause);
  }
}

async function tryOut(question: InspectQuestion & { type: 'probe' }, at: At): Promise<unknown> {
  await at(`${nameOf('kernel', question.kernel.module)}, when it was tried`);
  // Whoever only describes does not load pools and data.
  const { probe } = await import('./probe.js');
  try {
    return plain(probeSchema, await probe(question), nameOf('kernel', question.kernel.module));
  } catch (cause) {
    throw blamed(cause);
  }
}

/** The kernel's own mistake, in a sentence. */
function blamed(cause: unknown): InputError {
  return cause instanceof InputError ? cause : new InputError(messageOf(cause), { cause });
}
