import type { StagedSession } from 'breakeven';
import type { Echo } from './echo.line.js';
import { type Marked, marked, unmarked } from './marked.numbers.js';
import { listsOf, under } from './steps.session.js';

/**
 * Lists there and back in messages, the shares apart. place: the call that sends them, which serialises (the sender's
 * share). compute: until the worker has them and has said so (the way and the receiver's share); once they are there,
 * as in the resident account, an empty message there and back. collect: the same lists back, both shares.
 */
export function echoSession(echo: Echo, json: boolean): StagedSession {
  return {
    place(input) {
      const lists = listsOf(input);
      let arriving: Promise<unknown> | undefined = echo.ask({
        do: 'keep',
        payload: json ? marked(lists) : { lists },
      });
      return {
        async compute() {
          await (arriving ?? echo.ask({ do: 'touch' }));
          arriving = undefined;
        },
        async collect() {
          const { payload } = (await echo.ask({ do: 'back' })) as { readonly payload: Marked };
          return under(input, unmarked(payload));
        },
        async poison() {
          await echo.ask({ do: 'poison' });
        },
      };
    },
    close: () => echo.close(),
  };
}
