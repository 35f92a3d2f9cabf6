import { explainCell, type ReportOptions, reportStored } from '../app/report-again.js';
import { InputError } from '../contract/errors.js';
import { renderMarkdown } from '../render/markdown.js';
import { ExitCode } from './exit.js';
import { codeOfAnalysis, printResult } from './result.js';
import { say } from './terminal.js';

/** `report`: writes the report of a stored run again, or prints all that is known of one of its cells. */
export async function report(
  run: string | undefined,
  options: ReportOptions & { readonly explain?: string },
): Promise<ExitCode> {
  const { explain, out } = options;
  if (explain !== undefined) {
    if (options.bandwidth !== undefined) throw new InputError('--explain and --bandwidth: give one of them.');
    if (options.to !== undefined) throw new InputError('--explain writes nothing: leave out --to.');
    say(renderMarkdown(explainCell(run, out, explain)).trimEnd());
    return ExitCode.fine;
  }
  const reported = await reportStored(run, options);
  printResult(reported);
  return codeOfAnalysis(reported.analysis);
}
