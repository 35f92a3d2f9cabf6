import { dirname } from 'node:path';
import { InputError } from '../../contract/errors.js';
import type { PartId, Parts } from '../../lesson/part.js';
import { realClock } from '../../measure/executor.js';
import type { Measurement } from '../../measure/measure.js';
import type { Plan } from '../../measure/plan.js';
import { listed } from '../../report/plain-text.js';
import { createJournal, reopenJournal } from '../../results/journal.js';
import { isFinished, type WrittenLines } from '../../results/reader.js';
import { hostOfCells } from '../cell-processes.js';
import { ExitCode, worstOf } from '../exit.js';
import { type Interruption, listenForInterruption } from '../interruption.js';
import { checkOutFolder } from '../out-folder.js';
import { isUnfit, isUnmeasured } from '../rebuild.js';
import { noteRunInProgress } from '../run-in-progress.js';
import { checkSameHost, checkSamePlan, checkSameTool } from '../same-run.js';
import { temporaryFolder } from '../temporary-folder.js';
import { note } from '../terminal-lines.js';
import type { LessonOptions, LessonRequest } from './arguments.js';
import { lessonOptionsOf } from './options-of.js';
import { lessonPlans } from './plans.js';
import { shareMs } from './time-share.js';
import {
  checkMayReplace,
  isWhole,
  removeParts,
  resultsPath,
  type WrittenParts,
  writtenParts,
} from './written.js';

/** `lesson`: measures the parts of the lesson, or goes on with them, and writes it; or only writes it again. */
export async function lesson(request: LessonRequest): Promise<ExitCode> {
  if (request.kind === 'rebuild') {
    const { rebuildLesson } = await import('./rebuild.js');
    return codeOfParts(rebuildLesson(request.from));
  }
  const interruption = listenForInterruption();
  const folder = temporaryFolder();
  try {
    checkOutFolder(request.out);
    const written: WrittenParts = request.kind === 'resume' ? toResume(request.out) : new Map();
    if (isWhole(written)) return await finishedAlready(request.out);
    if (request.kind === 'measure') checkMayReplace(request.out);
    const options = request.kind === 'resume' ? await optionsOfWritten(request.out, written) : request;
    const host = hostOfCells({ nodeArgs: [] });
    for (const { header } of written.values()) checkSameHost(header, host);
    const now = new Date([...written.values()][0]?.header.createdAt ?? Date.now());
    const plans = await lessonPlans(options, { host, folder, now });
    for (const [part, { header }] of written) checkSamePlan(header, planOf(plans, part).header);
    if (request.kind === 'measure') removeParts(request.out);
    return await measured(plans, options, written, interruption);
  } finally {
    interruption.dispose();
    folder.remove();
  }
}

/** Killed between the last cell and the text, a finished lesson may still lack its text. */
async function finishedAlready(out: string): Promise<ExitCode> {
  note('This lesson is finished already: there is nothing to measure. It is written again.');
  const { rebuildLesson } = await import('./rebuild.js');
  return codeOfParts(rebuildLesson(out));
}

async function measured(
  plans: ReadonlyMap<PartId, Plan>,
  { out, quick }: LessonOptions,
  written: WrittenParts,
  interruption: Interruption,
): Promise<ExitCode> {
  // Execa, charts and the terminal library take 0.2 s to load: bad input does not wait for them.
  const { measurePart } = await import('./measure-part.js');
  const { rebuildLesson } = await import('./rebuild.js');
  const { signal } = interruption;
  const beganMs = realClock.nowMs();
  const records: Measurement['records'][number][] = [];
  interruption.nowMeasuring();
  const endRun = noteRunInProgress(resumeCommand(out));
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
    const done = await measurePart(plan, { ...openPart(out, part, plan, before), untilMs, signal });
    records.push(...done.records);
  }
  endRun();
  if (signal.aborted) note(keptWords(out));
  const parts = rebuildLesson(out);
  const bad = records.some(({ outcome }) => outcome.status === 'wrong' || outcome.status === 'crashed');
  return worstOf([
    signal.aborted ? ExitCode.interrupted : ExitCode.fine,
    bad ? ExitCode.foundSomethingBad : ExitCode.fine,
    isAnyUnfit(parts) ? ExitCode.unfit : ExitCode.fine,
    signal.aborted ? ExitCode.fine : codeOfParts(parts),
  ]);
}

function openPart(out: string, part: PartId, plan: Plan, before: WrittenLines | undefined) {
  const path = resultsPath(out, part);
  if (before !== undefined) return { journal: reopenJournal(path, before), earlier: before.lines };
  return { journal: createJournal(dirname(path), plan.header) };
}

function toResume(out: string): WrittenParts {
  const written = writtenParts(out);
  if (written.size === 0)
    throw new InputError(`${out} holds no lesson to go on with: start one with breakeven lesson.`);
  return written;
}

/** The options that it was started with, which all of its parts have in common. */
async function optionsOfWritten(out: string, written: WrittenParts): Promise<LessonOptions> {
  const [first] = written.values();
  for (const [part, { header }] of written) checkSameTool(header, resultsPath(out, part));
  return { ...(await lessonOptionsOf(first.header.command)), out };
}

function planOf(plans: ReadonlyMap<PartId, Plan>, part: PartId): Plan {
  const plan = plans.get(part);
  if (plan === undefined) throw new Error(`the lesson has no part ${part}`);
  return plan;
}

function resumeCommand(out: string): string {
  return `breakeven lesson --resume${out === 'reports/lesson' ? '' : ` --out ${out}`}`;
}

/** What Ctrl-C leaves. */
function keptWords(out: string): string {
  const written = [...writtenParts(out)];
  const whole = written.filter(([, lines]) => isFinished(lines)).map(([part]) => part);
  const torn = written.filter(([, lines]) => !isFinished(lines)).map(([part]) => `a piece of ${part}`);
  return `Interrupted. Kept in ${out}: ${listed([...whole, ...torn])}. Go on: ${resumeCommand(out)}. Writing a partial lesson …`;
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
