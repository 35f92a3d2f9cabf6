import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Job, readJob, writeJob } from './job.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-job-'));
const path = join(folder, 'job.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commit = { hash: 'a1', name: 'main' };
const job: Job = {
  request: { base: 'main', strategies: ['./own.mjs'], seed: 1, limitMs: 60_000 },
  base: commit,
  head: commit,
};

it('is read as it was written', () => {
  writeJob(folder, job);
  expect(readJob(folder)).toMatchObject(job);
});

it('of an older version keeps its meaning: its strategies took the place of those of the scenarios', () => {
  writeJob(folder, job);
  writeFileSync(path, readFileSync(path, 'utf8').replace('"version": 2', '"version": 1'));
  const { request } = readJob(folder);
  expect(request).toMatchObject({ only: ['./own.mjs'] });
  expect(request.strategies).toBeUndefined();
});
