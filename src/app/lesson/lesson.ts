import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../contract/errors.js';
import { singleThreadFamilies } from '../../contract/strategy.js';
import { plainList } from '../../document/words.js';
import { type PartId, type Parts, partIds, partsOf } from '../../documents/lesson/part.js';
import { checkOutputPlaces } from '../../files/outputs.js';
import { gateSampling } from '../../measure/interleaved/plan.js';
import { withMemoryPrices } from '../../measure/machine/fresh-memory.js';
import { type Measurement, realClock } from '../../measure/measure.js';
import { briefSampling } from '../../measure/order.js';
import { type Plan, withOrders } from '../../measure/plan.js';
import { timeCap } from '../../measure/planner/rounds.js';
import { settlingPlanner } from '../../measure/planner/settling.js';
import { packageHref, toolVersion } from '../../plugins/module.js';
import type { HostRecord, Results } from '../../results/format.js';
import { isFinished, readResults } from '../../results/reader.js';
import type { Caller } from '../caller.js';
import { checkOutFolder } from '../out.js';
import { hostOfCells } from '../plan/host.js';
import { plainBench } from '../plan/options.js';
import { prepare } from '../plan/prepare.js';
import { lessonPaths } from '../report/lesson.js';
import type { WrittenPage } from '../report/page.js';
import { checkSameHost, checkSamePlan, checkSameTool } from '../same-run.js';
import { type TemporaryFolder, withTemporaryFolder } from '../temporary-folder.js';
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

/** How a lesson is measured. */
export interface LessonOptions {
  readonly quick: boolean;
  readonly seed: number;
  readonly python?: string;
  readonly out: string;
  /** The command line itself, for the results. */
  readonly command: readonly string[];
}

export type LessonRequest =
  | ({ readonly kind: 'measure' } & LessonOptions)
  | { readonly kind: 'resume'; readonly out: string }
  | { readonly kind: 'rebuild'; readonly from: string };

/** What became of a lesson. */
export interface LessonEnd {
  readonly status: Measurement['status'] | 'written again';
  /** Its parts, and what each of them came to. */
  readonly parts: Parts;
  readonly written: WrittenPage;
  /** A cell gave a wrong answer, or crashed. */
  readonly hasFailed: boolean;
}

/**
 * Measures the parts of the lesson, or goes on with them, and writes it; or only writes it again. `readCommand`: the
 * options that a command line says.
 */
export async function makeLesson(
  request: LessonRequest,
  readCommand: (command: readonly string[]) => Promise<LessonOptions>,
  caller: Caller,
): Promise<LessonEnd> {
  if (request.kind === 'rebuild') {
    const place = placeToResume(request.from);
    return isMoving(place) ? writeWhole(place) : writeLesson(request.from);
  }
  return withTemporaryFolder(async (folder) => {
    checkOutFolder(request.out);
    if (request.kind === 'measure') checkMayBegin(request.out);
    // A new one has no place yet: bad input is to leave nothing behind.
    const before = request.kind === 'resume' ? placeToResume(request.out) : undefined;
    if (before !== undefined && isMoving(before)) return writeWhole(before);
    const written: WrittenParts = before === undefined ? new Map() : toResume(before.folder);
    if (before !== undefined && isWhole(written)) {
      caller.note('This lesson is finished already: there is nothing to measure. It is written again.');
      return writeWhole(before);
    }
    for (const place of before === undefined ? [] : foldersOf(before))
      checkOutputPlaces(place, lessonPaths, lessonInstead);
    const options =
      request.kind === 'resume'
        ? { ...(await readWritten(before?.folder ?? request.out, written, readCommand)), out: request.out }
        : request;
    const host = withMemoryPrices(hostOfCells({ nodeArgs: [] }));
    for (const { header } of written.values()) checkSameHost(header, host);
    const now = new Date([...written.values()][0]?.header.createdAt ?? Date.now());
    const plans = await lessonPlans(options, { host, folder, now }, caller);
    for (const [part, { header }] of written) checkSamePlan(header, planOf(plans, part).header, caller.note);
    return measureParts(plans, options, before ?? placeForNew(request.out), written, caller);
  });
}

/** Where its text will be written, in part or whole. */
function foldersOf(place: LessonPlace): string[] {
  return place.kind === 'own' ? [place.folder] : [place.folder, place.out];
}

/** Of a whole lesson: it takes its place, and its text is written. Killed in between, it may still lack either. */
async function writeWhole(place: LessonPlace): Promise<LessonEnd> {
  takePlace(place);
  const end = await writeLesson(place.kind === 'own' ? place.folder : place.out);
  leavePlace(place);
  return end;
}

/** Writes lesson and charts from the results of the parts in a folder. */
async function writeLesson(folder: string): Promise<LessonEnd> {
  // Charts take 0.1 s to load: bad input does not wait for them.
  const { writePage } = await import('../report/page.js');
  const { lessonPage } = await import('../report/lesson.js');
  const parts = partsOf(readParts(folder));
  const written = await writePage(lessonPage(parts), folder, lessonInstead);
  return { status: 'written again', parts, written, hasFailed: false };
}

async function measureParts(
  plans: ReadonlyMap<PartId, Plan>,
  { quick }: LessonOptions,
  place: LessonPlace,
  written: WrittenParts,
  caller: Caller,
): Promise<LessonEnd> {
  const { isBad, measureRun, openRun } = await import('../run.js');
  const beganMs = realClock.nowMs();
  const goOn = goOnWith(place);
  let hasFailed = false;
  caller.beginMeasuring(goOn);
  for (const [number, [part, plan]] of [...plans].entries()) {
    if (caller.signal.aborted) break;
    const before = written.get(part);
    if (before !== undefined && isFinished(before)) continue;
    const { title, question } = plan.header.scenario;
    caller.note(`Part ${number + 1} of ${plans.size}. ${title}: ${question}`);
    const elapsedMs = realClock.nowMs() - beganMs;
    const untilMs = shareMs([...plans.values()].slice(number), { quick, elapsedMs });
    const run = openRun(resultsPath(place.folder, part), plan.header, { written: before, goOn });
    // No further round begins after its share of the time.
    const planner = timeCap(settlingPlanner(), untilMs);
    const { records } = await measureRun(plan, run, { planner, caller });
    hasFailed ||= records.some(isBad);
  }
  if (!caller.signal.aborted) return { ...(await writeWhole(place)), status: 'finished', hasFailed };
  caller.note(keptWords(place));
  return { ...(await writeLesson(place.folder)), status: 'interrupted', hasFailed };
}

function toResume(out: string): WrittenParts {
  const written = writtenParts(out);
  if (written.size === 0)
    throw new InputError(`${out} holds no lesson to go on with: start one with breakeven lesson.`);
  return written;
}

/** The options that it was started with, which all of its parts have in common. */
function readWritten(
  folder: string,
  written: WrittenParts,
  readCommand: (command: readonly string[]) => Promise<LessonOptions>,
): Promise<LessonOptions> {
  for (const [part, { header }] of written) checkSameTool(header, toolVersion(), resultsPath(folder, part));
  const [first] = written.values();
  return readCommand(first.header.command);
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

function readParts(folder: string): Map<PartId, Results> {
  const there = partIds.filter((part) => existsSync(resultsPath(folder, part)));
  if (there.length === 0)
    throw new InputError(
      `${folder} holds no results of a lesson: name the folder that \`breakeven lesson\` wrote (it has ${partIds.map((part) => `${part}/`).join(', ')} in it).`,
    );
  return new Map(there.map((part) => [part, readResults(resultsPath(folder, part))]));
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
  { note }: Caller,
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
