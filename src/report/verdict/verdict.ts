import type { Analysis } from '../../analysis/types.js';
import { workOption } from '../../model/observation.js';
import type { AccountModel } from '../../model/profile.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import type { ReportChart } from '../charts/charts.js';
import { accountOf } from '../headline.js';
import { lineOf, oneLine } from '../plain-text.js';
import { answerSection } from './answer.js';
import { bandwidthSection } from './bandwidth.js';
import { besideSection } from './beside.js';
import { claimsSection } from './claims.js';
import { concurrencySection } from './concurrency.js';
import { crossoversSection } from './crossovers.js';
import { doubtsSection } from './doubts.js';
import { failuresSection } from './failures.js';
import { formulasSection } from './formulas.js';
import { losersSection } from './losers.js';
import { pricesMarkdown, pricesSection } from './prices.js';
import { reproduceSection } from './reproduce.js';
import { scalingSection } from './scaling.js';
import { winnersMarkdown, winnersSection } from './winners.js';

/** What a verdict has besides its analysis. */
export interface VerdictParts {
  /** Those that were drawn. */
  readonly charts: readonly ReportChart[];
  /** Why others are missing, as sentences without a full stop. */
  readonly skipped?: readonly string[];
  readonly models: readonly AccountModel[];
  readonly scaling?: readonly Scaling[];
}

/** The verdict as Markdown. */
export function verdict(analysis: Analysis, parts: VerdictParts): string {
  const { charts, skipped = [] } = parts;
  const withoutCharts = skipped.map((sentence) => `> ${oneLine(sentence)}.`);
  return `${[
    `# ${lineOf(analysis.header.scenario, 'title')}`,
    answerSection(analysis),
    ...pricesSection(analysis, charts),
    ...(analysis.prices?.alone
      ? withoutCharts
      : [...bandwidthSection(analysis, charts), ...rivals(analysis, parts, withoutCharts)]),
    claimsSection(analysis),
    doubtsSection(analysis),
    failuresSection(analysis),
    reproduceSection(analysis, parts.scaling),
  ].join('\n\n')}\n`;
}

/** All that compares the strategies with one another. */
function rivals(
  analysis: Analysis,
  { charts, models, scaling = [] }: VerdictParts,
  withoutCharts: readonly string[],
): string[] {
  const formulas = formulasSection(models, workOption(analysis.header));
  return [
    winnersSection(analysis, charts),
    ...withoutCharts,
    crossoversSection(analysis, charts),
    losersSection(analysis, charts),
    ...besideSection(analysis),
    ...scalingSection(scaling),
    ...(formulas === undefined ? [] : [formulas]),
    concurrencySection(analysis),
  ];
}

/** The answer and the warm winners: for a terminal, and for `$GITHUB_STEP_SUMMARY`. */
export function summary(analysis: Analysis): string {
  const warm = accountOf(analysis, 'warm');
  const winners = warm === undefined ? [] : ['### Who wins, warm', winnersMarkdown(analysis, warm)];
  const parts = [
    `# ${lineOf(analysis.header.scenario, 'title')}`,
    answerSection(analysis),
    ...(analysis.prices?.alone ? pricesMarkdown(analysis) : winners),
  ];
  return `${parts.join('\n\n')}\n`;
}
