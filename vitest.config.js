import { BaseSequencer } from 'vitest/node';

/**
 * They replace a module, the environment or a listener of their process, or look at its memory, and so have one of their
 * own. All others share two processes, with what they have loaded: a process and its modules take as long as most files.
 */
const apart = [
  'process/deadline',
  'process/program',
  'checkout/git',
  'checkout/owned',
  'checkout/random-trees',
  'results/journal',
  'results/large-file',
  'workers/shared/pool',
  'measure/preflight/calibration',
  'measure/known-prices',
  'measure/foreign-cells',
  'measure/code',
  'measure/process-executor',
  'dictionary/memory',
].map((name) => `**/src/${name}.test.js`);

/** Pure functions of plain data, without a process of ours: what `npm run test:fast` runs. */
const pure = [
  'analysis',
  'app/lesson',
  'app/report',
  'choose',
  'compare',
  'measure/planner',
  'model',
  'results/trace',
].map((folder) => `**/src/${folder}/**/*.test.js`);

/** In folders of pure functions, and yet they start processes: drawing may be ended by the system, writers may be killed. */
const withProcesses = ['**/src/app/report/failing-charts.test.js', '**/src/compare/history/file.test.js'];

/** Most tests wait for processes that they start: one worker, the default on two cores, would leave a core idle. */
const maxWorkers = 2;

/** Begun last, one of these would run alone while a core is idle. A fresh clone knows no times of earlier runs. */
const longest = [
  'cli/compare/commits',
  'cli/machine-refuses',
  'cli/same-code',
  'cli/foreign',
  'cli/advice-commands',
  'cli/lesson/lesson',
  'cli/outlive',
  'test/provenance',
  'conformance/strategies',
  'cli/bench',
  'support/faulty/faulty',
  'cli/resume',
  'conformance/overheads',
  'conformance/programs',
].map((name) => `/${name}.test.js`);

class LongestFirst extends BaseSequencer {
  async sort(files) {
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf({ moduleId }) {
  const place = longest.findIndex((name) => moduleId.endsWith(name));
  return place < 0 ? longest.length : place;
}

// Tests run from dist, as built: Node 20 loads no TypeScript in a worker or a forked process.
export default {
  test: {
    dir: 'dist',
    maxWorkers,
    sequence: { sequencer: LongestFirst },
    // Node loads the built files itself, as it does for users: only tests are rewritten, and the one module whose disk
    // a test replaces.
    server: { deps: { external: [/\/dist\/(?!.*\.test\.js$)/], inline: [/\/results\/journal\.js$/] } },
    // Many tests start processes or draw charts, and a machine may be busy: five seconds say nothing about the code.
    testTimeout: 30_000,
    // Cells of a few calls and charts of few pixels: what surrounds them is tried in a moment. Processes inherit it.
    env: { BREAKEVEN_INTERNAL_SAMPLING: 'token', BREAKEVEN_INTERNAL_DENSITY: '0.2' },
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'apart', include: [...apart, ...withProcesses] } },
      { extends: true, test: { name: 'together', exclude: [...apart, ...pure], isolate: false } },
      {
        extends: true,
        test: {
          name: 'pure',
          include: pure,
          exclude: withProcesses,
          isolate: false,
          setupFiles: ['dist/test/support/no-processes.js'],
        },
      },
    ],
  },
};
