import type { Form } from '../contract/dictionary.js';
import type { KernelRef, Options } from '../contract/kernel.js';
import type { Chunk } from '../contract/strategy.js';
import type { DictionarySpec } from '../dictionary/spec.js';
import type { SelfBelow } from '../plugins/module.js';

/** Everything one cell's process needs, as plain data. */
export interface CellOrder {
  readonly cell: string;
  /** From 0. What need be seen only once (a faulty collect, the stages of long calls) is looked at in the first rounds. */
  readonly round?: number;
  /** Leave out the other accounts; `warm` keeps the first session, whose time its samples are planned by, and is `run` alone. */
  readonly only?: 'resident' | 'warm';
  /** Stages and a second answer would not fit into memory: one-shot and warm by `run`, one answer at a time. */
  readonly runAlone?: true;
  readonly label: string;
  readonly strategy: {
    readonly module: string;
    readonly options: Options;
    /** The user's data starts in a program, whose clock then counts; absent where it starts here. */
    readonly home?: 'program';
  };
  readonly kernel: KernelRef;
  /** What `import 'breakeven'` means to plug-ins of another checkout; absent where it is this tool. */
  readonly self?: SelfBelow;
  readonly from: Form;
  readonly data: CellData;
  /** Every call of the warm account gets the same dictionary, which a cache may still have; absent: copies by turns. */
  readonly cache?: 'warm';
  readonly workers: number;
  readonly chunk: Chunk;
  readonly sampling: Sampling;
  readonly limitMs: number;
  /** `--max-old-space-size` of the process. */
  readonly heapMegabytes: number;
  /** Off only to show that it does not change the times, and where nobody is ranked by them. */
  readonly verify: boolean;
  /** Of the right answers, where an earlier cell of the run has computed them from the same data and kernel. */
  readonly expected?: ExpectedDigests;
}

/** Digests of the right answers to the data, and to the data with its first number changed. */
export interface ExpectedDigests {
  readonly data: string;
  readonly flipped: string;
}

export type CellData =
  | { readonly kind: 'generated'; readonly spec: DictionarySpec }
  | { readonly kind: 'file'; readonly path: string; readonly keys?: number; readonly length?: number };

/** How long to sample, and how many samples to take at least. */
export interface Sampling {
  /** Least numbers of samples: of calls below 10 ms, and of calls up to 250 ms. Longer calls get 2, above 1 s 1. */
  readonly least: { readonly short: number; readonly middle: number };
  readonly warmupMs: number;
  /** Of the steady series, at least: it is up to four times as long where that is too short to tell. A quarter of it goes by before. */
  readonly warmMs: number;
  readonly stagesMs: number;
  readonly residentMs: number;
  /** What calls need to meet fresh data, if not as much as this machine's last cache holds. */
  readonly cacheBytes?: number;
}

/** A few calls of each kind, for tests of what surrounds a cell: they need no second of it. */
export const tokenSampling: Sampling | undefined =
  process.env.BREAKEVEN_INTERNAL_SAMPLING === 'token'
    ? {
        least: { short: 3, middle: 2 },
        warmupMs: 1,
        warmMs: 4,
        stagesMs: 1,
        residentMs: 1,
        cacheBytes: 2 ** 16,
      }
    : undefined;

export const fullSampling: Sampling = {
  least: { short: 10, middle: 3 },
  warmupMs: 25,
  warmMs: 150,
  stagesMs: 20,
  residentMs: 50,
  ...tokenSampling,
};

export const quickSampling: Sampling = {
  least: { short: 5, middle: 2 },
  warmupMs: 10,
  warmMs: 60,
  stagesMs: 10,
  residentMs: 15,
  ...tokenSampling,
};

/** Where somebody waits for an answer: rather more cells than longer series. */
export const briefSampling: Sampling = { ...quickSampling, warmMs: 40, ...tokenSampling };
