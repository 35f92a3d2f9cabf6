import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reports, root } from './support/goldens.js';

describe('what the repository shows is what the code makes of its committed results, byte for byte', () => {
  const rebuilt: string[] = [];

  // The largest run takes its time on a busy machine.
  it.each(Object.entries(reports))('%s', { timeout: 300_000 }, (_name, rebuild) => {
    for (const [path, text] of rebuild()) {
      rebuilt.push(path);
      // As one value, so that a difference is shown with its lines and the name of its file.
      expect({ path, text }).toEqual({ path, text: readFileSync(`${root}${path}`, 'utf8') });
    }
  });

  it('and nothing that is committed is left out', () => {
    const texts = (readdirSync(`${root}reports`, { recursive: true }) as string[])
      .filter((name) =>
        /(^|\/)((verdict|comparison|projection|lesson)\.md|(verdict|comparison|lesson)\.json)$/.test(name),
      )
      .map((name) => `reports/${name}`);
    const charts = readdirSync(`${root}test/golden`).map((name) => `test/golden/${name}`);
    expect(texts.length).toBeGreaterThanOrEqual(13);
    expect(rebuilt.toSorted()).toEqual([...texts, ...charts].toSorted());
  });
});
