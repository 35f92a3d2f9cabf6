import type { Analysis } from '../../analysis/types.js';
import { type Block, type Document, quoteAt, type Section, text } from '../../document/document.js';
import { withoutFolders } from '../../document/words.js';
import { workOption } from '../../model/observation.js';
import type { AccountModel } from '../../model/profile.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import { timelineChart } from '../charts/timeline.js';
import { tool } from '../tool.js';
import { answerSection, titleText } from './answer.js';
import { bandwidthSection } from './bandwidth.js';
import { besideSection } from './beside.js';
import { chartBlocks, chartsFolder, leadingTimeline, type VerdictChart } from './charts.js';
import { claimsSection } from './claims.js';
import { crossoversSection } from './crossovers.js';
import { findSituation } from './decision.js';
import { doubtsSection } from './doubts.js';
import { failuresSection } from './failures.js';
import { formulasSection } from './formulas.js';
import { oneTimeSection } from './one-time.js';
import { pricesOverview, pricesSection } from './prices.js';
import { reproduceSection } from './reproduce.js';
import { scalingSection } from './scaling.js';
import { sizesSection } from './sizes.js';
import { timeSpentSection } from './time-spent.js';

/** What a verdict has besides its analysis. */
export interface VerdictParts {
  /** All that were composed. */
  readonly charts: readonly VerdictChart[];
  /** Why others are missing, as sentences without a full stop. */
  readonly skipped?: readonly string[];
  readonly models: readonly AccountModel[];
  readonly scaling?: readonly Scaling[];
}

/** The verdict, with what it is made from. */
export interface VerdictDocument extends Document {
  readonly data: {
    readonly analysis: Analysis;
    readonly formulas: readonly AccountModel[];
    readonly scaling: readonly Scaling[];
    readonly tool: typeof tool;
    /** Those that have a picture. */
    readonly charts: readonly Pick<VerdictChart, 'name' | 'kind' | 'account' | 'description' | 'at'>[];
    readonly skipped: readonly string[];
  };
}

/** The verdict: what to do, why, where it holds, and what speaks against it. A pure function of its parts. */
export function verdictDocument(analysis: Analysis, parts: VerdictParts): VerdictDocument {
  const drawn = parts.charts.flatMap(({ name, undrawn }) => (undrawn ? [] : [name]));
  return withPictures(composeVerdict(analysis, parts), drawn, parts.skipped);
}

/** The verdict as if each of its charts had a picture: composed once, before the first is drawn. */
export function composeVerdict(analysis: Analysis, parts: VerdictParts): VerdictDocument {
  const { models, scaling = [] } = parts;
  const charts = parts.charts.map(({ undrawn, ...chart }): VerdictChart => chart);
  const about = charts.map(({ name, kind, account, description, at }) => ({
    name,
    kind,
    account,
    description,
    at,
  }));
  const sections: (Section | undefined)[] = [
    answerSection(analysis, scaling, chartBlocks(charts.filter(({ name }) => name === leadingTimeline))),
    pricesSection(analysis, charts),
    ...(analysis.prices?.alone ? [] : rivalSections(analysis, { ...parts, charts })),
    claimsSection(analysis),
    doubtsSection(analysis),
    failuresSection(analysis),
    reproduceSection(analysis, scaling),
  ];
  return {
    title: titleText(analysis),
    sections: sections.filter((section) => section !== undefined),
    data: { analysis, formulas: models, scaling, tool, charts: about, skipped: [] },
  };
}

/** The same verdict with the pictures that there are, by name. `missing`: why others are not, as sentences without a full stop. */
export function withPictures(
  verdict: VerdictDocument,
  drawn: readonly string[],
  missing: readonly string[] = [],
): VerdictDocument {
  const data = {
    ...verdict.data,
    charts: verdict.data.charts.filter(({ name }) => drawn.includes(name)),
    // As data, too, a document names files and never places.
    skipped: missing.map(withoutFolders),
  };
  const files = drawn.map((name) => `${chartsFolder}/${name}`);
  const sections = verdict.sections.map((section) => ({
    ...section,
    blocks: section.blocks.map((block) => keepFiles(block, files)),
  }));
  return { ...verdict, sections: withSkipped(sections, data), data };
}

function keepFiles(block: Block, files: readonly string[]): Block {
  if (block.kind === 'details')
    return { ...block, blocks: block.blocks.map((each) => keepFiles(each, files)) };
  if (block.kind !== 'chart' || block.file === undefined || files.includes(block.file)) return block;
  const { file, ...undrawn } = block;
  return undrawn;
}

/** All that compares the strategies with one another. */
function rivalSections(analysis: Analysis, { charts, models, scaling = [] }: VerdictParts) {
  return [
    bandwidthSection(analysis, charts),
    sizesSection(analysis, charts),
    oneTimeSection(analysis),
    timeSpentSection(analysis, charts),
    crossoversSection(analysis, charts),
    besideSection(analysis),
    scalingSection(scaling),
    formulasSection(models, workOption(analysis.header)),
  ];
}

/** Sections whose charts a reader misses most: the first of them says why some are missing. */
const chartsBelong = ['sizes', 'prices', 'answer'];

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

/** The first screen alone, and the prices where the strategies are no rivals: for the page of a workflow's step. */
export function summaryDocument(analysis: Analysis, scaling: readonly Scaling[] = []): Document {
  const answer = answerSection(analysis, scaling, shortTimeline(analysis));
  const more = analysis.prices?.alone ? [pricesOverview(analysis)] : [];
  return {
    title: titleText(analysis),
    sections: [{ ...answer, blocks: [...answer.blocks, ...more] }],
    data: { analysis, scaling, tool },
  };
}

/** Of two strategies, the one to take and the best of the other side: a first screen has no room for more. */
function shortTimeline(analysis: Analysis): Block[] {
  const at = analysis.calls.find(({ place }) => place === 'largest');
  const decided = findSituation(analysis.decision, 'server')?.largest;
  if (at === undefined || decided === undefined) return [];
  const { use, oneThread, pool } = decided;
  const other = use === pool?.strategy ? oneThread : pool;
  const calls = at.calls.filter(({ strategy }) => strategy === use || strategy === other?.strategy);
  if (calls.length < 2) return [];
  const chart = timelineChart(analysis, { ...at, calls });
  return [{ kind: 'chart', alt: ['Who does what, and when, in one call with fresh data'], chart }];
}
