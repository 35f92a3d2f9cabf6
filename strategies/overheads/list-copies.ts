import { defineStrategy } from 'breakeven';
import { identityAlone, sessionOf, sliced } from './steps.session.js';

/** Three ways to copy lists in one thread: place by `slice`, compute by `structuredClone`, collect number by number. */
export default defineStrategy({
  title: 'copies of lists: slice, structuredClone, push',
  family: 'serial',
  footprint: { lists: 3, inFlight: { ints: 32, doubles: 64, columns: 64 } },
  supports: (_kernel, _plugin, _host, ref) => identityAlone(ref),
  open: () =>
    sessionOf({
      place: sliced,
      compute: (lists) => structuredClone(lists),
      collect: (lists) => lists.map(pushed),
    }),
});

/** As the source question's `[i for i in …]` does it. */
function pushed(list: readonly number[]): number[] {
  const copy: number[] = [];
  for (let i = 0; i < list.length; i += 1) copy.push(list[i]);
  return copy;
}
