import type { Asked, Said } from './echo.keeper.js';

/** One worker that answers messages in turn, whatever it is made of. */
export interface Echo {
  /** Sends before it returns; resolves with the answer, rejects where the worker dies or the signal aborts. */
  ask(asked: Asked, moved?: ArrayBuffer): Promise<Said>;
  close(): Promise<void>;
}

/** What a thread and a process have in common here. */
export interface EchoEnd {
  send(asked: Asked, moved?: ArrayBuffer): void;
  onSaid(handler: (said: Said) => void): void;
  /** Also when it was ended by `end`. */
  onEnd(handler: (how: string) => void): void;
  end(): Promise<void>;
}

/** Resolves when the worker has said that it is there: start to first answer. */
export async function openEcho(end: EchoEnd, signal: AbortSignal): Promise<Echo> {
  const waiting: { resolve(said: Said): void; reject(cause: Error): void }[] = [];
  let broken: Error | undefined;
  const fail = (cause: Error) => {
    broken ??= cause;
    for (const { reject } of waiting.splice(0)) reject(cause);
  };
  const answer = () =>
    new Promise<Said>((resolve, reject) => {
      if (broken !== undefined) reject(broken);
      else waiting.push({ resolve, reject });
    });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      signal.removeEventListener('abort', abort);
      fail(new Error('the worker is closed'));
      await end.end();
    })();
    return closing;
  };
  const abort = () => {
    fail(new Error('aborted'));
    void close();
  };
  end.onSaid((said) => waiting.shift()?.resolve(said));
  end.onEnd((how) => fail(new Error(`the worker ended with ${how}`)));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    await answer();
  } catch (cause) {
    await close();
    throw cause;
  }
  return {
    ask(asked, moved) {
      const answered = answer();
      // Whoever asks may look at the answer later: until then its rejection is nobody's.
      answered.catch(() => {});
      if (broken === undefined) end.send(asked, moved);
      return answered;
    },
    close,
  };
}
