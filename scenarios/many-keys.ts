import { defineScenario } from 'breakeven';

/** "The dictionary has millions of keys": with four numbers each, handling keys costs more than computing. */
export default defineScenario({
  title: 'Many keys',
  question: 'Does anything pay for millions of keys with short lists?',
  kernel: { module: 'square-minus-13', options: {} },
  from: 'lists',
  sweeps: [{ keys: [1_024, 16_384, 131_072, 1_048_576, 4_194_304], length: [4] }],
  quick: [{ keys: [1_024, 16_384, 65_536], length: [4] }],
  quickNote: 'at most 65,536 keys instead of 4 million',
  strategies: 'node',
  budget: '10m',
  claims: [
    {
      says: 'With millions of keys the costs of sending to processes dominate, and the for-loop stays ahead',
      cores: 8,
      account: 'warm',
      faster: 'for-loop',
      than: 'processes',
      where: { keys: [1_048_576, 4_194_304] },
    },
  ],
});
