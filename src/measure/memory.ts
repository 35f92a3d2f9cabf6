import type { Form } from '../contract/dictionary.js';
import type { Family, Footprint } from '../contract/strategy.js';
import { dictionaryBytes } from '../dictionary/memory.js';

export interface CellSize {
  readonly keys: number;
  readonly elements: number;
  /** Numbers in the answers: elements for a map, keys for a reduce. */
  readonly answers: number;
  readonly from: Form;
  readonly values: 'ints' | 'doubles';
}

/** Node, the driver's side of a cell, and a heap that has just been collected. */
const processBytes = 76 * 2 ** 20;
const threadBytes = 16 * 2 ** 20;
const childBytes = 48 * 2 ** 20;

/**
 * Answers that nobody holds any more and V8 has not collected yet, in a steady series: a few small ones, or so many bytes
 * of large ones. Numbers outside of the heap are collected sooner.
 */
const garbageAnswers = 9;
const mostGarbageBytes = { lists: 192 * 2 ** 20, columns: 96 * 2 ** 20 } as const;
/** Where garbage is collected before each call. */
const collectedGarbageBytes = 32 * 2 ** 20;
/** Longer lists are large objects to V8 (128 kB and more): only a full collection frees them, so one more answer stays. */
const largeObject = 16_384;

/**
 * Peak memory of a cell's process tree: the input, two answers (the caller's last one while the next is made), the
 * copies that the strategy declares, garbage, and its workers. The constants are measured: `npm run bench:figures --
 * memory` compares.
 */
export function cellBytes(size: CellSize, family: Family, footprint: Footprint, workers: number): number {
  const { keys, elements, answers, from, values } = size;
  const { inFlight } = footprint;
  const input = dictionaryBytes({ keys, elements }, from);
  const answer = dictionaryBytes({ keys, elements: answers }, from);
  const copies =
    ((footprint.lists ?? 0) *
      (dictionaryBytes({ keys, elements }, 'lists') +
        dictionaryBytes({ keys, elements: answers }, 'lists'))) /
      2 +
    (footprint.columns ?? 0) * dictionaryBytes({ keys, elements }, 'columns');
  const flying = elements * (inFlight?.[from === 'lists' ? values : 'columns'] ?? 0);
  const isLarge = from === 'lists' && answers > largeObject * keys;
  const garbage = Math.min(garbageAnswers * answer, mostGarbageBytes[from]) + (isLarge ? answer : 0);
  return processesBytes(family, workers) + input + 2 * answer + copies + flying + garbage;
}

/**
 * Peak memory of a cell that is measured by `run` alone, one answer at a time: input, answer, and what the strategy's
 * `run` holds beside them. Undefined where it does not say, or starts from lists.
 */
export function runAloneBytes(
  { keys, elements, answers, from }: CellSize,
  family: Family,
  { run }: Footprint,
  workers: number,
): number | undefined {
  if (run === undefined || from === 'lists') return undefined;
  const columns = (numbers: number) => dictionaryBytes({ keys, elements: numbers }, 'columns');
  return (
    processesBytes(family, workers) +
    collectedGarbageBytes +
    (1 + run.columns) * columns(elements) +
    columns(answers)
  );
}

/** The part of a large cell's memory that does not grow with its data, at most. */
export function fixedBytes(family: Family, workers: number): number {
  return processesBytes(family, workers) + mostGarbageBytes.lists;
}

function processesBytes(family: Family, workers: number): number {
  const perWorker = family === 'threads' ? threadBytes : family === 'processes' ? childBytes : 0;
  return processBytes + perWorker * workers;
}

/** V8's heap limit for a cell, in MiB: lists live there. Never below Node's own default for small cells. */
export function heapMegabytes(bytes: number): number {
  return Math.max(2_048, Math.ceil((bytes * 1.5) / 2 ** 20) + 512);
}
