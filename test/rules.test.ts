import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../src/analysis/analyse.js';
import type { PointDecision, SituationDecision } from '../src/analysis/decision.js';
import type { Analysis } from '../src/analysis/types.js';
import { plainText } from '../src/document/words.js';
import { summaryDocument } from '../src/documents/verdict/verdict.js';
import { renderMarkdown } from '../src/render/markdown.js';
import { type Random, seededRandom } from '../src/results/random.js';
import { readResults } from '../src/results/reader.js';
import { root } from './support/goldens.js';
import { exampleStrategies, type StrategyModel, syntheticResults } from './support/synthetic.js';

/*
 * What a first screen may say, whatever was measured: over every committed run, and over runs with random strategies,
 * borders, failures, waits and noise. Each rule gives the sentences that break it.
 */

type Rule = (analysis: Analysis, screen: string) => readonly string[];

const rules: Readonly<Record<string, Rule>> = {
  'the title is the decision': (analysis) => {
    const title = plainText(summaryDocument(analysis).title);
    const { title: scenario } = analysis.header.scenario;
    return isDecided(analysis) && !title.startsWith(`${scenario}: `) ? [title] : [];
  },
  'the first screen has 25 lines at most': (analysis, screen) => {
    const lines = screen.trimEnd().split('\n');
    return isDecided(analysis) && lines.length > 25 ? [`${lines.length} lines`] : [];
  },
  'a strategy is named only where it has a time there': (analysis) =>
    everyPoint(analysis, ({ point, use, oneThread, pool }, { account }) => {
      const cells = analysis.accounts
        .find((one) => one.account === account)
        ?.points.find((one) => one.point === point)?.cells;
      const named = [use, oneThread?.strategy, pool?.strategy].filter((label) => label !== undefined);
      return named
        .filter((label) => cells?.find((cell) => cell.strategy === label)?.state.kind !== 'measured')
        .map((label) => `${label} has no time`);
    }),
  'what is used is of the group that is named': (analysis) =>
    everyPoint(analysis, ({ group, use, oneThread, pool }) => {
      if (group === 'pool' && use !== pool?.strategy) return [`pool, but ${use}`];
      return group !== undefined && group !== 'pool' && use !== oneThread?.strategy
        ? [`${group}, but ${use}`]
        : [];
    }),
  'a group that is sure and its printed interval do not contradict each other': (analysis) =>
    everyPoint(analysis, ({ group, sure, pool }) => {
      const interval = pool?.gain?.interval;
      if (sure.kind !== 'sure' || interval === undefined) return [];
      if (group === 'pool' && interval.low < 1) return [`pool is sure at ${interval.low}`];
      return group === 'one thread' && interval.high > 1 ? [`one thread is sure at ${interval.high}`] : [];
    }),
  'who wins by the clock is never called slower by a factor below one': (_, screen) =>
    [...screen.matchAll(/(?<![\d.])(0(?:\.\d+)?× as (?:long|fast))/g)].map(([, words]) => words),
  'no share is above the whole': (_, screen) =>
    [...screen.matchAll(/(\d+(?:\.\d+)?) %/g)]
      .filter(([, share]) => Number(share) > 100)
      .map(([words]) => words),
  'what waits is never said to compute': (analysis, screen) =>
    analysis.header.scenario.kernel.kind === 'wait' && /computing takes|of work per number/.test(screen)
      ? ['it waits']
      : [],
  'few rounds, a tie and noise are told apart': (analysis) =>
    everyPoint(analysis, ({ sure, pool, takes }) => {
      const rounds = (pool?.gain ?? takes).rounds;
      if (sure.kind !== 'open') return [];
      if (sure.why === 'noise' && rounds < 8) return [`noise after ${rounds} rounds`];
      return sure.why === 'tie' && Math.abs(Math.log(pool?.gain?.value ?? 2)) > Math.log(1.05) + 1e-9
        ? [`a tie at ${pool?.gain?.value}`]
        : [];
    }),
  'a border lies between the points that are beside it': (analysis) =>
    analysis.decision.situations.flatMap(({ borders }) =>
      borders.flatMap(({ axis, upTo, from, crossover }) =>
        Number(upTo?.[axis] ?? 0) <= crossover.at && Number(from?.[axis] ?? Infinity) >= crossover.at
          ? []
          : [`${crossover.at} is not between ${upTo?.[axis]} and ${from?.[axis]}`],
      ),
    ),
  'it is in plain words': (_, screen) =>
    [
      ...withoutNames(screen).matchAll(
        /\b(?:undefined|NaN|Infinity|account|ruler|dear|whoever|stood|one-shot|resident)\b/g,
      ),
    ].map(([word]) => word),
};

