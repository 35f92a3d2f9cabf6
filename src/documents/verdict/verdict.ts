import type { Analysis } from '../../analysis/types.js';
import {
  type Block,
  type Document,
  heading,
  quote,
  quoteAt,
  type Section,
  text,
} from '../../document/document.js';
import { withoutFolders } from '../../document/words.js';
import { workOption } from '../../model/observation.js';
import type { AccountModel } from '../../model/profile.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import { accountOf } from '../lookup.js';
import { tool } from '../tool.js';
import { answerSection } from './answer.js';
import { bandwidthSection } from './bandwidth.js';
import { besideSection } from './beside.js';
import type { VerdictChart } from './charts.js';
import { claimsSection } from './claims.js';
import { concurrencySection } from './concurrency.js';
import { crossoversSection } from './crossovers.js';
import { doubtsSection } from './doubts.js';
import { failuresSection } from './failures.js';
import { formulasSection } from './formulas.js';
import { losersSection } from './losers.js';
import { pricesBlocks, pricesSection } from './prices.js';
import { reproduceSection } from './reproduce.js';
import { scalingSection } from './scaling.js';
import { winnersBlocks, winnersSection } from './winners.js';

/** What a verdict has besides its analysis. */
export interface VerdictParts {
  /** All that were composed. */
  readonly charts: readonly VerdictChart[];
  /** Why others are missing, as sentences without a full stop. */
  readonly skipped?: readonly string[];
  readonly models: readonly AccountModel[];
  readonly scaling?: readonly Scaling[];
}

/** The verdict: what to do, why, where it holds, and what speaks against it. A pure function of its parts. */
export function verdictDocument(analysis: Analysis, parts: VerdictParts): Document {
  const { charts, models, scaling = [] } = parts;
  const about = charts
    .filter(({ undrawn }) => !undrawn)
    .map(({ name, kind, account, description, at }) => ({ name, kind, account, description, at }));
  // As data, too, a document names files and never places.
  const skipped = (parts.skipped ?? []).map(withoutFolders);
  const data = { analysis, formulas: models, scaling, tool, charts: about, skipped };
  const sections: (Section | undefined)[] = [
    answerSection(analysis),
    pricesSection(analysis, charts),
    ...(analysis.prices?.alone ? [] : rivalSections(analysis, parts)),
    claimsSection(analysis),
    doubtsSection(analysis),
    failuresSection(analysis),
    reproduceSection(analysis, scaling),
  ];
  return {
    title: [quote(analysis.header.scenario, 'title')],
    sections: withSkipped(
      sections.filter((section) => section !== undefined),
      data,
    ),
    data,
  };
}

/** All that compares the strategies with one another. */
function rivalSections(analysis: Analysis, { charts, models, scaling = [] }: VerdictParts) {
  return [
    bandwidthSection(analysis, charts),
    winnersSection(analysis, charts),
    crossoversSection(analysis, charts),
    losersSection(analysis, charts),
    besideSection(analysis),
    scalingSection(scaling),
    formulasSection(models, workOption(analysis.header)),
    concurrencySection(analysis),
  ];
}

/** Sections whose charts a reader misses most: the first of them says why some are missing. */
const chartsBelong = ['winners', 'prices', 'answer'];

function withSkipped(sections: readonly Section[], data: { readonly skipped: readonly string[] }): Section[] {
  const { skipped } = data;
  if (skipped.length === 0) return [...sections];
  const place = chartsBelong.find((id) => sections.some((section) => section.id === id));
  const cautions = skipped.map(
    (_, index): Block => ({ kind: 'caution', text: text`${quoteAt(skipped, index)}.` }),
  );
  return sections.map((section) =>
    section.id === place ? { ...section, blocks: [...section.blocks, ...cautions] } : section,
  );
}

/** The answer and the warm winners, or the prices: for the page of a workflow's step. */
export function summaryDocument(analysis: Analysis): Document {
  const warm = accountOf(analysis, 'warm');
  const answer = answerSection(analysis);
  const winners = warm === undefined ? [] : [heading('Who wins, warm'), ...winnersBlocks(analysis, warm)];
  const more = analysis.prices?.alone ? pricesBlocks(analysis) : winners;
  return {
    title: [quote(analysis.header.scenario, 'title')],
    sections: [{ ...answer, blocks: [...answer.blocks, ...more] }],
    data: { analysis, tool },
  };
}
