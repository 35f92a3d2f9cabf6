import { readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Checkouts, openCheckouts } from '../../checkout/checkouts.js';
import { findCommit, findRepository, type Repository } from '../../checkout/git.js';
import { findChanges, type WorkingTreeChanges, workingTreeDigest } from '../../checkout/working-tree.js';
import { compare, type Side } from '../../compare/compare.js';
import { InputError } from '../../contract/errors.js';
import { checkOutputPlaces } from '../../files/outputs.js';
import { leadsWhereItLed } from '../../files/pinned-folders.js';
import { shellWord } from '../../files/shell.js';
import { readHost, usableCores } from '../../measure/host.js';
import { leastDuetCores } from '../../measure/interleaved/duet.js';
import { type Both, type SideName, twinPlan } from '../../measure/interleaved/plan.js';
import { withMemoryPrices } from '../../measure/machine/fresh-memory.js';
import type { Plan } from '../../measure/plan.js';
import { resultsFileName } from '../../results/journal.js';
import { readResults } from '../../results/reader.js';
import type { Caller } from '../caller.js';
import { comparisonInstead, comparisonName } from '../report/comparison.js';
import { temporaryFolder } from '../temporary-folder.js';
import { type ComparisonEnd, checkLimitNames, type Judging, writeComparison } from './compare.js';
import { keepHistory } from './history.js';
import { type CommitsRequest, type Job, readJob, writeJob } from './job.js';
import { measureJob } from './measure-job.js';
import { profileWorst } from './profile.js';
import { plansOf, readySides, sharedScenarios } from './sides.js';

/** `compare --base`: two commits, or a commit and the working tree, measured round by round in one job. */
export async function compareCommits(
  { out, ...request }: CommitsRequest & { readonly out: string },
  folder: () => string,
  judging: Judging,
  caller: Caller,
): Promise<ComparisonEnd> {
  const repository = findRepository('.');
  const base = findCommit(repository, request.base);
  const commit = findCommit(repository, request.head ?? 'HEAD');
  const changes = findChanges(repository.root, resolve(out), historyOf(judging));
  const tree = request.head === undefined ? workingTreeDigest(changes) : undefined;
  const dirty = changes.names.length > 0;
  const head =
    tree === undefined
      ? commit
      : {
          ...commit,
          name: `working tree (${commit.hash.slice(0, 7)}${dirty ? ' with changes' : ''})`,
        };
  if (dirty)
    caller.note(
      tree === undefined
        ? `The working tree has uncommitted changes: they are not part of head, ${head.name}.`
        : 'The working tree has uncommitted changes: they are part of head.',
    );
  if (tree !== undefined && changes.inOutputs.length > 0)
    caller.note(
      `Not part of head, because they lie in the folder of the reports (--out ${out}): ${firstOf(changes.inOutputs)}.`,
    );
  const job: Job = { request, base, head, tree };
  return carryOutJob(job, { repository, changes }, folder, judging, caller);
}

/** `compare --resume`: the same commits, checked out anew; what was measured is kept. */
export async function resumeComparison(
  folder: string,
  judging: Judging,
  caller: Caller,
): Promise<ComparisonEnd> {
  const job = readJob(folder);
  checkOutputPlaces(folder, [comparisonName], comparisonInstead);
  const repository = findRepository('.');
  for (const { hash } of [job.base, job.head]) findCommit(repository, hash);
  // Where it lies says where its outputs went: <out>/compare/<run>.
  const changes = findChanges(repository.root, resolve(folder, '../..'), historyOf(judging));
  if (job.tree !== undefined && job.tree !== workingTreeDigest(changes))
    throw new InputError(
      'the working tree is not what it was when this comparison began: its rest would measure other code. Start a new one.',
    );
  return carryOutJob(job, { repository, changes }, () => folder, judging, caller);
}

function checkDuetCores(): void {
  const usable = usableCores();
  if (usable >= leastDuetCores) return;
  throw new InputError(
    `--duet runs both sides at the same time and needs ${leastDuetCores} usable cores; this machine has ${usable}. Leave it out.`,
  );
}

function historyOf({ history }: Judging): string | undefined {
  return history === undefined ? undefined : resolve(history);
}

