import { defineScenario } from 'breakeven';

/** Real data: 3 million flights, grouped into origin airport → delays in minutes. Very unequal lists, little work. */
export default defineScenario({
  title: 'Flights',
  question: 'Does anything beat the for-loop on a sum of delays per airport?',
  kernel: { module: 'sum', options: {} },
  from: 'lists',
  data: {
    package: 'vega-datasets',
    file: 'data/flights-3m.parquet',
    groupBy: 'origin',
    value: 'delay',
  },
  sweeps: [{ keys: [8, 32, 64, 128, 229] }],
  quick: [{ keys: [8, 64, 229], length: [2_000] }],
  quickNote: 'at most 2,000 flights per airport',
  strategies: [
    'for-loop',
    'async-tasks',
    'worker-threads',
    'child-process[serialization=json]',
    'child-process[serialization=advanced]',
    'typed-array',
    'wasm-simd',
  ],
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
