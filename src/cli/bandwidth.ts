import { InputError } from '../contract/errors.js';
import { type Bandwidth, bandwidthOf } from '../model/scaling/roof.js';
import { readResults } from '../results/reader.js';
import { resultsFileOf } from './results-file.js';

/** What `--bandwidth RUN` names: of the same machine, since another one's memory is no roof. Throws an InputError otherwise. */
export function readBandwidth(run: string, host: { readonly fingerprint: string }): Bandwidth {
  const results = readResults(resultsFileOf(run));
  if (results.header.host.fingerprint !== host.fingerprint)
    throw new InputError(
      `--bandwidth ${run}: it was measured on another machine (${results.header.host.cpu}).`,
    );
  const bandwidth = bandwidthOf(results);
  if (bandwidth === undefined)
    throw new InputError(
      `--bandwidth ${run}: nothing in it is larger than the caches. Measure one: breakeven bench --scenario bandwidth.`,
    );
  return bandwidth;
}
