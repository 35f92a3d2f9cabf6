import { fileURLToPath } from 'node:url';
import { lessonPaths } from '../../app/lesson/lesson.js';
import { checkSameHost, checkSamePlan, checkSameTool } from '../../app/same-run.js';
import { InputError } from '../../contract/errors.js';
import { singleThreadFamilies } from '../../contract/strategy.js';
import { plainList } from '../../document/words.js';
import { type PartId, type Parts, partIds } from '../../documents/lesson/part.js';
import { checkOutputPlaces } from '../../files/outputs.js';
import { gateSampling } from '../../measure/interleaved/plan.js';
import { withMemoryPrices } from '../../measure/machine/fresh-memory.js';
import { type Measurement, realClock } from '../../measure/measure.js';
import { briefSampling } from '../../measure/order.js';
import { type Plan, withOrders } from '../../measure/plan.js';
import { packageHref, toolVersion } from '../../plugins/module.js';
import type { HostRecord } from '../../results/format.js';
import { isFinished } from '../../results/reader.js';
import { plainBench } from '../bench-options.js';
import { hostOfCells } from '../cell-processes.js';
import { ExitCode, worstOf } from '../exit.js';
import type { Interruption } from '../interruption.js';
import { noteRunInProgress } from '../last-words.js';
import { checkOutFolder } from '../out.js';
import { prepare } from '../prepare.js';
import { isUnfit, isUnmeasured } from '../rebuild.js';
import { interruptibly, type TemporaryFolder } from '../temporary-folder.js';
import { note } from '../terminal.js';
import { type LessonOptions, type LessonRequest, lessonOptionsOf } from './arguments.js';
import {
  checkMayBegin,
  goOnWith,
  isMoving,
  isWhole,
  type LessonPlace,
  leavePlace,
  lessonInstead,
  placeForNew,
  placeToResume,
  resultsPath,
  takePlace,
  type WrittenParts,
  writtenParts,
} from './place.js';

/** `lesson`: measures the parts of the lesson, or goes on with them, and writes it; or only writes it again. */
export async function lesson(request: LessonRequest): Promise<ExitCode> {
  if (request.kind === 'rebuild') {
    const place = placeToResume(request.from);
    if (isMoving(place)) return await finished(place);
    const { rebuildLesson } = await import('./rebuild.js');
    return codeOfParts(rebuildLesson(request.from));
  }
  return interruptibly(async (interruption, folder) => {
    checkOutFolder(request.out);
    if (request.kind === 'measure') checkMayBegin(request.out);
    // A new one has no place yet: bad input is to leave nothing behind.
    const before = request.kind === 'resume' ? placeToResume(request.out) : undefined;
    if (before !== undefined && isMoving(before)) return await finished(before);
    const written: WrittenParts = before === undefined ? new Map() : toResume(before.folder);
    if (before !== undefined && isWhole(written)) {
      note('This lesson is finished already: there is nothing to measure. It is written again.');
      return await finished(before);
    }
    for (const place of before === undefined ? [] : foldersOf(before))
      checkOutputPlaces(place, lessonPaths, lessonInstead);
    const options =
      request.kind === 'resume'
        ? await optionsOfWritten(request.out, before?.folder ?? request.out, written)
        : request;
    const host = withMemoryPrices(hostOfCells({ nodeArgs: [] }));
    for (const { header } of written.values()) checkSameHost(header, host);
    const now = new Date([...written.values()][0]?.header.createdAt ?? Date.now());
    const plans = await lessonPlans(options, { host, folder, now });
    for (const [part, { header }] of written) checkSamePlan(header, planOf(plans, part).header, note);
    return await measured(plans, options, before ?? placeForNew(request.out), written, interruption);
  });
}

/** Where its text will be written, in part or whole. */
function foldersOf(place: LessonPlace): string[] {
  return place.kind === 'own' ? [place.folder] : [place.folder, place.out];
}

/** Of a whole lesson: it takes its place, and its text is written. Killed in between, it may still lack either. */
async function finished(place: LessonPlace): Promise<ExitCode> {
  const { rebuildLesson } = await import('./rebuild.js');
  takePlace(place);
  const parts = rebuildLesson(place.kind === 'own' ? place.folder : place.out);
  leavePlace(place);
  return codeOfParts(parts);
}

async function measured(
  plans: ReadonlyMap<PartId, Plan>,
  { quick }: LessonOptions,
  place: LessonPlace,
  written: WrittenParts,
  interruption: Interruption,
): Promise<ExitCode> {
  // Execa, charts and the terminal library take 0.2 s to load: bad input does not wait for them.
  const { measurePart, openRun } = await import('./measure-part.js');
  const { rebuildLesson } = await import('./rebuild.js');
  const { signal } = interruption;
  const beganMs = realClock.nowMs();
  const records: Measurement['records'][number][] = [];
  interruption.nowMeasuring();
  const endRun = noteRunInProgress(goOnWith(place));
  for (const [number, [part, plan]] of [...plans].entries()) {
    if (signal.aborted) break;
    const before = written.get(part);
    if (before !== undefined && isFinished(before)) continue;
    const { title, question } = plan.header.scenario;
    note(`Part ${number + 1} of ${plans.size}. ${title}: ${question}`);
    const untilMs = shareMs([...plans.values()].slice(number), {
      quick,
      elapsedMs: realClock.nowMs() - beganMs,
    });
    const path = resultsPath(place.folder, part);
    const run = openRun(path, plan.header, { written: before, goOn: goOnWith(place) });
    const done = await measurePart(plan, run, { untilMs, signal });
    records.push(...done.records);
  }
  endRun();
  if (signal.aborted) note(keptWords(place));
  else takePlace(place);
  const parts = rebuildLesson(place.kind === 'own' || signal.aborted ? place.folder : place.out);
  if (!signal.aborted) leavePlace(place);
  const bad = records.some(({ outcome }) => outcome.status === 'wrong' || outcome.status === 'crashed');
  return worstOf([
    signal.aborted ? ExitCode.interrupted : ExitCode.fine,
    bad ? ExitCode.foundSomethingBad : ExitCode.fine,
    isAnyUnfit(parts) ? ExitCode.unfit : ExitCode.fine,
    signal.aborted ? ExitCode.fine : codeOfParts(parts),
  ]);
}

