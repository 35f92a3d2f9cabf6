import { defineStrategy } from 'breakeven';
import { marked, unmarked } from './marked.numbers.js';
import { identityAlone, sessionOf, sliced } from './steps.session.js';

/** JSON in one thread, to a text and back. */
export default defineStrategy({
  title: 'JSON.stringify and JSON.parse',
  family: 'serial',
  footprint: { lists: 2, inFlight: { ints: 32, doubles: 80, columns: 80 } },
  supports: (_kernel, _plugin, _host, ref) => identityAlone(ref),
  open: () =>
    sessionOf({
      place: (lists) => JSON.stringify(marked(lists)),
      compute: (text) => unmarked(JSON.parse(text)),
      collect: sliced,
    }),
});
