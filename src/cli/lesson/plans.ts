import { fileURLToPath } from 'node:url';
import { packageHref } from '../../catalog/module.js';
import { type PartId, partIds } from '../../documents/lesson/part.js';
import { gateSampling } from '../../measure/interleaved/plan.js';
import { quickSampling } from '../../measure/order.js';
import { type Plan, withOrders } from '../../measure/plan.js';
import type { HostRecord } from '../../results/format.js';
import type { BenchOptions } from '../bench-options.js';
import { prepare } from '../prepare.js';
import type { TemporaryFolder } from '../temporary-folder.js';
import { note } from '../terminal-lines.js';
import type { LessonOptions } from './arguments.js';

/** Small cells: one that takes longer than this is stuck. */
const limitMs = 30_000;

/**
 * One plan per part, in their order; all is looked up and checked before anything is measured. The series are short in
 * a full lesson, too: rounds are the unit of every comparison, and so the time goes into rounds.
 */
export async function lessonPlans(
  lesson: LessonOptions,
  { host, folder, now }: { readonly host: HostRecord; readonly folder: TemporaryFolder; readonly now: Date },
): Promise<Map<PartId, Plan>> {
  const options: BenchOptions = {
    quick: lesson.quick,
    seed: lesson.seed,
    ...(lesson.python === undefined ? {} : { python: lesson.python }),
    nodeArgs: [],
    out: lesson.out,
    dryRun: false,
    strict: false,
    limitMs,
    axes: {},
    command: lesson.command,
  };
  const noteOnce = onceEach(note);
  const plans = new Map<PartId, Plan>();
  for (const part of partIds) {
    // By path: the parts are no scenarios that a reader would choose, and `list` does not show them.
    const path = fileURLToPath(new URL(`scenarios/lesson/${part}.js`, packageHref));
    const plan = await prepare(path, options, { now, host, folder, note: noteOnce });
    plans.set(part, withOrders(plan, { sampling: lesson.quick ? quickSampling : gateSampling }));
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
