import type { Analysis } from '../../analysis/types.js';
import type { Document } from '../../document/document.js';
import { summaryDocument, type VerdictParts, verdictDocument } from '../../documents/verdict/verdict.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import { renderJson } from '../../render/json.js';
import { renderMarkdown } from '../../render/markdown.js';

/** What `verdict.json` says it is; its shape is schema/verdict.json, its history is told in reports/README.md. */
const about = { format: 'breakeven-verdict', version: 3 };

/** The verdict as data: the same document, with each figure resolved, and all that it is made from. */
export function verdictJson(document: Document): string {
  return renderJson(document, about);
}

/** The verdict as Markdown. */
export function verdict(analysis: Analysis, parts: VerdictParts): string {
  return renderMarkdown(verdictDocument(analysis, parts));
}

/** The first screen, for `$GITHUB_STEP_SUMMARY`. */
export function summary(analysis: Analysis, scaling: readonly Scaling[] = []): string {
  return renderMarkdown(summaryDocument(analysis, scaling));
}
