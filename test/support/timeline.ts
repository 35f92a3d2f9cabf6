import type { NamedChart, TimelineChart } from '../../src/document/chart.js';

/** One call in three ways: alone, in two threads that are sent their lists, and on lists that are packed. */
export const madeUpTimeline: TimelineChart = {
  kind: 'timeline',
  title: 'What each thread does, and when',
  subtitle: ['one warm call at 16 keys, lists of 1M', 'a made-up machine with 2 cores'],
  caption: 'All calls begin at 0, and a ms is as long for each of them.',
  groups: [
    {
      name: 'for-loop',
      endNs: 101e6,
      lanes: [
        {
          name: 'main',
          spans: [
            { from: 0, to: 60e6, part: 'compute' },
            { from: 60e6, to: 101e6, part: 'new memory' },
            { from: 30e6, to: 34e6, part: 'gc' },
          ],
        },
      ],
    },
    {
      name: 'worker-threads',
      endNs: 1.21e9,
      lanes: [
        {
          name: 'main',
          spans: [
            { from: 0, to: 1.21e9, part: 'idle' },
            { from: 0, to: 0.4e9, part: 'serialise' },
            { from: 0.8e9, to: 1.15e9, part: 'deserialise' },
            { from: 1.15e9, to: 1.21e9, part: 'merge' },
          ],
        },
        {
          name: 'worker 1',
          spans: [
            { from: 0.2e9, to: 0.5e9, part: 'deserialise' },
            { from: 0.5e9, to: 0.56e9, part: 'compute' },
            { from: 0.56e9, to: 0.7e9, part: 'serialise' },
          ],
        },
        {
          name: 'worker 2',
          spans: [
            { from: 0.4e9, to: 0.7e9, part: 'deserialise' },
            { from: 0.7e9, to: 0.76e9, part: 'compute' },
            { from: 0.76e9, to: 0.9e9, part: 'serialise' },
          ],
        },
      ],
    },
    {
      name: 'wasm-simd-threads',
      endNs: 260e6,
      lanes: [
        {
          name: 'main',
          spans: [
            { from: 0, to: 120e6, part: 'pack' },
            { from: 120e6, to: 125e6, part: 'transfer' },
            { from: 125e6, to: 180e6, part: 'wait' },
            { from: 180e6, to: 260e6, part: 'merge' },
          ],
        },
        { name: 'worker 1', spans: [{ from: 126e6, to: 180e6, part: 'compute' }] },
      ],
    },
  ],
};

export const madeUpTimelineChart: NamedChart = {
  name: 'timeline-warm.png',
  description: 'What each thread does in one warm call',
  chart: madeUpTimeline,
};
