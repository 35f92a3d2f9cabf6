import { appendFileSync } from 'node:fs';
import type { Analysis } from '../analysis/types.js';
import { summary } from '../report/verdict/verdict.js';
import { note } from './terminal-lines.js';

/** Appends the verdict's summary to the page of a workflow's step, where one is asked for. Never costs the run. */
export function appendStepSummary(analysis: Analysis, path = process.env.GITHUB_STEP_SUMMARY): void {
  if (path === undefined || path === '') return;
  try {
    appendFileSync(path, `${summary(analysis)}\n`);
  } catch (cause) {
    note(`The summary could not be appended to ${path}: ${(cause as Error).message}`);
  }
}
