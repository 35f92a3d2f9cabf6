/*
 * `npm run lab -- check-run FOLDER` checks the outputs of a run. A line for each check; exit code 1 where one
 * fails.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resultsFileName } from '../src/results/journal.js';
import { readResults } from '../src/results/reader.js';
import { defineLab, say } from './lab/lab.js';

/** A run of few points has no formula, one that looked for no bound of workers has none, and one of all strategies left none out. */
const optional = ['What it costs, as a formula', 'How far workers can go', 'Crossovers'];

/** Each returns what is wrong with it. */
const checks: Readonly<Record<string, (run: string) => string[]>> = {
  'the results file reads, and every cell was measured': checkResults,
  'the verdict has its sections, in order': checkVerdict,
  'the charts are PNG files, and all are in the verdict': checkCharts,
  'report rebuilds every output byte for byte': checkRebuild,
};

export const lab = defineLab({}, async (_, [folder = '.']) => {
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    const problems = attempt(() => check(folder));
    say(`${problems.length === 0 ? 'passed' : 'FAILED'}: ${name}`);
    for (const problem of problems) say(`  ${problem}`);
    failed += problems.length;
  }
  return failed > 0 ? 1 : 0;
});

/** A file that is missing is a problem like any other. */
function attempt(check: () => string[]): string[] {
  try {
    return check();
  } catch (cause) {
    return [String(cause)];
  }
}

function checkResults(run: string): string[] {
  const { header, records, end, notes } = readResults(join(run, resultsFileName));
  const measured = new Set(
    records.filter(({ outcome }) => outcome.status === 'measured').map(({ cell }) => cell),
  );
  const bad = records.filter(({ outcome }) => outcome.status === 'wrong' || outcome.status === 'crashed');
  const missing = header.cells.filter(({ id, notApplicable }) => !notApplicable && !measured.has(id));
  return [
    ...notes,
    ...bad.map(({ cell, outcome }) => `${cell}: ${outcome.status}`),
    ...missing.map(({ id, strategy }) => `${id} (${strategy}) was never measured`),
    ...(end?.status === 'finished' ? [] : ['the run did not finish']),
  ];
}

function checkVerdict(run: string): string[] {
  const text = readFileSync(join(run, 'verdict.md'), 'utf8');
  const found = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  const expected = [
    'Every size',
    'What is paid once',
    'Where the time goes',
    'Crossovers',
    'What it costs, as a formula',
    'How far workers can go',
    "The source's claims",
    'Doubts',
    'What failed, hit a limit or did not apply',
    'How to reproduce it',
  ].filter((title) => !optional.includes(title) || found.includes(title));
  return JSON.stringify(found) === JSON.stringify(expected) ? [] : [`found ${found.join(' | ')}`];
}

function checkCharts(run: string): string[] {
  const verdict = readFileSync(join(run, 'verdict.md'), 'utf8');
  const names = existsSync(join(run, 'charts')) ? readdirSync(join(run, 'charts')) : [];
  const linked = [...verdict.matchAll(/\]\(charts\/([^)]+)\)/g)].map(([, name]) => name);
  return [
    ...(names.length === 0 ? ['there are no charts'] : []),
    ...names.filter((name) => !linked.includes(name)).map((name) => `${name} is not in the verdict`),
    ...linked.filter((name) => !names.includes(name)).map((name) => `${name} is in the verdict and missing`),
    ...names
      .filter((name) => !isPng(readFileSync(join(run, 'charts', name))))
      .map((name) => `${name} is no PNG`),
  ];
}

/** Signature, a first chunk that says a size, and the last chunk: https://www.w3.org/TR/png-3/#5DataRep */
function isPng(bytes: Buffer): boolean {
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return (
    bytes.subarray(0, 8).equals(signature) &&
    bytes.toString('latin1', 12, 16) === 'IHDR' &&
    bytes.readUInt32BE(16) >= 1_000 &&
    bytes.toString('latin1', bytes.length - 8, bytes.length - 4) === 'IEND'
  );
}

/** From a copy of the results file alone, in another folder. */
function checkRebuild(run: string): string[] {
  const copy = mkdtempSync(join(tmpdir(), 'breakeven-check-'));
  try {
    copyFileSync(join(run, resultsFileName), join(copy, resultsFileName));
    const main = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [main, 'report', copy], { encoding: 'utf8' });
    if (status !== 0) return [`report ended with ${status}: ${stderr.trim()}`];
    const [before, after] = [outputs(run), outputs(copy)];
    const names = [...new Set([...before.keys(), ...after.keys()])];
    return names
      .filter((name) => before.get(name) !== after.get(name))
      .map((name) => `${basename(name)} differs`);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function outputs(run: string): Map<string, string> {
  const names = (readdirSync(run, { recursive: true }) as string[]).filter((name) =>
    /\.(md|png|json)$/.test(name),
  );
  return new Map(names.map((name) => [name, readFileSync(join(run, name), 'base64')]));
}
