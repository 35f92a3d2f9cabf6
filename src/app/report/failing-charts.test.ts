import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { compared, run } from '../../../test/support/comparison-runs.js';
import { madeUpParts } from '../../../test/support/lesson-runs.js';
import { analysed } from '../../../test/support/report-runs.js';
import { exampleStrategies } from '../../../test/support/synthetic.js';
import { composeCharts } from '../../documents/charts/charts.js';
import { comparisonPage } from './comparison.js';
import { lessonPage } from './lesson.js';
import { makePageFiles, writePage } from './page.js';
import { reportFiles, verdictPage } from './verdict.js';

const require = createRequire(import.meta.url);

/** The drawing packages, with something else in place of drawing the chart that comes as number `at`. */
function failing(at: number, fail: () => never) {
  let drawn = 0;
  return (name: string): unknown => {
    if (name !== 'chartjs-node-canvas') return require(name);
    return {
      ChartJSNodeCanvas: class {
        renderToBufferSync(): Uint8Array {
          if (drawn++ === at) fail();
          return Buffer.from('PNG');
        }
      },
    };
  };
}

const noSurface = () => {
  throw new Error('Create skia surface failed\nat native code');
};

const textOf = (files: ReturnType<typeof reportFiles>['files'], name: string): string => {
  const found = files.find(({ path }) => path === name);
  return found !== undefined && 'text' in found ? found.text : '';
};
const picturesOf = (files: ReturnType<typeof reportFiles>['files']) =>
  files.filter((file) => 'bytes' in file).map(({ path }) => path);

describe('a chart that cannot be drawn costs itself, and the page says which and why:', () => {
  const why = /could not be drawn: Create skia surface failed\./;

  test('verdict', () => {
    const analysis = analysed({ sweeps: [{ keys: [4, 8] }] });
    const whole = picturesOf(reportFiles(analysis, failing(-1, noSurface)).files);
    const { files, skipped } = reportFiles(analysis, failing(1, noSurface));
    expect(picturesOf(files)).toEqual(whole.toSpliced(1, 1));
    const lost = whole[1].replace('charts/', '');
    expect(skipped).toEqual([`The chart ${lost} could not be drawn: Create skia surface failed`]);
    const verdict = textOf(files, 'verdict.md');
    expect(verdict).toMatch(why);
    expect(verdict).not.toContain(`](${whole[1]})`);
    expect(verdict).toContain(`](${whole[2]})`);
  });

  test('comparison', () => {
    const comparison = compared(run(2, { factor: 1.5 }));
    const whole = picturesOf(makePageFiles(comparisonPage(comparison), failing(-1, noSurface)).files);
    const { files, skipped } = makePageFiles(comparisonPage(comparison), failing(0, noSurface));
    expect(picturesOf(files)).toEqual(whole.slice(1));
    expect(skipped).toHaveLength(1);
    expect(textOf(files, 'comparison.md')).toMatch(why);
  });

  test('lesson', () => {
    const parts = madeUpParts();
    const whole = picturesOf(makePageFiles(lessonPage(parts), failing(-1, noSurface)).files);
    const { files } = makePageFiles(lessonPage(parts), failing(2, noSurface));
    expect(picturesOf(files)).toEqual(whole.toSpliced(2, 1));
    expect(textOf(files, 'lesson.md')).toMatch(why);
    expect(textOf(files, 'lesson.md')).not.toContain(`](${whole[2]})`);
  });
});

describe('a strategy with a name that every object has', () => {
  const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf', 'for-loop'];
  const strategies = names.map((label, index) => ({ ...exampleStrategies[index], label }));

  it('has its charts like any other', () => {
    const analysis = analysed({ strategies, sweeps: [{ keys: [4, 8], length: [100, 1000] }] });
    const { charts, failed } = composeCharts(analysis);
    expect(failed).toEqual([]);
    expect(charts).toHaveLength(8);
    const { skipped, files } = reportFiles(analysis, failing(-1, noSurface));
    expect(skipped).toEqual([]);
    for (const name of names) expect(textOf(files, 'verdict.md')).toContain(`\`${name}\``);
  });

  it('as an axis, too', () => {
    for (const axis of ['constructor', '__proto__']) {
      const sweep: unknown = JSON.parse(`{"${axis}":[4,8,16]}`);
      const { charts, failed } = composeCharts(analysed({ sweeps: [sweep as { keys: number[] }] }));
      expect(failed).toEqual([]);
      expect(charts.map(({ description }) => description).join('\n')).toContain(`against ${axis}`);
    }
  });

  it('is really drawn', () => {
    const { files, skipped } = reportFiles(analysed({ strategies, sweeps: [{}], length: 10_000 }));
    expect(skipped).toEqual([]);
    expect(picturesOf(files)).toHaveLength(2);
  });
});

describe('native code that ends the process while it draws', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'breakeven-abort-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** This file again, as a program of its own: it must end by a signal. */
  const dies = (what: 'report' | 'comparison') => {
    const here = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
    const common = `import { createRequire } from 'node:module';
      const require = createRequire(${here('./verdict.js')});
      const load = (name) => name !== 'chartjs-node-canvas' ? require(name)
        : { ChartJSNodeCanvas: class { renderToBufferSync() { process.abort(); } } };`;
    const programs = {
      report: `import { analysed } from ${here('../../../test/support/report-runs.js')}; import { verdictPage } from ${here('./verdict.js')}; import { writePage } from ${here('./page.js')};
        await writePage(verdictPage(analysed({})), ${JSON.stringify(folder)}, 'Rename it.', load);`,
      comparison: `import { compared, run } from ${here('../../../test/support/comparison-runs.js')};
        import { comparisonPage } from ${here('./comparison.js')}; import { writePage } from ${here('./page.js')};
        await writePage(comparisonPage(compared(run(2))), ${JSON.stringify(folder)}, 'Rename it.', load);`,
    };
    return spawnSync(process.execPath, ['--input-type=module', '-e', common + programs[what]]).signal;
  };

  it('has not cost the verdict', async () => {
    expect(dies('report')).toBe('SIGABRT');
    const verdict = readFileSync(join(folder, 'verdict.md'), 'utf8');
    expect(verdict).toContain('## How to reproduce it');
    expect(verdict).toContain('> The charts were not drawn');
    // The next report is whole, and says no such thing.
    await writePage(verdictPage(analysed({})), folder, 'Rename it.', failing(-1, noSurface));
    expect(readFileSync(join(folder, 'verdict.md'), 'utf8')).not.toContain('The charts were not drawn');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('has not cost the comparison', async () => {
    expect(dies('comparison')).toBe('SIGABRT');
    expect(readFileSync(join(folder, 'comparison.md'), 'utf8')).toContain('> The charts were not drawn');
    await writePage(comparisonPage(compared(run(2))), folder, 'Rename it.', failing(-1, noSurface));
    expect(readFileSync(join(folder, 'comparison.md'), 'utf8')).not.toContain('The charts were not drawn');
  });
});
