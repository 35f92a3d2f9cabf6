import type { Analysis } from '../../analysis/types.js';
import {
  code,
  type Hole,
  joinTexts,
  list,
  quote,
  type Section,
  type Text,
  text,
} from '../../document/document.js';
import { figure, figureIf } from '../../document/figure.js';
import { joinedBy, withoutFolders } from '../../document/words.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import { machineText, memoryText, roundsFigure } from '../run-words.js';

/** Name of the file that everything here was made from. */
const resultsName = 'results.ndjson';

/** How to get these figures again: command, seed, rounds, versions, machine. */
export function reproduceSection(analysis: Analysis, scaling: readonly Scaling[] = []): Section {
  const { header } = analysis;
  const { scenario, host } = header;
  const quick = header.quick ? ', quick: indicative' : '';
  const kernel = text`kernel ${code(quote(scenario.kernel, 'id'))} (${quote(scenario.kernel, 'title')})${optionsText(scenario.kernel.options)}`;
  const items: (Text | undefined)[] = [
    text`Scenario ${code(quote(scenario, 'id'))}, ${kernel}`,
    dataText(analysis),
    header.calibration &&
      text`Calibrated on this machine:${optionsText(header.calibration.options) ?? ' nothing'}`,
    text`Seed ${figure(header, 'seed', 'whole')}, ${figure(header, 'rounds', 'whole')} rounds planned, ${roundsFigure(analysis)} measured${quick}`,
    text`${quote(header, 'tool')}, results format ${figure(header, 'version', 'whole')}, run ${quote(header, 'run')} of ${quote(header, 'createdAt')}`,
    text`Machine: ${machineText(analysis)}, fingerprint ${quote(host, 'fingerprint')}`,
    host.memory &&
      text`New memory: a page costs ${memoryText(host.memory)}${host.memory.givesBack ? '; free pages go back to the host of this virtual machine' : undefined}`,
    text`Raw data: ${code(resultsName)} in this folder (largest cell estimated at ${largestText(analysis)}); ${code('breakeven report')} on it rebuilds this page and its charts`,
    bandwidthText(scaling),
  ];
  return {
    id: 'reproduce',
    title: ['How to reproduce it'],
    blocks: [
      { kind: 'code', language: 'sh', lines: ['breakeven', ...header.command.map(shellWord)].join(' ') },
      ...list(items.filter((item) => item !== undefined)),
    ],
  };
}

/** An argument as a shell reads it; a file keeps its name and loses the folders of the machine it was on. */
function shellWord(argument: string): string {
  const word = withoutFolders(argument);
  // On one line, so that nothing in it can end the block that it stands in.
  if (unprintable.test(word)) return `$'${escapeWord(word)}'`;
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Codes that steer a terminal or end a line, and those that turn the direction of writing. */
const unprintable = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** As bash, zsh and POSIX of 2024 read it between $' and '. */
function escapeWord(word: string): string {
  return [...word]
    .map((sign) => {
      if (sign === '\n') return '\\n';
      if (sign === '\t') return '\\t';
      if (sign === "'" || sign === '\\') return `\\${sign}`;
      if (!unprintable.test(sign)) return sign;
      const code = sign.codePointAt(0) ?? 0;
      return code < 0x80
        ? `\\x${code.toString(16).padStart(2, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`;
    })
    .join('');
}

/** The one figure that another file is needed for. */
function bandwidthText([one]: readonly Scaling[]): Text | undefined {
  if (one?.bandwidth === undefined) return undefined;
  return text`Memory bandwidth: from the results of run ${code(quote(one.bandwidth, 'run'))}; ${code('breakeven report --bandwidth')} on both rebuilds what is told of it`;
}

function optionsText(options: Readonly<Record<string, number | string>>): Text | undefined {
  const pairs = Object.entries(options).map(([name, value]) => {
    const shown: Hole =
      typeof value === 'number'
        ? { kind: 'figure', owner: options, key: name, unit: 'whole' }
        : { kind: 'quote', owner: options, key: name, shown: value };
    return text`${name} ${shown}`;
  });
  return pairs.length === 0 ? undefined : joinTexts([' ', joinedBy(pairs, ', ')]);
}

/** What was not taken as it stood. */
const notes = {
  notFinite: 'of them NaN or infinite',
  rounded: 'rounded to a double',
  mended: 'rows or quotes not as they should be',
} as const;

function dataText({ header }: Analysis): Text | undefined {
  const { data } = header.scenario;
  if (data === undefined) return undefined;
  const whole = (name: 'keys' | 'elements' | 'missing' | 'shortest' | 'longest') =>
    figureIf(data, name, 'whole') ?? '–';
  const lengths = text`${whole('keys')} keys, ${whole('elements')} numbers, lists of ${whole('shortest')} to ${whole('longest')}`;
  const noted = (['notFinite', 'rounded', 'mended'] as const).flatMap((name) =>
    data[name] === undefined ? [] : [text`; ${figureIf(data, name, 'whole')} ${notes[name]}`],
  );
  return joinTexts([
    text`Data: ${quote(data, 'name')}: ${lengths}; ${whole('missing')} missing values left out`,
    ...noted,
  ]);
}

function largestText({ header }: Analysis): Hole {
  const [largest] = [...header.cells].sort((a, b) => b.estimatedBytes - a.estimatedBytes);
  return largest === undefined ? 'nothing' : figure(largest, 'estimatedBytes', 'bytes');
}
