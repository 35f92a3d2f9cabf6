import { endFaults } from './end-faults.js';
import type { Fault } from './fault.js';
import { runFaults } from './run-faults.js';
import { stageFaults } from './stage-faults.js';

/** All faulty strategies. */
export const faults: readonly Fault[] = [...runFaults, ...stageFaults, ...endFaults];
