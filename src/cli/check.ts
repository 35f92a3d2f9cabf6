import { hrefOfFile } from '../catalog/module.js';
import { manifestAt } from '../catalog/program.js';
import type { CaseResult } from '../conformance/result.js';
import { ExitCode } from './exit.js';
import { listenForInterruption } from './interruption.js';
import { note, say } from './terminal-lines.js';

/** `check FILE`: the contract test of somebody's own strategy, kernel or scenario, a line per case. */
export async function check(file: string): Promise<ExitCode> {
  const { testIsolated } = await import('../conformance/isolated.js');
  const interruption = listenForInterruption();
  interruption.nowMeasuring();
  let passed = 0;
  let failed = 0;
  const onResult = (result: CaseResult) => {
    if (result.status === 'passed') passed++;
    if (result.status === 'failed') failed++;
    say(lineOf(result));
  };
  try {
    const { signal } = interruption;
    const kind = await testIsolated(manifestAt(file) ?? hrefOfFile(file, 'plug-in'), { signal, onResult });
    if (signal.aborted) return ExitCode.interrupted;
    // Nothing is measured of a scenario: Ctrl-C ends it at once.
    interruption.dispose();
    if (kind === 'scenario') {
      const { scenarioCases } = await import('./check-scenario.js');
      for await (const result of scenarioCases(file)) onResult(result);
    }
  } finally {
    interruption.dispose();
  }
  say(`${passed} passed, ${failed} failed`);
  if (passed + failed === 0) {
    note(`Nothing was checked: no case applies to ${file}. The reasons are above.`);
    return ExitCode.unfit;
  }
  return failed > 0 ? ExitCode.foundSomethingBad : ExitCode.fine;
}

function lineOf(result: CaseResult): string {
  switch (result.status) {
    case 'passed':
      return `✓ ${result.case}`;
    case 'failed':
      return `✗ ${result.case}: ${result.problem}`;
    case 'skipped':
      return `– ${result.case}: ${result.reason}`;
  }
}
