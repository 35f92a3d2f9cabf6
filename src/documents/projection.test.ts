import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dictionaryBytes } from '../dictionary/memory.js';
import { modelsOf, profileOf } from '../model/profile.js';
import { project } from '../model/projection/projection.js';
import { renderMarkdown } from '../render/markdown.js';
import { readResults } from '../results/reader.js';
import { projectionDocument } from './projection.js';

const projectionWords = (...of: Parameters<typeof projectionDocument>) =>
  renderMarkdown(projectionDocument(...of));

const samples = new URL('../../../reports/sample/', import.meta.url);

describe('a projection in words', () => {
  const results = readResults(new URL('large-lists/results.ndjson', samples).pathname);
  const profile = profileOf(results, modelsOf(results));
  const question = { keys: 1e6, length: 1e6, work: 1, cores: [2, 16, 64], storageBytesPerNs: 2 };
  const bytes = dictionaryBytes({ keys: 1e6, elements: 1e12 }, 'lists');
  const text = projectionWords(project(profile, { ...question, bytes, memoryBytes: 24e9 }), profile);

  it('is the committed sample, made from the committed run', () => {
    expect(text).toBe(readFileSync(new URL('projection.md', samples), 'utf8'));
  });

  it('says what cannot run, what the limit is, how to cut it and where one machine ends', () => {
    expect(text).toContain('as lists it takes 7.3 TiB');
    expect(text).toMatch(
      /^Hours besides computing in place, on main thread and workers: .*worker-threads spends /m,
    );
    expect(text).toMatch(/^[\d,]+k? shards of 5 keys/m);
    expect(text).toContain('Send ids, not data');
    expect(text).toMatch(/From 900k keys of this length on .* reading alone takes more than an hour/);
  });

  it('no pool is told to spend more than it has: what workers took of it is shared in the shorter bound', () => {
    const [, asMeasured, , processor, , on16] =
      /^\| worker-threads \| ([\d.]+) h \| ([\d.]+) h \| ([\d.]+) h \| ([^|]*) \| ([\d.]+) h to /m.exec(
        text,
      ) ?? [];
    const beside = Number(processor) - Number(asMeasured);
    expect(beside).toBeGreaterThan(0);
    expect(Number(on16)).toBeLessThan(Number(asMeasured) - beside / 2);
  });

  it('says where the roof of the memory comes from, where its bandwidth was measured', () => {
    const bandwidth = { bytes: 2 ** 28, oneThreadBytesPerNs: 10, allCoresBytesPerNs: 20 };
    const asked = { ...question, bytes, memoryBytes: 24e9 };
    const told = (changes: object, roof: object) => {
      const known = { ...profile, ...changes };
      return projectionWords(project(known, { ...asked, ...roof }), known);
    };
    const rests = /^- The roof of the memory is (.*?) per number.*(calibrate|--bandwidth)/m;
    expect(rests.exec(told({ bandwidth }, {}))?.slice(1)).toEqual(['0.8 ns', 'calibrate']);
    expect(rests.exec(told({ bandwidth }, { roofNsPerNumber: 2 }))?.slice(1)).toEqual([
      '2 ns',
      '--bandwidth',
    ]);
    expect(told({}, {})).not.toMatch(rests);
  });

  it('what ranks first without a formula says so', () => {
    expect(text).toMatch(
      /the fastest .* is for-loop: [\d.]+ \w+ \(no formula fits it: drawn out from its measured points\)/,
    );
  });

  it('a strategy that does not pack is not told to be on packed numbers', () => {
    expect(text).toContain('with wasm-simd on the packed numbers');
    const { known = [], strategies = [] } = profile.accounts.resident ?? {};
    const loop = strategies.filter(({ strategy }) => strategy === 'for-loop');
    const alone = { ...profile, accounts: { ...profile.accounts, resident: { known, strategies: loop } } };
    const said = projectionWords(project(alone, { ...question, bytes, memoryBytes: 24e9 }), alone);
    expect(said).toMatch(/with for-loop: /);
    expect(said).not.toContain('packed numbers');
  });

  it('has nothing to cut where it fits', () => {
    const small = { ...question, keys: 10, length: 1e5 };
    const fits = project(profile, { ...small, bytes: 8e6, memoryBytes: 24e9 });
    expect(projectionWords(fits, profile)).toContain('Nothing: it fits into the memory');
  });
});