async function carryOutJob(
  job: Job,
  { repository, changes }: { readonly repository: Repository; readonly changes: WorkingTreeChanges },
  folderOf: () => string,
  judging: Judging,
  caller: Caller,
): Promise<ComparisonEnd> {
  const { signal, note } = caller;
  const data = temporaryFolder();
  let checkouts: Checkouts | undefined;
  try {
    if (job.request.duet === true) checkDuetCores();
    checkouts = openCheckouts({ repository, commands: judging.commands, signal, note });
    const sides = await readySides(checkouts, job, changes);
    const scenarios = await sharedScenarios(sides, job, caller);
    const at = { now: new Date(), host: withMemoryPrices(readHost()), folder: data, note };
    const plans = [];
    for (const name of scenarios) plans.push(await plansOf(name, sides, job.request, at));
    checkCommonCells(plans, job);
    checkLimitNames(
      judging.limits,
      plans.flatMap(({ base, head }) => [base.header, head.header]),
      caller,
    );
    const folder = folderOf();
    const goOn = `breakeven compare --resume ${shellWord(folder)}${judging.history === undefined ? '' : ` --history ${shellWord(judging.history)}`}`;
    writeJob(folder, job);
    note(`Measuring ${job.base.name} against ${job.head.name}. To go on should it be cut off: ${goOn}`);
    caller.beginMeasuring(goOn);
    const endMs = performance.now() + (job.request.maxTimeMs ?? 0);
    for (const [done, both] of plans.entries()) {
      if (signal.aborted) break;
      const share = shareOf(both, plans.slice(done)) * Math.max(1, endMs - performance.now());
      await measureJob(both, {
        folder,
        sides,
        caller,
        duet: job.request.duet === true,
        maxTimeMs: job.request.maxTimeMs === undefined ? undefined : share,
      }).catch((cause: unknown) => {
        // The folder may have been deleted: what is written again could not be gone on with without it.
        if (leadsWhereItLed(join(folder, 'any'))) writeJob(folder, job);
        throw cause;
      });
    }
    if (!signal.aborted) checkouts.checkStillThere();
    const interrupted = () => {
      note(`Interrupted. What was measured is kept; go on: ${goOn}`);
      return { kind: 'interrupted' } as const;
    };
    if (signal.aborted) return interrupted();
    const measured = {
      base: sideOf(folder, 'base', job.base.name),
      head: sideOf(folder, 'head', job.head.name),
    };
    const compared = compare(measured.base, measured.head, { limits: judging.limits });
    const profiled = judging.profile
      ? { profile: await profileWorst(compared, { plans, sides, folder, temporary: data.path(), caller }) }
      : {};
    if (signal.aborted) return interrupted();
    checkouts.close();
    checkouts = undefined;
    const comparison = await keepHistory(
      { ...compared, ...profiled },
      measured,
      { job, repository, hasChanges: changes.names.length > 0, run: basename(folder) },
      judging.history,
      caller,
    );
    return await writeComparison(comparison, folder);
  } catch (cause) {
    if (!signal.aborted) checkouts?.checkStillThere();
    throw cause;
  } finally {
    checkouts?.close();
    data.remove();
  }
}

function firstOf(names: readonly string[]): string {
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}

/** Before anything is measured: pairs are what a comparison is made of. */
function checkCommonCells(plans: readonly Both<Plan>[], { base, head }: Job): void {
  if (plans.some((both) => twinPlan(both, '').pairs.length > 0)) return;
  throw new InputError(
    `${base.name} and ${head.name} have no cell in common: no strategy runs at the same point on both sides. Compare ` +
      'commits whose scenario has a point and a strategy in common.',
  );
}

/** Of the time that is left, by what a round of each scenario measures: all of them get about as many rounds. */
function shareOf(both: Both<Plan>, left: readonly Both<Plan>[]): number {
  const cells = ({ base, head }: Both<Plan>) => base.runnable.length + head.runnable.length;
  return cells(both) / left.reduce((sum, one) => sum + cells(one), 0);
}

function sideOf(folder: string, side: SideName, name: string): Side {
  const scenarios = readdirSync(join(folder, side)).sort();
  return { name, runs: scenarios.map((id) => readResults(join(folder, side, id, resultsFileName))) };
}
