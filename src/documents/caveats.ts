import type { Profile } from '../choose/choose.js';
import { type Text, text } from '../document/document.js';
import { type Figure, figure, type Unit } from '../document/figure.js';
import type { Caveat } from '../model/advice.js';

/** What was assumed for a piece of advice or a projection, without a full stop. */
export function caveatText(caveat: Caveat, { workOption }: Pick<Profile, 'workOption'>): Text {
  switch (caveat.kind) {
    case 'outside': {
      const { axis, low, high } = caveat;
      // Work has the unit of the kernel's option that says how much of it there is.
      const unit: Unit = { axis: axis === 'work' ? (workOption ?? axis) : axis };
      const amount = (key: 'asked' | 'low' | 'high'): Figure => figure(caveat, key, unit);
      const range = low === high ? amount('low') : text`${amount('low')} to ${amount('high')}`;
      return text`${axis} ${amount('asked')} lies outside of what was measured (${axis} ${range}): extrapolated`;
    }
    case 'other cores':
      return text`--cores ${figure(caveat, 'asked', 'whole')} was not measured, ${figure(caveat, 'measured', 'whole')} were: ${
        caveat.asked > caveat.measured
          ? 'pools are told as slow as on the measured ones, their gain from more is not assumed'
          : 'pools are told slower by the cores that are missing'
      }`;
    case 'no pools':
      return text`pools are left out: fewer keys than workers were not measured, and nobody knows whether a list can be shared`;
  }
}
