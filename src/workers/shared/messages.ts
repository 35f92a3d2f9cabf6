import type { KernelRef } from '../../contract/kernel.js';
import type { ThreadTrace } from '../../contract/trace.js';
import type { Area } from './area.js';

/** With what a thread starts. */
export interface ThreadSetup {
  readonly ref: KernelRef;
  /** href of an engine's module; the kernel's own functions where absent. */
  readonly engine?: string;
  readonly board: SharedArrayBuffer;
  readonly workers: number;
  /** Which of them it is. */
  readonly thread: number;
}

/** What the caller says. Threads read it when they meet an area that they do not know: none is sent per call. */
export type AreaNotice =
  | { readonly type: 'area'; readonly id: number; readonly area: Area }
  | { readonly type: 'forget'; readonly id: number };

export type ThreadReply =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string }
  /** Times are `process.hrtime`. */
  | { readonly type: 'traced'; readonly trace: ThreadTrace };
