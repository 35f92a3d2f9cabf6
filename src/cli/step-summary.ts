import { appendToRegularFile } from '../files/append-file.js';
import { note } from './terminal-lines.js';

/** Appends a summary to the page of a workflow's step, where one is asked for. Never costs the run. */
export function appendStepSummary(summary: () => string, path = process.env.GITHUB_STEP_SUMMARY): void {
  if (path === undefined || path === '') return;
  try {
    appendToRegularFile(path, `${summary()}\n`);
  } catch (cause) {
    note(`The summary could not be appended to ${path}: ${(cause as Error).message}`);
  }
}
