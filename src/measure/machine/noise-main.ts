import { timed } from './spin.js';

/* Entry of a process that does a fixed amount of work, given as steps, and prints its time in ns. */
const steps = Number(process.argv[2]);
// Compiled before it counts; the optimised loop replaces the first one while that runs.
timed(steps / 10);
process.stdout.write(String(timed(steps)));
