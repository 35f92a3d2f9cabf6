import { defineScenario } from 'breakeven';

/**
 * Real data: 3 million flights, grouped into origin airport → delays in minutes. Very unequal lists, little work.
 * `scripts/flights.ts` makes the file, of what vega-datasets has from the US Bureau of Transportation Statistics.
 */
export default defineScenario({
  title: 'Flights',
  question: 'Does anything beat the for-loop on a sum of delays per airport?',
  kernel: { module: 'sum', options: {} },
  from: 'lists',
  data: {
    file: new URL('./data/flights.parquet', import.meta.url).href,
    groupBy: 'origin',
    value: 'delay',
  },
  sweeps: [{ keys: [8, 32, 64, 128, 229] }],
  quick: [{ keys: [8, 64, 229], length: [2_000] }],
  quickNote: 'at most 2,000 flights per airport',
  // Both ways to send lists to a process: so little work is all about sending.
  strategies: ['node', 'child-process[serialization=advanced]'],
  budget: '5m',
  claims: [
    {
      says: 'Sending lists costs more than so little work on them, also where only one number per list comes back',
      cores: 8,
      account: 'warm',
      faster: 'single-thread',
      than: 'parallel',
      where: {},
    },
  ],
});
