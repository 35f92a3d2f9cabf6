import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fullRounds } from '../../analysis/estimate.js';
import { type Checkout, type Checkouts, withOwnTool } from '../../checkout/checkouts.js';
import type { WorkingTreeChanges } from '../../checkout/working-tree.js';
import { InputError } from '../../contract/errors.js';
import { readRegularFile } from '../../files/read-file.js';
import { inspecting } from '../../measure/inspect/inspector.js';
import { type Both, sideNames } from '../../measure/interleaved/plan.js';
import type { Plan } from '../../measure/plan.js';
import { findScenarioFile } from '../../plugins/find.js';
import { looksLikePath, type SelfBelow } from '../../plugins/module.js';
import type { Caller } from '../caller.js';
import { type BenchOptions, plainBench } from '../plan/options.js';
import { type Preparation, prepare } from '../plan/prepare.js';
import type { CommitsRequest, Job } from './job.js';

/** What a comparison of commits measures unless told otherwise. */
const standardScenarios = ['ci', 'ci-pools'];

/** Checks both sides out, installs and builds them. */
export async function readySides(
  checkouts: Checkouts,
  job: Job,
  changes: WorkingTreeChanges,
): Promise<Both<Checkout>> {
  const base = checkouts.open('base', job.base);
  const head = checkouts.open('head', job.head, job.tree === undefined ? undefined : changes);
  await checkouts.makeReady(base, `base, ${job.base.name}`);
  await checkouts.makeReady(head, `head, ${job.head.name}`);
  return { base: withOwnTool(base), head: withOwnTool(head) };
}

/** Scenarios that both sides have. One that head alone has is new: it is named, and nothing fails for it. */
export async function sharedScenarios(
  sides: Both<Checkout>,
  job: Job,
  { note }: Pick<Caller, 'note'>,
): Promise<string[]> {
  const { scenarios = standardScenarios } = job.request;
  if (shipsAgainstItself(sides, { ...job.request, scenarios }))
    throw new InputError(
      'this repository is not breakeven itself and has the same one on both sides, so that what ships would be held ' +
        'against itself. Name a scenario of its own: --scenario FILE.',
    );
  const shared: string[] = [];
  const lacking: string[] = [];
  for (const name of scenarios) {
    // A mistake on head is the user's; the same on base is how things were.
    await checkScenario(name, sides.head);
    const onBase = await checkScenario(name, sides.base).catch((cause: unknown) => {
      // What the machine did is nobody's scenario.
      if (cause instanceof InputError) return cause;
      throw cause;
    });
    if (onBase !== undefined)
      lacking.push(`scenario ${name} is new on head, or broken on base (${onBase.message})`);
    else shared.push(name);
  }
  if (shared.length === 0)
    throw new InputError(
      `there is nothing to compare yet: ${lacking.join('; ')}. Name a scenario that base, ${job.base.name}, has too: ` +
        '--scenario ID.',
    );
  for (const sentence of lacking) note(`Not compared: ${sentence}`);
  return shared;
}

/** Throws an InputError where a side does not have it, or has one that is no scenario. */
async function checkScenario(name: string, side: Checkout): Promise<undefined> {
  const { home, ...self } = placeOf(side);
  await inspecting(self, async (inspector) => inspector.scenario(findScenarioFile(name, home)));
}

/** Where a side's names are looked up, and what `breakeven` means to its plug-ins. */
function placeOf({ home, self }: Checkout): Pick<Preparation, 'home' | 'self'> {
  return { home, self };
}

/** What `breakeven` means to the plug-ins of either side, where that is not this tool. */
export function selvesOf(sides: Both<Checkout>): Partial<Both<SelfBelow>> {
  return Object.fromEntries(
    sideNames.flatMap((side) => (sides[side].self === undefined ? [] : [[side, sides[side].self]])),
  );
}

/** The plans of one scenario. The kernel is calibrated once: both sides do the same work. */
export async function plansOf(
  name: string,
  sides: Both<Checkout>,
  request: CommitsRequest,
  at: Pick<Preparation, 'now' | 'host' | 'folder' | 'note'>,
): Promise<Both<Plan>> {
  const options = benchOptionsOf(request);
  // Head first: where both are wrong, the message is about what the user is working on.
  const head = await prepare(name, options, { ...at, ...placeOf(sides.head) });
  const { calibration } = head.header;
  const base = await prepare(name, options, { ...at, ...placeOf(sides.base), calibration });
  return { base, head };
}

function benchOptionsOf({
  strategies,
  only,
  rounds = fullRounds,
  seed,
  limitMs,
}: CommitsRequest): BenchOptions {
  return { ...plainBench, strategies, only, rounds, seed, limitMs, out: '', command: ['compare'] };
}

/**
 * Would what ships be held against itself? It is where nothing that was asked for is a file of the repository's own, and
 * neither side brings a breakeven of its own: they have none, or the same one installed.
 */
export function shipsAgainstItself(
  { base, head }: Both<Checkout>,
  asked: Pick<CommitsRequest, 'strategies' | 'only'> & { readonly scenarios: readonly string[] },
): boolean {
  if ([...asked.scenarios, ...(asked.strategies ?? []), ...(asked.only ?? [])].some(looksLikePath))
    return false;
  if (base.self === undefined && head.self === undefined) return true;
  const [before, after] = [installed(base), installed(head)];
  return before !== undefined && after !== undefined && haveSameFiles(before, after);
}

/** The folder of built files of a breakeven that was installed, as others' code; undefined where it is the repository's own. */
function installed({ self }: Checkout): string | undefined {
  if (self === undefined) return undefined;
  const dist = fileURLToPath(new URL('../', self.self));
  return dist.split(sep).includes('node_modules') ? dist : undefined;
}

/** Not the version: a breakeven that is installed from a git commit or a folder changes without it. */
function haveSameFiles(a: string, b: string): boolean {
  const [names, others] = [a, b].map(filesIn);
  return (
    names.join('\n') === others.join('\n') &&
    names.every((name) => bytesOf(join(a, name)).equals(bytesOf(join(b, name))))
  );
}

/** A built file of ours has a megabyte at most. */
function bytesOf(path: string): Buffer {
  return readRegularFile(path, 256 * 2 ** 20);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}
