import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { leaveReapingToDriver } from './reaper/reaper.js';
import { privateSend, sealChannel } from './seal.js';

/*
 * Messages between a process of ours and the child in which plug-ins run. The first message carries a nonce, and the
 * child reads it before it imports any plug-in. Every answer carries it, so that what a plug-in sends is known for what
 * it is: `process.send` is taken away from it, and what comes by another way lacks the nonce.
 */

/** The side of the process that started the child. */
export interface ParentSide {
  /** The first message to the child. */
  first(order: unknown): object;
  /** What the child's own code said; undefined for everything else. */
  bodyOf(message: unknown): unknown;
}

export function parentSide(): ParentSide {
  const nonce = randomUUID();
  return {
    first: (order) => ({ nonce, order }),
    bodyOf: (message) =>
      typeof message === 'object' && message !== null && (message as Partial<Envelope>).nonce === nonce
        ? (message as Envelope).body
        : undefined,
  };
}

export const garbled =
  'It wrote bytes into the channel to its parent that are no message: a plug-in must leave open files alone that it did not open.';

/**
 * Bytes that a plug-in wrote into the child's end of the channel are no message, and Node throws while it reads them,
 * where nobody could catch it. `onGarbled` is called instead, once; nothing more is read from this child.
 */
export function guardChannel(child: ChildProcess, onGarbled: () => void): void {
  const symbol = Object.getOwnPropertySymbols(child).find(
    ({ description }) => description === 'kChannelHandle',
  );
  const handle = symbol && (child as unknown as Record<symbol, ReadableHandle | null>)[symbol];
  if (!handle?.onread) return;
  const read = handle.onread;
  handle.onread = function (this: unknown, ...bytes) {
    try {
      return read.apply(this, bytes);
    } catch {
      handle.onread = () => {};
      onGarbled();
    }
  };
}

/** What Node's own pipe looks like from inside; it has no public face. */
interface ReadableHandle {
  onread?(this: unknown, ...bytes: unknown[]): unknown;
}

interface Envelope {
  readonly nonce: string;
  readonly body: unknown;
}

/** Says something to the parent; resolves when it is written. */
export type Say = (body: unknown) => Promise<void>;

/**
 * The child's side, for the entry of a process: takes the order, closes the channel to everybody else, and hands both
 * to `begin`. Call it before anything is imported that is not ours. The process ends when its parent has gone.
 */
export function openChannel<Order>(begin: (order: Order, say: Say) => void): void {
  leaveReapingToDriver();
  process.on('disconnect', () => process.exit(1));
  process.once('message', (message) => {
    const { nonce, order } = message as { readonly nonce: string; readonly order: Order };
    const send = privateSend();
    sealChannel(endDisconnected);
    begin(order, (body) => new Promise((resolve) => send({ nonce, body }, resolve)));
  });
}

const exit = process.exit.bind(process);

function endDisconnected(): void {
  try {
    writeSync(2, 'The channel to its parent was closed: a plug-in must not call process.disconnect().\n');
  } catch {
    // Its parent has gone, and nobody reads this.
  }
  exit(1);
}
