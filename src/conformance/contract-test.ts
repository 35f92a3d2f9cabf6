import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../contract/errors.js';
import { readyStrategy } from '../measure/preflight/programs.js';
import { isProgramHref, pluginsOf } from '../plugins/external/program.js';
import { importDefault } from '../plugins/load-module.js';
import { type LoadedStrategy, strategyEntries } from '../plugins/strategy.js';
import { conform } from './conform.js';
import { conformKernel } from './conform-kernel.js';
import type { CaseResult } from './result.js';
import { ownListKernel, shippedTrialKernels } from './subject.js';

export type PluginKind = 'strategy' | 'kernel' | 'scenario';

/** What a plug-in file is, by what its default export holds. Throws an InputError where it is none. */
export async function kindOf(href: string): Promise<PluginKind> {
  if (isProgramHref(href)) return 'strategy';
  const found = await importDefault(href, 'plug-in');
  if (typeof found === 'function') return 'kernel';
  if (typeof found === 'object' && found !== null) {
    if ('open' in found || 'family' in found) return 'strategy';
    if ('make' in found || 'split' in found) return 'kernel';
    if ('sweeps' in found || 'question' in found) return 'scenario';
  }
  throw new InputError(
    `${basename(fileURLToPath(href))}: its default export is neither a strategy (with \`open\`), nor a kernel (with \`make\`, or a function of one list), nor a scenario (with \`sweeps\`).`,
  );
}

/** A manifest stands for all of its strategies. */
async function entriesOf(href: string): Promise<LoadedStrategy[]> {
  if (!isProgramHref(href)) return strategyEntries(href);
  return (await Promise.all(pluginsOf(href).map(({ module }) => strategyEntries(module)))).flat();
}

/** The contract test of a strategy, with each value of its options, or of a kernel. */
export async function* contractTest(
  href: string,
  kind: 'strategy' | 'kernel',
  deadlineMs: number,
): AsyncGenerator<CaseResult> {
  if (kind === 'kernel') return yield* conformKernel(href);
  const kernels = [...(await shippedTrialKernels()), await ownListKernel()];
  const entries = await entriesOf(href);
  for (const asked of entries) {
    const prefix = entries.length > 1 ? `${asked.label}: ` : '';
    const { entry, needs } = await readyStrategy(asked, kernels[0].ref);
    if (needs !== undefined) {
      yield { case: `${prefix}every case`, status: 'skipped', reason: `needs ${needs}` };
      continue;
    }
    for await (const result of conform(entry, { kernels, deadlineMs }))
      yield { ...result, case: prefix + result.case };
  }
}
