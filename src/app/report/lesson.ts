import type { Document } from '../../document/document.js';
import { lessonCharts } from '../../documents/lesson/charts.js';
import { type Facts, factsOf } from '../../documents/lesson/facts.js';
import { lessonDocument } from '../../documents/lesson/lesson.js';
import type { Parts } from '../../documents/lesson/part.js';
import { chartsFolder } from '../../documents/verdict/charts.js';
import { renderJson } from '../../render/json.js';
import { renderMarkdown } from '../../render/markdown.js';
import type { Page } from './page.js';

/** File name of the lesson. */
export const lessonName = 'lesson.md';

/** File name of the lesson as data. */
const lessonJsonName = 'lesson.json';

/** Every path that a lesson may have, and no other: asked before it is measured whether something is in the way. */
export const lessonPaths: readonly string[] = [
  lessonName,
  lessonJsonName,
  ...['waiting-and-working', 'lock', 'messages', 'vectors', 'paying'].map(
    (name) => `${chartsFolder}/${name}.png`,
  ),
];

/*
 * History of the version of lesson.json:
 *   1  first version: the document, each figure with a pointer into `data`
 *   2  a block of a chart has all that is drawn as `chart`, and no `file` where there is no picture
 *   3  `data.missing` in place of `data.needs`: all that was not measured, with strategies and cells; so has a comparison
 *      of `data.compared` that is missing, and its reason is tagged
 */
const format = { format: 'breakeven-lesson', version: 3 };

/** The lesson and its charts, from the results of its parts alone. */
export function lessonPage(parts: Parts): Page {
  const facts = factsOf(parts);
  return {
    charts: lessonCharts(facts),
    again: 'breakeven lesson --from with this folder',
    texts: (charts, missing) => lessonTexts(lessonDocument(facts, charts, missing)),
  };
}

/** The lesson for people and for programs. */
export function lessonTexts(document: Document): readonly { readonly path: string; readonly text: string }[] {
  return [
    { path: lessonName, text: renderMarkdown(document) },
    { path: lessonJsonName, text: renderJson(document, format) },
  ];
}

/** The lesson as if each of its charts had been drawn. */
export function wholeLesson(facts: Facts): Document {
  return lessonDocument(facts, lessonCharts(facts));
}
