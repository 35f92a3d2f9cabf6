import { priceBlocks } from './fresh-memory.js';

/* Entry of a process of its own that prints what new memory costs: nobody else's pages are in it, or stay behind. */
process.stdout.write(JSON.stringify(await priceBlocks(Number(process.argv[2]))));
