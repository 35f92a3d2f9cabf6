import type {
  AccountAnalysis,
  Analysis,
  CrossoverAnalysis,
  CrossoverQuestion,
  StrategyCrossover,
} from '../../analysis/types.js';
import { axisTitle, pointKey } from '../../contract/axes.js';
import {
  type Block,
  heading,
  list,
  paragraph,
  type Section,
  sentences,
  type Text,
  table,
  text,
} from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { amountText, capitalWord, joinedBy, listed, pointText } from '../../document/words.js';
import { varyingAxes } from '../points.js';
import { chartBlocks, type VerdictChart } from './charts.js';
import { borderText, regionText, sweepText, winnersOf } from './region-words.js';

/** How each question is put to a reader, with the names of its two sides. */
const questions: Readonly<
  Record<CrossoverQuestion, { asks: string; challenger: string; incumbent: string }>
> = {
  'single-thread against for-loop': {
    asks: 'Does another way on a single thread beat the for-loop: packed arrays, SIMD, tasks?',
    challenger: 'another single-thread way',
    incumbent: 'the for-loop',
  },
  'parallel against best single-thread': {
    asks: 'Do threads or processes beat the best single thread?',
    challenger: 'a pool',
    incumbent: 'the best single thread',
  },
};

/** A loss below this is not worth a figure: the times that it is made from are not known so well. */
const leastLoss = 0.001;

/** Where the answer changes along an axis, both questions, per account. */
export function crossoversSection(analysis: Analysis, charts: readonly VerdictChart[]): Section {
  const accounts = analysis.accounts.filter(({ crossovers }) => crossovers.length > 0);
  return {
    id: 'crossovers',
    title: ['Crossovers'],
    blocks: [
      paragraph(
        accounts.length === 0
          ? 'The run has no numeric axis with two points on which both sides were measured, so it can show no crossover.'
          : 'A crossover is named only between points that were measured, with a winner on each side.',
      ),
      ...accounts.flatMap((account) => accountBlocks(analysis, account)),
      ...chartBlocks(charts.filter(({ kind }) => kind === 'speed-up')),
    ],
  };
}

function accountBlocks(analysis: Analysis, account: AccountAnalysis): Block[] {
  const asked = Object.entries(questions).flatMap(([question, { asks }]) => {
    const along = account.crossovers.filter((one) => one.question === question);
    return along.length === 0 ? [] : [paragraph(asks), ...list(lineTexts(analysis, along))];
  });
  return [heading(capitalWord(account.account)), ...asked, ...eachBlocks(account)];
}

/** Each pool by itself, a row each; columns are the lines: what they hold still, and along which axis they go. */
function eachBlocks({ each }: AccountAnalysis): Block[] {
  if (each.length === 0) return [];
  const lineKey = ({ axis, fixed }: StrategyCrossover) => `${axis} ${pointKey(fixed)}`;
  const lines = [...new Map(each.map((one) => [lineKey(one), one])).values()];
  const varying = varyingAxes(lines.map(({ fixed }) => fixed));
  const axes = new Set(lines.map(({ axis }) => axis));
  const headOf = (line: StrategyCrossover): Text => {
    const parts = [
      ...(axes.size > 1 ? [axisTitle(line.axis)] : []),
      ...(varying.length > 0 ? [pointText(line.fixed, varying)] : []),
    ];
    return joinedBy(['it pays', ...parts], ', ');
  };
  return [
    paragraph('Each by itself against the best single thread:'),
    table<string>(
      [
        { head: 'strategy', of: (strategy) => strategy },
        ...lines.map((line) => ({
          head: headOf(line),
          of: (strategy: string) => {
            const one = each.find((every) => every.strategy === strategy && lineKey(every) === lineKey(line));
            return one && eachText(one);
          },
        })),
      ],
      [...new Set(each.map(({ strategy }) => strategy))],
    ),
  ];
}

/** From where on one pool pays: "from about 120 steps per number [100, 140] on". */
function eachText(one: StrategyCrossover): Text {
  switch (one.shape) {
    case 'always':
      return ['at every point'];
    case 'never':
      return ['at no point'];
    case 'same':
      return ['no difference'];
    case 'one crossover':
      return borderText(one.axis, one.crossovers[0]);
    case 'undecided':
    case 'several': {
      const won = one.regions.filter(({ winner }) => winner === 'challenger');
      const open = one.regions.filter(({ winner }) => winner === 'undecided');
      const words = (regions: typeof won) => listed(regions.map((region) => regionText(one.axis, region)));
      return joinedBy(
        [
          won.length > 0 ? words(won) : 'nowhere for sure',
          ...(open.length > 0 ? [text`undecided ${words(open)}`] : []),
        ],
        '; ',
      );
    }
  }
}

