import type { Profile } from '../../choose/choose.js';
import { InputError } from '../../contract/errors.js';

/** How much work is asked about, in the option that the profile was measured over; undefined where it has none. */
export function workAsked(
  { costUs, work }: { readonly costUs?: number; readonly work?: number },
  { workOption, kernel }: Profile,
): number | undefined {
  const given = costUs === undefined ? work : costUs;
  const name = costUs === undefined ? 'work' : 'cost';
  if (given !== undefined && (workOption === undefined || (costUs !== undefined && workOption !== 'cost')))
    throw new InputError(
      `--${name}: the profile was measured with the kernel ${kernel.id}, ${workOption === undefined ? 'always the same work' : `whose work is told by --work (${workOption})`}.`,
    );
  if (given === undefined && workOption !== undefined)
    throw new InputError(
      `the profile was measured over ${workOption}: say how much, ${workOption === 'cost' ? '--cost 4us' : '--work 16'}.`,
    );
  return given;
}
