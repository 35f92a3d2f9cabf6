import { deserialize, serialize } from 'node:v8';
import { defineStrategy } from 'breakeven';
import { identityAlone, sessionOf, sliced } from './steps.session.js';

/** V8's serializer in one thread, to a buffer and back: what structured clone and `advanced` messages are made of. */
export default defineStrategy({
  title: 'v8.serialize and v8.deserialize',
  family: 'serial',
  footprint: { lists: 2, inFlight: { ints: 32, doubles: 64, columns: 64 } },
  supports: (_kernel, _plugin, _host, ref) => identityAlone(ref),
  open: () =>
    sessionOf({
      place: (lists) => serialize(lists),
      compute: (buffer) => deserialize(buffer) as number[][],
      collect: sliced,
    }),
});