/** One text per answer: lines that differ only in what they hold still share it. */
export function lineTexts(analysis: Analysis, along: readonly CrossoverAnalysis[]): Text[] {
  const groups = new Map<string, { over: Text; held: Text[]; answer: Text }>();
  for (const one of along) {
    const over = sweepText(one);
    const answer = sentences(lineText(analysis, one), thresholdText(one));
    const key = JSON.stringify(answerData(one));
    const group = groups.get(key) ?? { over, held: [], answer };
    groups.set(key, group);
    if (Object.keys(one.fixed).length > 0) group.held.push(pointText(one.fixed));
  }
  return [...groups.values()].map(({ over, held, answer }) => {
    const where = held.length === 0 ? undefined : text` (with ${listed(held, 'or')})`;
    return text`Over ${over}${where}: ${answer}`;
  });
}

/** All that the text of a line says, but for what it holds still. */
function answerData(one: CrossoverAnalysis): readonly unknown[] {
  const { question, axis, regions, crossovers, shape, threshold } = one;
  const sides = (['challenger', 'incumbent'] as const).map((side) => winnersOf(one, side));
  const swept = [regions[0]?.from, regions.at(-1)?.to];
  // Where one side wins everywhere, the regions between do not show.
  const within = shape === 'always' || shape === 'never' ? regions.map(({ winner }) => winner) : regions;
  return [question, axis, swept, shape, sides, within, crossovers, threshold];
}

/** The answer of one line: "never; for-loop wins at every point". */
function lineText(analysis: Analysis, one: CrossoverAnalysis): Text {
  const { challenger } = questions[one.question];
  switch (one.shape) {
    case 'always':
      return text`always; ${sideText(one, 'challenger')} wins at every point.`;
    case 'never':
      return one.regions.some(({ winner }) => winner === 'same')
        ? text`never; ${challenger} is the same at best.`
        : text`never; ${standingText(one)} wins at every point.`;
    case 'same':
      return text`no difference; both sides stay within ${figure(analysis.header, 'margin', 'share')} of each other.`;
    case 'one crossover': {
      const [border] = one.crossovers;
      const between = one.regions.filter(({ winner }) => winner === 'same' || winner === 'undecided');
      const doubt =
        between.length === 0
          ? undefined
          : text` (${listed(between.map((region) => text`${region.winner} ${regionText(one.axis, region)}`))})`;
      const rest = border.below === 'challenger' ? 'above' : 'below';
      return text`${sideText(one, 'challenger')} wins ${borderText(one.axis, border)}${doubt}; ${rest} that ${sideText(one, 'incumbent')} wins.`;
    }
    case 'undecided':
    case 'several': {
      const lead = one.shape === 'several' ? 'it changes with the size' : 'not decided everywhere';
      return text`${lead}: ${listed(one.regions.map((region) => regionAnswer(one, region)))}.`;
    }
  }
}

/** Who won for a side of the question, by label; without anybody the name of the side. */
function sideText(one: CrossoverAnalysis, side: 'challenger' | 'incumbent'): Text {
  const winners = winnersOf(one, side);
  return winners.length === 0 ? [questions[one.question][side]] : listed(winners, 'or');
}

/** The best single thread may differ from point to point, and win none of them: the side is named first, then the labels. */
function standingText(one: CrossoverAnalysis): Text {
  const { incumbent } = questions[one.question];
  const winners = winnersOf(one, 'incumbent');
  if (winners.length === 0) return [incumbent];
  return one.question === 'single-thread against for-loop'
    ? listed(winners, 'or')
    : text`${incumbent} (${listed(winners, 'or')})`;
}

/** "One threshold for all: from 4k numbers per list on wasm-simd, below for-loop; it loses 2 % …": what a map is worth. */
function thresholdText(one: CrossoverAnalysis): Text | undefined {
  const { threshold, regions, axis } = one;
  if (threshold === undefined) return undefined;
  const { from, above, loss } = threshold;
  const other = above === 'challenger' ? 'incumbent' : 'challenger';
  const everywhere = from <= regions[0].from ? above : Number.isFinite(from) ? undefined : other;
  const rule =
    everywhere === undefined
      ? text`from ${amountText(axis, figure(threshold, 'from', { axis }))} on ${sideText(one, above)}, below ${sideText(one, other)}`
      : text`${sideText(one, everywhere)} everywhere`;
  const costs = loss < leastLoss ? 'nothing' : figure(threshold, 'loss', 'share');
  return text`One threshold for all: ${rule}; it loses ${costs} against taking the faster at every point, on average.`;
}

function regionAnswer(one: CrossoverAnalysis, region: CrossoverAnalysis['regions'][number]): Text {
  const where = regionText(one.axis, region);
  if (region.winner === 'undecided') return text`undecided ${where}`;
  if (region.winner === 'same') return text`the same ${where}`;
  const winners = region.winner === 'challenger' ? region.challengers : region.incumbents;
  const who = winners.length === 0 ? questions[one.question][region.winner] : listed(winners, 'or');
  return text`${who} wins ${where}`;
}
