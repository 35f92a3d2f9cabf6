import type { MessagePort } from 'node:worker_threads';

/*
 * Code that a process or thread runs for somebody else shares its channel with ours. Before such code is imported, the
 * channel is taken for ours alone: what others send by the ways that they know is dropped.
 */

type SendPrivately = (message: object, written?: () => void) => void;

/** Node's own function, with nothing behind it that a plug-in could replace or listen to. */
export function privateSend(): SendPrivately {
  const { _send: send } = process as unknown as {
    _send?(this: object, message: object, handle: undefined, options: object, written?: () => void): void;
  };
  if (send === undefined) {
    const publicSend = process.send?.bind(process);
    return (message, written) => publicSend?.(message, undefined, undefined, written);
  }
  const channel = { connected: true, _handleQueue: null, emit: () => false };
  return (message, written) => send.call(channel, message, undefined, {}, written);
}

/**
 * From here on `process.send` of this process reaches nobody: it takes a message as ever and drops it. `disconnected`
 * ends the process: it is called where the channel is closed, by whom it may be.
 */
export function sealChannel(disconnected: () => void): void {
  for (const [name, value] of Object.entries({
    send: drop,
    _send: drop,
    disconnect: disconnected,
    _disconnect: disconnected,
    // Node keeps messages there that nobody listens to yet; its own one also leads to the pipe.
    channel: Object.assign({ ref: () => {}, unref: () => {} }, process.channel),
  }))
    Object.defineProperty(process, name, { value, writable: true, configurable: true, enumerable: true });
  const handle = Object.getOwnPropertySymbols(process).find(
    ({ description }) => description === 'kChannelHandle',
  );
  if (handle !== undefined) Object.defineProperty(process, handle, { value: null, writable: true });
}

/** The same for a thread's port to its parent: the function that still reaches it. */
export function sealPort(port: MessagePort): MessagePort['postMessage'] {
  const post = port.postMessage.bind(port);
  port.postMessage = () => {};
  return post;
}

function drop(...args: unknown[]): boolean {
  const written = args.find((each) => typeof each === 'function') as ((cause: null) => void) | undefined;
  if (written !== undefined) process.nextTick(written, null);
  return true;
}
