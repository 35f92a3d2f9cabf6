import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { leaveReapingToDriver } from './reaper/reaper.js';

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
    sealChannel();
    begin(order, (body) => new Promise((resolve) => send({ nonce, body }, resolve)));
  });
}

type SendPrivately = (message: object, written: () => void) => void;

/** Node's own function, with nothing behind it that a plug-in could replace or listen to. */
export function privateSend(): SendPrivately {
  const { _send: send } = process as unknown as {
    _send?(this: object, message: object, handle: undefined, options: object, written: () => void): void;
  };
  if (send === undefined) {
    const publicSend = process.send?.bind(process);
    return (message, written) => publicSend?.(message, undefined, undefined, written);
  }
  const channel = { connected: true, _handleQueue: null, emit: () => false };
  return (message, written) => send.call(channel, message, undefined, {}, written);
}

/**
 * From here on `process.send` of this process reaches nobody: it takes a message as ever and drops it. To disconnect
 * is to end the process, since nobody could hear of its answer any more.
 */
export function sealChannel(): void {
  const drop = (...args: unknown[]) => {
    const written = args.find((each) => typeof each === 'function') as ((cause: null) => void) | undefined;
    if (written !== undefined) process.nextTick(written, null);
    return true;
  };
  const exit = process.exit.bind(process);
  const end = () => {
    try {
      writeSync(2, 'The channel to its parent was closed: a plug-in must not call process.disconnect().\n');
    } catch {
      // Its parent has gone, and nobody reads this.
    }
    exit(1);
  };
  for (const [name, value] of Object.entries({
    send: drop,
    _send: drop,
    disconnect: end,
    _disconnect: end,
    // Node keeps messages there that nobody listens to yet; its own one also leads to the pipe.
    channel: Object.assign({ ref: () => {}, unref: () => {} }, process.channel),
  }))
    Object.defineProperty(process, name, { value, writable: true, configurable: true, enumerable: true });
  const handle = Object.getOwnPropertySymbols(process).find(
    ({ description }) => description === 'kChannelHandle',
  );
  if (handle !== undefined) Object.defineProperty(process, handle, { value: null, writable: true });
}
