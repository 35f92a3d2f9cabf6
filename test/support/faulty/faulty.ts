import { faultyStrategy } from './faulty-entry.js';

/* A strategy module per fault: `faulty.js?fault=<id>`, so that a cell can import it in a process of its own. */
export default faultyStrategy(new URL(import.meta.url).searchParams.get('fault'));
