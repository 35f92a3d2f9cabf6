import type { Analysis } from '../../analysis/types.js';
import { summaryDocument, type VerdictParts, verdictDocument } from '../../documents/verdict/verdict.js';
import { renderMarkdown } from '../../render/markdown.js';
import { noteSource } from '../pointers/bridge.js';

/** The verdict as Markdown. */
export function verdict(analysis: Analysis, parts: VerdictParts): string {
  return renderMarkdown(verdictDocument(analysis, parts), noteSource);
}

/** The answer and the warm winners, for `$GITHUB_STEP_SUMMARY`. */
export function summary(analysis: Analysis): string {
  return renderMarkdown(summaryDocument(analysis));
}