function toResume(out: string): WrittenParts {
  const written = writtenParts(out);
  if (written.size === 0)
    throw new InputError(`${out} holds no lesson to go on with: start one with breakeven lesson.`);
  return written;
}

/** The options that it was started with, which all of its parts have in common. */
async function optionsOfWritten(out: string, folder: string, written: WrittenParts): Promise<LessonOptions> {
  const [first] = written.values();
  for (const [part, { header }] of written) checkSameTool(header, toolVersion(), resultsPath(folder, part));
  return { ...(await lessonOptionsOf(first.header.command)), out };
}

function planOf(plans: ReadonlyMap<PartId, Plan>, part: PartId): Plan {
  const plan = plans.get(part);
  if (plan === undefined) throw new Error(`the lesson has no part ${part}`);
  return plan;
}

/** What Ctrl-C leaves. */
function keptWords(place: LessonPlace): string {
  const { folder } = place;
  const written = [...writtenParts(folder)];
  const whole = written.filter(([, lines]) => isFinished(lines)).map(([part]) => part);
  const torn = written.filter(([, lines]) => !isFinished(lines)).map(([part]) => `a piece of ${part}`);
  const untouched = place.kind === 'own' ? '' : ` The finished lesson in ${place.out} is as it was.`;
  return `Interrupted. Kept in ${folder}: ${plainList([...whole, ...torn])}.${untouched} Go on: ${goOnWith(place)}. Writing a partial lesson …`;
}

/** A lesson that teaches nothing, since no part of it has a time, is no 0. */
function codeOfParts(parts: Parts): ExitCode {
  if ([...parts.values()].some(({ analysis }) => !isUnmeasured(analysis))) return ExitCode.fine;
  note('Nothing was measured: no part of the lesson has a time. The verdict of a part says why.');
  return ExitCode.unfit;
}

function isAnyUnfit(parts: Parts): boolean {
  return [...parts.values()].some(({ analysis }) => isUnfit(analysis));
}

/** Small cells: one that takes longer than this is stuck. */
const limitMs = 30_000;

/**
 * One plan per part, in their order; all is looked up and checked before anything is measured. The series are short in
 * a full lesson, too: rounds are the unit of every comparison, and so the time goes into rounds.
 */
async function lessonPlans(
  lesson: LessonOptions,
  { host, folder, now }: { readonly host: HostRecord; readonly folder: TemporaryFolder; readonly now: Date },
): Promise<Map<PartId, Plan>> {
  const { quick, seed, python, out, command } = lesson;
  const options = { ...plainBench, quick, seed, python, out, limitMs, command };
  const noteOnce = onceEach(note);
  const plans = new Map<PartId, Plan>();
  for (const part of partIds) {
    // By path: the parts are no scenarios that a reader would choose, and `list` does not show them.
    const path = fileURLToPath(new URL(`scenarios/lesson/${part}.js`, packageHref));
    const plan = await prepare(path, options, { now, host, folder, note: noteOnce });
    plans.set(part, withOrders(plan, { sampling: quick ? briefSampling : gateSampling }));
  }
  return plans;
}

/** What is not installed is missing in every part, and worth one line. */
function onceEach(say: (line: string) => void): (line: string) => void {
  const said = new Set<string>();
  return (line) => {
    if (said.has(line)) return;
    said.add(line);
    say(line);
  };
}

/** Time for the cells of all parts; starting, charts and the last round of a part come on top. */
const fullMs = 220_000;
const quickMs = 78_000;

/**
 * After how long a part begins no further round: its share of the time that is left, by what its cells cost. What starts
 * workers or a program takes about twice as long as what does not; times of the cells themselves are small here.
 */
export function shareMs(
  plans: readonly Plan[],
  { quick, elapsedMs }: { quick: boolean; elapsedMs: number },
): number {
  const weights = plans.map(weightOf);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const leftMs = Math.max(0, (quick ? quickMs : fullMs) - elapsedMs);
  return all === 0 ? 0 : (leftMs * (weights[0] ?? 0)) / all;
}

function weightOf({ header, runnable }: Plan): number {
  const light = new Set(
    header.strategies.filter(({ family }) => singleThreadFamilies.includes(family)).map(({ label }) => label),
  );
  return runnable.reduce((sum, { strategy }) => sum + (light.has(strategy) ? 1 : 2), 0);
}