function isDecided({ decision, prices, header, findings }: Analysis): boolean {
  const isBlocked = findings.some(({ severity }) => severity === 'blocker');
  return decision.situations.length > 0 && !prices?.alone && !header.scenario.bandwidth && !isBlocked;
}

function everyPoint(
  { decision }: Analysis,
  problems: (point: PointDecision, situation: SituationDecision) => readonly string[],
): string[] {
  return decision.situations.flatMap((situation) =>
    situation.points.flatMap((point) =>
      problems(point, situation).map(
        (each) => `${situation.situation}, ${JSON.stringify(point.point)}: ${each}`,
      ),
    ),
  );
}

/** Titles and questions are the scenario's own words. */
function withoutNames(screen: string): string {
  return screen.split('\n').slice(3).join('\n');
}

function brokenRules(analysis: Analysis): string[] {
  const screen = renderMarkdown(summaryDocument(analysis));
  return Object.entries(rules).flatMap(([name, rule]) =>
    rule(analysis, screen).map((each) => `${name}: ${each}`),
  );
}

describe('every first screen keeps the rules', () => {
  const committed = readdirSync(`${root}reports/sample`).filter((name) =>
    existsSync(`${root}reports/sample/${name}/results.ndjson`),
  );
  it.each(committed)('sample %s', (name) => {
    const analysis = analyse(readResults(`${root}reports/sample/${name}/results.ndjson`), { draws: 200 });
    expect(brokenRules(analysis)).toEqual([]);
  });

  it('of 500 made-up runs', { timeout: 240_000 }, () => {
    const broken = Array.from({ length: 500 }, (_, seed) =>
      brokenRules(randomAnalysis(seed + 1)).map((each) => `seed ${seed + 1}: ${each}`),
    );
    expect(broken.flat()).toEqual([]);
  });

  it('and the made-up runs are of all kinds', () => {
    const seen = Array.from({ length: 120 }, (_, seed) => randomAnalysis(seed + 1).decision.situations);
    const groups = seen.flat().map(({ group }) => group);
    expect(new Set(groups.filter((group) => group !== 'same'))).toEqual(
      new Set(['one thread', 'pool', 'depends', 'open']),
    );
    expect(seen.some((situations) => situations.some(({ borders }) => borders.length > 0))).toBe(true);
    expect(seen.some((situations) => situations.length === 0)).toBe(true);
  });
});

function below(random: Random, count: number): number {
  return Math.floor(random.uniform() * count);
}

/** Some of the example's strategies, faster or slower than there, with faults now and then. */
function randomAnalysis(seed: number): Analysis {
  const random = seededRandom(seed);
  const waits = below(random, 8) === 0;
  const strategies = exampleStrategies
    .filter(({ family }, i) => family === 'serial' || below(random, exampleStrategies.length) >= i / 2)
    .map((each) => variedStrategy(each, random));
  const fault = below(random, 6);
  const results = syntheticResults({
    seed,
    strategies,
    sweeps: [
      {
        length: [1_000, 4_000, 16_000].slice(0, 1 + below(random, 3)),
        keys: [4, 16].slice(0, 1 + below(random, 2)),
      },
    ],
    rounds: [2, 3, 4, 6, 8, 12][below(random, 6)],
    noise: { cell: [0.01, 0.05, 0.2][below(random, 3)] },
    kind: waits ? 'wait' : 'map',
    outcome: (strategy, _, round) => {
      if (fault === 0 && below(random, 12) === 0) return { status: 'crashed', message: 'no' };
      if (fault === 1 && strategy === strategies.at(-1)?.label)
        return { status: 'limit', limit: 'time', message: 'too slow', boundNs: 1e9 };
      return fault === 2 && round > 3 ? { status: 'skipped', message: 'clearly out' } : undefined;
    },
    ...(fault === 3 ? { stopAfter: 1 + below(random, 60) } : {}),
    ...(seed % 40 === 0 ? { outcome: () => ({ status: 'crashed', message: 'no' }) as const } : {}),
  });
  return analyse(results, { draws: 40 });
}

function variedStrategy(each: StrategyModel, random: Random): StrategyModel {
  const factor = [0.1, 0.5, 1, 1, 2][below(random, 5)];
  const fixedNs = [0, 1e4, 1e6][below(random, 3)];
  const { run, compute } = each;
  return {
    ...each,
    compute: (shape) => fixedNs / 10 + factor * compute(shape),
    ...(run === undefined ? {} : { run: (shape) => fixedNs + factor * 0.2 * run(shape) }),
  };
}
