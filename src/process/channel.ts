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
