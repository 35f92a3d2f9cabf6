import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/*
 * No program decides by the words of a sentence: a doubt was once shown for a cell because its sentence had the name of
 * another strategy in it. What is decided by is data, with a kind or a name of its own.
 */

/** Searching in something that is called like a sentence, whatever for. */
const inSentence =
  /\b(?:sentence|message|reason|because|advice|notApplicable|says|said|why|headline|caution|answer|title|note|stderr|stdout)\)?\??\.(?:startsWith|endsWith|includes|indexOf|match|matchAll|search)\(/;
const testedSentence =
  /\.(?:test|exec)\((?:\w+\.)*(?:sentence|message|reason|because|advice|notApplicable|says|said|why|headline|caution|answer|title|note|stderr|stdout)\b/;
/** Taking a piece out of one. */
const cutSentence =
  /\b(?:sentence|message|reason|because|advice|notApplicable|says|said|why|headline|caution|answer|title|note)\.replace(?:All)?\(/;
/** Looking for two words or more, or for one that a blank ends, wherever that is. */
const forWords =
  /\.(?:startsWith|endsWith|includes|indexOf)\(\s*['"`](?=[^'"`]*[A-Za-z])[^'"`]* [^'"`]*['"`]|\.(?:replace|replaceAll|split)\(\s*['"`][A-Za-z]+:? [^'"`]*['"`]/;
const regexOfWords = /\/(?:\^)?[A-Za-z]{2,}:? [A-Za-z]{2,}[^/\n]*\/[a-z]*(?:\.(?:test|exec)\(|[,)])/;
/** Grouping, comparing or sorting by a text as it is printed, or by one that is called like a sentence. */
const printedAsKey =
  /(?:===|!==|\.(?:get|set|has|add|localeCompare)\(|\b\w*[kK]ey\w* =) ?plainText\(|\bplainText\([^()]*\) (?:===|!==)|\bplainText\(.*\.localeCompare\(/;
const sentenceAsKey =
  /\.(?:get|set|has|add)\((?:\w+\.)+(?:sentence|reason|because|advice|says|why|headline|caution)\b|\.(?:sentence|reason|because|advice|says|why|headline|caution) (?:===|!==) (?!undefined)/;
const searches = [
  inSentence,
  testedSentence,
  cutSentence,
  forWords,
  regexOfWords,
  printedAsKey,
  sentenceAsKey,
];

/** What reads the words of others, who have nothing else to tell: each with whose they are. */
const readers: Readonly<Record<string, string>> = {
  'src/checkout/git.ts': 'what git says of a failure: it has one exit code for all',
  'src/app/plan/host.ts': 'the answer of taskset',
  'src/cli/commands.ts': 'what yargs says of arguments',
  'src/cli/exit.ts': 'what the system said, within a message: its code tells what helps',
  'src/conformance/worker-cases.ts': "a plug-in's error must name what it is about: that is what is tested",
  'src/measure/inspect/probe.ts': 'a full stop is taken off',
  'src/measure/refusal.ts':
    'what a process said before it ended: engines, allocators and interpreters have no codes',
  'src/documents/verdict/claims.ts': 'a full stop is taken off',
  'src/documents/comparison/coverage.ts':
    'what a cell says on both sides is said once: messages of somebody else',
  'src/render/png.ts': 'what Node says of a package that is not installed',
};

const root = fileURLToPath(new URL('../../', import.meta.url));

function findSearches(file: string, source: string): string[] {
  return source
    .split('\n')
    .filter((line) => searches.some((search) => search.test(line)))
    .map((line) => `${file}: ${line.trim()}`);
}

it('nothing but a reader of somebody else’s words looks into a sentence', () => {
  const files = (readdirSync(`${root}src`, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|(^|\/)testing\//.test(name))
    .map((name) => `src/${name.replaceAll('\\', '/')}`);
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((file) => findSearches(file, readFileSync(`${root}${file}`, 'utf8')));
  expect(found.filter((each) => readers[each.slice(0, each.indexOf(':'))] === undefined)).toEqual([]);
  // None stands in the list that is none any more.
  const reading = new Set(found.map((each) => each.slice(0, each.indexOf(':'))));
  expect(Object.keys(readers).filter((file) => !reading.has(file))).toEqual([]);
});

it.each([
  ['const named = findings.filter(({ sentence }) => sentence.includes(strategy));'],
  ["return reason.startsWith('skipped: needs ');"],
  ["found.set(strategy, notApplicable.replace('skipped: needs ', ''));"],
  ['capital(cause.message.replace(/: nothing can be promised there.*$/, ""))'],
  ['if (/^nothing was measured/.test(line)) return;'],
  ["const over = text.includes('over its limit');"],
  ['const key = plainText(sentences(over, answer));'],
  ['if (last !== undefined && plainText(last.text) === plainText(answer)) return;'],
  ['for (const sentence of fresh) said.add(plainText(sentence));'],
  ['const same = byReason.get(first.reason) ?? { first, whats: [] };'],
  ["const rest = model.because === '' ? undefined : model.because;"],
])('the search finds %s', (line) => expect(findSearches('a.ts', line)).toHaveLength(1));

it.each([
  ["if (name.startsWith('--')) return;"],
  ['const found = /^(\\d+)([KMG])$/.exec(size);'],
  ["strategies.includes('for-loop')"],
  ['return plainText(pointText(fixed));'],
  ["if (because.kind === 'jump' && answer.because === undefined) return;"],
])('and leaves %s alone', (line) => expect(findSearches('a.ts', line)).toEqual([]));
