import { defineStrategy, isLists, type StagedSession, toColumns, toLists } from 'breakeven';
import { identityAlone } from './steps.session.js';

/** Packs lists into a typed array, copies that, unpacks the copy. The first copy pays the first touch of its memory. */
export default defineStrategy({
  title: 'a typed array: pack, copy, unpack',
  family: 'vectorized',
  footprint: { columns: 2, lists: 1 },
  supports: (_kernel, _plugin, _host, ref) => identityAlone(ref),
  open: (): StagedSession => ({
    place(input) {
      const columns = isLists(input) ? toColumns(input) : input;
      const copy = new Float64Array(columns.values.length);
      return {
        compute: () => copy.set(columns.values),
        collect() {
          const { keys, offsets } = columns;
          if (isLists(input)) return toLists({ keys, offsets, values: copy });
          return { keys, offsets: offsets.slice(), values: copy.slice() };
        },
        poison: () => void copy.fill(Number.NaN),
      };
    },
    close() {},
  }),
});
