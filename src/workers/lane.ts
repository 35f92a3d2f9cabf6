import type { Reply, Request } from './messages.js';

/** One worker as its pool sees it, whatever it is made of and whatever they say to each other. */
export interface Lane<Asked = Request, Said = Reply> {
  /** Resolves when the worker has loaded the kernel; rejects with the cause when it cannot. */
  readonly ready: Promise<void>;
  send(request: Asked): void;
  onReply(handler: (reply: Said) => void): void;
  /** Called once when the worker ends without having been asked to, with exit code and stderr tail in words. */
  onDeath(handler: (cause: Error) => void): void;
  /** Asks the worker to end, waits, then ends it by force. */
  end(): Promise<void>;
}

/** How long a worker may take to end when asked. */
export const endDeadlineMs = 500;
