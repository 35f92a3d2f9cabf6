import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lab/lab.js';
import { writeReport } from '../lab/report.js';
import { cellsOfBurn } from './cell.js';
import { detectionChart } from './chart.js';
import { figuresOf } from './figures.js';
import { noiseOf, noiseText } from './noise.js';
import { measureOrderEffect, type OrderEffect } from './order-effect.js';
import { Pool } from './pool.js';
import { record } from './record.js';
import { reportOf, type SelfCheck } from './report.js';
import { settings } from './settings.js';

/*
 * `npm run self-check [-- --quick]`: how often the tool names a winner between a strategy and itself, and how often it
 * sees a difference that is there, on the real clock of this machine. At most 40 minutes (quick: 4); stopped, it goes
 * on where it was. Leave the machine alone meanwhile.
 */
export const lab: Lab = {
  carryOut: async (args) => {
    const beganMs = performance.now();
    const asked = settings(args);
    const name = asked.quick ? 'quick' : 'full';
    const cells = await cellsOfBurn();
    const { fingerprint, node } = cells.host;
    const key = JSON.stringify({
      fingerprint,
      node,
      cells: asked.cellsMs,
      kernel: cells.order(1, 'a', 1).kernel.options,
    });
    const pool = new Pool(join(asked.folder, `pool-${name}.ndjson`), key);
    const orderEffect = orderEffectOnce(join(asked.folder, `order-${name}.json`), key, asked.quick);
    const complete = await record(pool, cells, asked, beganMs + asked.minutes * 60_000);
    const check: SelfCheck = {
      startedAt: pool.header.startedAt,
      endedAt: new Date().toISOString(),
      quick: asked.quick,
      complete,
      host: cells.host,
      conditions: (['quiet', 'busy'] as const).flatMap(
        (condition) => figuresOf(cells.host, pool.draws, condition) ?? [],
      ),
      orderEffect,
    };
    const text = reportOf(check);
    const chart = check.conditions.length === 0 ? undefined : detectionChart(check);
    if (chart !== undefined) writeReport(join(asked.folder, `detection-${name}.png`), chart);
    writeReport(join(asked.folder, `figures-${name}.json`), `${JSON.stringify(check, null, 2)}\n`);
    // Simulations draw from it: a part of the rounds, or of the conditions, must not take the place of a whole record.
    if (complete)
      writeReport(
        join(asked.folder, `noise-${name}.json`),
        noiseText(
          noiseOf(pool.draws, { host: cells.host, startedAt: pool.header.startedAt, quick: asked.quick }),
        ),
      );
    writeReport(join(asked.folder, asked.quick ? 'report-quick.md' : 'report.md'), text);
    process.stdout.write(text);
    return 0;
  },
};

/** Kept beside the pool: a check that goes on does not measure it again. */
function orderEffectOnce(path: string, key: string, quick: boolean): OrderEffect {
  if (existsSync(path)) {
    const known = JSON.parse(readFileSync(path, 'utf8')) as { key: string; effect: OrderEffect };
    if (known.key === key) return known.effect;
  }
  const effect = measureOrderEffect(quick ? 8 : 60);
  writeFileSync(path, `${JSON.stringify({ key, effect })}\n`);
  return effect;
}
