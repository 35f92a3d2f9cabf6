import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { findStrategies, shippedPeers, shippedStrategies } from '../../src/plugins/strategy.js';
import { hasPiscina, loadPiscina } from './piscina.pool.js';

const empty = mkdtempSync(join(tmpdir(), 'breakeven-peers-'));
afterAll(() => rmSync(empty, { recursive: true, force: true }));

describe('other people’s pools', () => {
  test('take part only where they are named or asked for', async () => {
    const ids = (await shippedPeers()).map(({ id }) => id);
    expect(ids).toEqual(['piscina']);
    expect((await shippedStrategies()).filter(({ id }) => ids.includes(id))).toEqual([]);
    expect((await findStrategies(['piscina'])).map(({ label }) => label)).toEqual(['piscina']);
  });

  test('that are not installed say how they are', async () => {
    const folder = pathToFileURL(`${empty}/`);
    expect(hasPiscina(folder)).toBe(false);
    await expect(loadPiscina(folder)).rejects.toThrow('needs piscina: npm run peers');
  });
});
