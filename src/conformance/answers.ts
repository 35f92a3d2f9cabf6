import type { Dictionary } from '../contract/dictionary.js';
import { checksum } from '../dictionary/checksum.js';
import { difference } from '../dictionary/compare.js';
import { ContractBroken } from './result.js';
import type { TrialKernel } from './trial-kernel.js';

interface Answer {
  readonly what: string;
  readonly answer: Dictionary;
  readonly digest: string;
}

/** The answers of one session: each must be right when it is handed over, and stay so whatever is called later. */
export class Answers {
  private readonly handedOver: Answer[] = [];

  constructor(private readonly trial: TrialKernel) {}

  /** Checks an answer at once, before another turn of the event loop, and remembers it. */
  take(what: string, expected: Dictionary, answer: Dictionary): void {
    const problem = difference(expected, answer, this.trial.plugin.agree);
    if (problem !== undefined) throw new ContractBroken(`${what} answered wrongly: ${problem}`);
    this.handedOver.push({ what, answer, digest: checksum(answer) });
  }

  /** No later call, and no change of the input, may have changed what was handed over. */
  checkUnchanged(after: string): void {
    for (const { what, answer, digest } of this.handedOver) {
      if (checksum(answer) === digest) continue;
      this.handedOver.length = 0;
      throw new ContractBroken(
        `${after} changed the earlier answer of ${what}: hand over fresh memory, never an output that is used again or the input itself`,
      );
    }
  }
}
