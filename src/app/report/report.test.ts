import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { analysed, workPerItem } from '../../../test/support/report-runs.js';
import { composeCharts } from '../../documents/charts/charts.js';
import type { OutputFile } from '../../files/outputs.js';
import { markUndrawn, notDrawnYet, openDrawing, pictureSize } from '../../render/png.js';
import { makePageFiles, writePage } from './page.js';
import { reportFiles, verdictPage } from './verdict.js';

// A single point has three charts only: drawing one takes a quarter of a second.
const onePoint = () => analysed({ sweeps: [{}], length: 10_000 });

const missing = (name: string) => {
  throw new Error(`Cannot find module '${name}'\nRequire stack: …`);
};

/** Width and height from the header of a PNG file. */
function sizeOf(bytes: Uint8Array): { signature: string; width: number; height: number } {
  const view = Buffer.from(bytes);
  return {
    signature: view.toString('latin1', 1, 4),
    width: view.readUInt32BE(16),
    height: view.readUInt32BE(20),
  };
}

describe('a report', () => {
  it('is equal byte for byte when it is made again from the same results, pictures included', () => {
    // Pictures as texts: lists of so many bytes take many seconds to compare.
    const made = () =>
      reportFiles(onePoint()).files.map((file) => [
        file.path,
        'text' in file ? file.text : Buffer.from(file.bytes).toString('base64'),
      ]);
    expect(made()).toEqual(made());
  });

  it('names its charts by what they show', () => {
    const names = (run: Parameters<typeof analysed>[0]) =>
      composeCharts(analysed(run)).charts.map(({ name }) => name);
    expect(names({ strategies: workPerItem, sweeps: [{ cost: [10, 20, 40], keys: [16] }] })).toEqual([
      'time-one-shot-cost.png',
      'speed-up-one-shot-cost.png',
      'time-warm-cost.png',
      'speed-up-warm-cost.png',
      'time-resident-cost.png',
      'timeline.png',
    ]);
    expect(names({ sweeps: [{ keys: [4, 8], length: [100, 1000] }] })).toContain('map-warm.png');
    expect(names({ sweeps: [{ values: ['ints', 'doubles'] }] })).toContain('time-warm-values.png');
    expect(names({})).toEqual(['time-accounts.png', 'timeline.png']);
  });

  it.each(['map-one-shot.png', 'time-warm-keys.png', 'speed-up-warm-length.png'])(
    'draws %s in its size',
    (wanted) => {
      const drawing = openDrawing();
      const chart = composeCharts(analysed({ sweeps: [{ keys: [4, 8], length: [100, 1000] }] })).charts.find(
        ({ name }) => name === wanted,
      );
      if (!('draw' in drawing) || chart === undefined) throw new Error(`${wanted} cannot be drawn`);
      const { width, height, density } = pictureSize;
      expect(sizeOf(drawing.draw(chart.chart))).toEqual({
        signature: 'PNG',
        width: width * density,
        height: height * density,
      });
    },
  );

  it('does without pictures where the drawing packages are missing, and says what to add', () => {
    const { files, skipped } = reportFiles(onePoint(), missing);
    expect(files.map(({ path }) => path)).toEqual(['verdict.md', 'verdict.json']);
    expect(skipped).toEqual([
      expect.stringMatching(/^PNG skipped: canvas is not installed.*"overrides".*@napi-rs\/canvas/),
    ]);
    const [verdict] = files;
    expect('text' in verdict && verdict.text).toContain('> PNG skipped: canvas is not installed');
    expect('text' in verdict && verdict.text).not.toContain('![');
  });
});

describe('the writer', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'breakeven-report-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes the verdict and the charts that it names, and clears the charts of an earlier report', async () => {
    const written = await writePage(verdictPage(onePoint()), join(folder, 'run'), 'Rename it.');
    expect(
      written.charts.map((path) =>
        readdirSync(join(folder, 'run', 'charts')).includes(path.split(/[\\/]/).at(-1) ?? ''),
      ),
    ).toEqual([true, true]);
    expect(readFileSync(written.path, 'utf8')).toContain('charts/time-accounts.png');
    const again = await writePage(verdictPage(onePoint()), join(folder, 'run'), 'Rename it.', missing);
    expect(again.charts).toEqual([]);
    expect(readdirSync(join(folder, 'run'))).not.toContain('charts');
  });
});

test('the document of a report is composed once: with and without pictures it has the same sections', () => {
  const page = verdictPage(onePoint());
  const textsOf = (files: readonly OutputFile[]) =>
    Object.fromEntries(files.flatMap((file) => ('text' in file ? [[file.path, file.text]] : [])));
  const before = textsOf(page.texts(markUndrawn(page.charts, []), [notDrawnYet(page.again)]));
  const after = textsOf(makePageFiles(page).files);
  expect(after).toEqual(textsOf(reportFiles(onePoint()).files));
  expect(before['verdict.md']).toContain('The charts were not drawn');
  expect(before['verdict.md']).not.toContain('](charts/');
  expect(after['verdict.md']).toContain('](charts/');
  const [without, whole] = [before, after].map((texts) => JSON.parse(texts['verdict.json']));
  expect(without.data.charts).toEqual([]);
  expect(whole.data.charts.length).toBeGreaterThan(0);
  expect({ ...without.data, charts: 0, skipped: 0 }).toEqual({ ...whole.data, charts: 0, skipped: 0 });
});
