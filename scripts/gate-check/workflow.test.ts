import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** A command as both files have it: whatever the base is, however long it may take, and without npm's chatter. */
function plain(command: string): string {
  return command
    .replace(/^step '[^']*' /, '')
    .replace(/^MAX_TIME=\S+ /, '')
    .replace(/ --no-(audit|fund)\b/g, '')
    .replace(/ --out "\$out"/, '')
    .replace(/"[^"]*"/g, 'BASE')
    .trim();
}

describe('the workflow of this repository', () => {
  const commands = [...read('.github/workflows/bench.yml').matchAll(/^\s*- run: (.+)$/gm)].map(
    ([, line]) => line,
  );

  it('runs the commands that .ci/run tries', () => {
    const tried = read('.ci/run')
      .split('\n')
      .map((line) => plain(line.trim()));
    expect(commands.map(plain)).toEqual(['npm ci', 'scripts/gate.sh BASE']);
    for (const command of commands) expect(tried).toContain(plain(command));
  });

  it('has no other way to run something, which this test would not see', () => {
    expect(read('.github/workflows/bench.yml').match(/\brun:/g)).toHaveLength(commands.length);
  });
});

describe('the step of the workflow', () => {
  const bin = mkdtempSync(join(tmpdir(), 'gate-step-'));
  afterAll(() => rmSync(bin, { recursive: true, force: true }));
  // In place of npm: says what it was asked and ends as it is told.
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\necho "$@"\nexit "$CODE"\n');
  chmodSync(join(bin, 'npm'), 0o755);
  const gate = (code: number, env: object = {}) =>
    spawnSync('bash', [join(root, 'scripts/gate.sh'), 'origin/main', '--strict'], {
      encoding: 'utf8',
      env: { PATH: `${bin}:${process.env.PATH}`, CODE: String(code), ...env },
    });

  it('compares HEAD with the base for four minutes at most, or as long as it is told', () => {
    const asked = (time: string) =>
      `run --silent bench -- compare --base origin/main --head HEAD --max-time ${time} --strict\n`;
    expect(gate(0).stdout).toBe(asked('4m'));
    expect(gate(0, { MAX_TIME: '40s' }).stdout).toBe(asked('40s'));
  });

  it.each([
    [0, 0],
    [1, 1],
    [2, 2],
    [4, 4],
    [130, 130],
  ])('ends with %i where compare does', (code, ended) => {
    expect(gate(code).status).toBe(ended);
  });

  it('fails nobody’s change where the machine could not judge, and says so', () => {
    expect(gate(3)).toMatchObject({ status: 0, stdout: expect.stringContaining('not fit to judge') });
  });
});
