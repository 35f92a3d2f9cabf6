import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Side } from '../../compare/compare.js';
import { InputError } from '../../contract/errors.js';
import { shellWord } from '../../files/shell.js';
import { resultsFileName } from '../../results/journal.js';
import { readResults } from '../../results/reader.js';
import { findBaseline } from '../baseline.js';
import { checkedFile } from '../results-file.js';

/** A side that was measured before: a results file, a run's folder, a folder of such, or the name of a baseline. */
export function storedSide(name: string, out: string): Side {
  const path = existsSync(name) ? name : findBaseline(out, name);
  if (path === undefined)
    throw new InputError(
      `${name} is neither a file nor a folder, and no baseline: save one with \`breakeven bench --save ${shellWord(name)}\`, or name ` +
        `a run's folder or its ${resultsFileName}.`,
    );
  const files = resultsFilesBelow(path);
  if (files.length === 0)
    throw new InputError(`the folder ${name} holds no ${resultsFileName}: it is not the folder of a run.`);
  const runs = files.map((file) => readResults(checkedFile(file)));
  const ids = runs.map(({ header }) => header.scenario.id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined)
    throw new InputError(`${name} holds several runs of scenario ${twice}: name the folder of one of them.`);
  return { name, runs };
}

/** The folder's own file, or that of each folder in it. */
function resultsFilesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const own = join(path, resultsFileName);
  if (existsSync(own)) return [own];
  return readdirSync(path)
    .sort()
    .map((name) => join(path, name, resultsFileName))
    .filter((file) => existsSync(file));
}
