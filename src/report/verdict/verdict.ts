import type { Analysis } from '../../analysis/types.js';
import type { ReportChart } from '../charts/charts.js';
import { accountOf } from '../headline.js';
import { oneLine } from '../plain-text.js';
import { answerSection } from './answer.js';
import { besideSection } from './beside.js';
import { claimsSection } from './claims.js';
import { concurrencySection } from './concurrency.js';
import { crossoversSection } from './crossovers.js';
import { doubtsSection } from './doubts.js';
import { failuresSection } from './failures.js';
import { losersSection } from './losers.js';
import { reproduceSection } from './reproduce.js';
import { winnersMarkdown, winnersSection } from './winners.js';

/** The verdict as Markdown. `charts` are those that were drawn; without any, `skipped` says why. */
export function verdict(analysis: Analysis, charts: readonly ReportChart[], skipped?: string): string {
  return `${[
    `# ${oneLine(analysis.header.scenario.title)}`,
    answerSection(analysis),
    winnersSection(analysis, charts),
    ...(skipped === undefined ? [] : [`> ${oneLine(skipped)}.`]),
    crossoversSection(analysis, charts),
    losersSection(analysis, charts),
    ...besideSection(analysis),
    concurrencySection(analysis),
    claimsSection(analysis),
    doubtsSection(analysis),
    failuresSection(analysis),
    reproduceSection(analysis),
  ].join('\n\n')}\n`;
}

/** The answer and the warm winners: for a terminal, and for `$GITHUB_STEP_SUMMARY`. */
export function summary(analysis: Analysis): string {
  const warm = accountOf(analysis, 'warm');
  const parts = [
    `# ${oneLine(analysis.header.scenario.title)}`,
    answerSection(analysis),
    ...(warm === undefined ? [] : ['### Who wins, warm', winnersMarkdown(analysis, warm)]),
  ];
  return `${parts.join('\n\n')}\n`;
}
