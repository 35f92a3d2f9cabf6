import { describe, expect, it } from 'vitest';
import { nowNs, SpanLog } from './span-log.js';

describe('a log of spans', () => {
  it('takes spans of one kind that follow each other at once as one, unless they belong to messages', () => {
    const log = new SpanLog();
    const at = nowNs() + 1e9;
    log.add('compute', at, at + 100);
    log.add('compute', at + 150, at + 300);
    log.add('compute', at + 5_000, at + 6_000);
    log.add('serialise', at + 6_000, at + 7_000, 1);
    log.add('serialise', at + 7_000, at + 8_000, 2);
    expect(log.spans).toEqual([
      ['compute', at, at + 300],
      ['compute', at + 5_000, at + 6_000],
      ['serialise', at + 6_000, at + 7_000, 1],
      ['serialise', at + 7_000, at + 8_000, 2],
    ]);
  });

  it('is blocked from its last span until it finds something to do', () => {
    const log = new SpanLog();
    const at = nowNs();
    log.add('merge', at, at + 1);
    log.wake();
    log.block();
    log.block();
    log.wake();
    log.since('compute');
    expect(log.spans.map(([activity]) => activity)).toEqual(['merge', 'blocked', 'compute']);
    expect(log.spans[1][1]).toBe(at + 1);
    expect(log.spans[2][1]).toBe(log.spans[1][2]);
  });

  it('splits the time until a callback into waiting and delivering, without a gap', async () => {
    const log = new SpanLog();
    const began = nowNs();
    log.add('serialise', began, began + 1, 7);
    await new Promise((resolve) => setTimeout(resolve, 2));
    log.calledBack('deserialise', 7);
    const spans = log.spans.map(([activity, , , message]) => `${activity} ${message}`);
    expect(spans).toEqual(['serialise 7', 'blocked 7', 'deserialise 7']);
    for (let i = 1; i < log.spans.length; i++) expect(log.spans[i][1]).toBe(log.spans[i - 1][2]);
  });
});
