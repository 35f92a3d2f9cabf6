import { checkFile } from '../app/check.js';
import type { CaseResult } from '../conformance/result.js';
import { callFromTerminal } from './caller.js';
import { ExitCode } from './exit.js';
import { note, say } from './terminal.js';

/** `check FILE`: the contract test of somebody's own strategy, kernel or scenario, a line per case. */
export function check(file: string): Promise<ExitCode> {
  return callFromTerminal(async (caller) => {
    let passed = 0;
    let failed = 0;
    await checkFile(file, caller, (result) => {
      if (result.status === 'passed') passed++;
      if (result.status === 'failed') failed++;
      say(describeCase(result));
    });
    if (caller.signal.aborted) return ExitCode.interrupted;
    say(`${passed} passed, ${failed} failed`);
    if (passed + failed === 0) {
      note(`Nothing was checked: no case applies to ${file}. The reasons are above.`);
      return ExitCode.unfit;
    }
    return failed > 0 ? ExitCode.foundSomethingBad : ExitCode.fine;
  });
}

function describeCase(result: CaseResult): string {
  switch (result.status) {
    case 'passed':
      return `✓ ${result.case}`;
    case 'failed':
      return `✗ ${result.case}: ${result.problem}`;
    case 'skipped':
      return `– ${result.case}: ${result.reason}`;
  }
}
