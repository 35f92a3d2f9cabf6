import { type Asked, keeper, type Said } from './echo.keeper.js';

/* Entry of the process behind fork; echo.thread.ts is its twin. */
const answer = keeper();
// Its parent is gone, however that happened: nobody will ever ask again.
process.on('disconnect', () => process.exit());
process.on('message', (asked: Asked) => process.send?.(answer(asked)));
process.send?.({ ready: true } satisfies Said);
