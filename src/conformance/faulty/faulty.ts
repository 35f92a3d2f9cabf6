import { defineStrategy } from '../../contract/strategy.js';
import { faults } from './faults.js';

/* A strategy module per fault: `faulty.js?fault=<id>`, so that a cell can import it in a process of its own. */
const id = new URL(import.meta.url).searchParams.get('fault');
const fault = faults.find((each) => each.id === id);
if (fault === undefined) throw new Error(`there is no fault "${id}": import faulty.js?fault=<id>`);

export default defineStrategy({
  title: fault.id,
  family: 'serial',
  supports: ({ kind }) => (kind === 'wait' ? { reason: 'the faulty ones do not wait' } : true),
  open: ({ kernel }) => fault.open(kernel),
});
