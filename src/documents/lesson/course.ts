import type { Inline } from '../../document/document.js';
import { figure } from '../../document/figure.js';

/** The chapters that answer a question, in their order, by the number that others refer to them with. */
export const chapters = {
  concurrency: 1,
  lock: 2,
  messages: 3,
  vectors: 4,
  paying: 5,
  exercises: 6,
} as const;

/** What its scenarios are made of, and what those said whom it tests: numbers that are part of no results. */
export const course = {
  chapters,
  exercises: [{ number: 1 }, { number: 2 }, { number: 3 }],
  /** Lists of the parts, and numbers in the shortest of them. */
  lists: { sending: 8, vectors: 8, paying: 16, messages: 500 },
  shortest: 10,
  /** Square roots per number at which ways of sending are compared, and those of the script that runs once. */
  steps: { ways: 32, once: 512 },
  /** A number with a fraction, and the digits that one may have. */
  fraction: 0.7364982,
  fractionDigits: 17,
  /** How a number with its range is read. */
  example: { ratio: { value: 2, interval: { low: 1.9, high: 2.1 } }, alike: 1, thousand: '1,000' },
  /** What the answers to the question said of their work, and of how many cores. */
  answers: { work: '~50ms CPU time', cores: 8 },
};

/** "3": a chapter by its number. */
export function chapterFigure(chapter: keyof typeof chapters) {
  return figure(chapters, chapter, 'whole');
}

/** A word that is explained, or weighs. */
export function em(words: string): Inline {
  return { kind: 'emphasis', text: [words] };
}
