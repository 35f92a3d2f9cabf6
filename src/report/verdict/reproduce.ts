import type { Analysis } from '../../analysis/types.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import { lineOf, oneLine, withoutFolders } from '../plain-text.js';
import { noted, told } from '../pointers/note.js';
import { formatBytes } from '../units.js';
import { machineLine, roundsText } from '../wording.js';

/** Name of the file that everything here was made from. */
export const resultsName = 'results.ndjson';

/** How to get these figures again: command, seed, rounds, versions, machine. */
export function reproduceSection(analysis: Analysis, scaling: readonly Scaling[] = []): string {
  const { header } = analysis;
  const { kernel } = header.scenario;
  const command = ['breakeven', ...header.command.map(shellWord)].join(' ');
  const lines = [
    `Scenario \`${oneLine(header.scenario.id)}\`, kernel \`${oneLine(kernel.id)}\` (${lineOf(kernel, 'title')})${optionsText(kernel.options)}`,
    ...(header.scenario.data === undefined ? [] : [dataText(header.scenario.data)]),
    ...(header.calibration === undefined
      ? []
      : [`Calibrated on this machine:${optionsText(header.calibration.options) || ' nothing'}`]),
    `Seed ${told(header, 'seed', String)}, ${told(header, 'rounds', String)} rounds planned, ${roundsText(analysis)} measured${header.quick ? ', quick: indicative' : ''}`,
    `${lineOf(header, 'tool')}, results format ${told(header, 'version', String)}, run ${lineOf(header, 'run')} of ${lineOf(header, 'createdAt')}`,
    `Machine: ${machineLine(analysis)}, fingerprint ${lineOf(header.host, 'fingerprint')}`,
    `Raw data: \`${resultsName}\` in this folder (largest cell estimated at ${largestBytes(analysis)}); \`breakeven report\` on it rebuilds this page and its charts`,
    ...bandwidthText(scaling),
  ];
  return [
    '## How to reproduce it',
    `\`\`\`sh\n${command}\n\`\`\``,
    lines.map((line) => `- ${line}`).join('\n'),
  ].join('\n\n');
}

/** An argument as a shell reads it; a file keeps its name and loses the folders of the machine it was on. */
function shellWord(argument: string): string {
  const word = withoutFolders(argument);
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The one figure that another file is needed for. */
function bandwidthText([one]: readonly Scaling[]): string[] {
  if (one?.bandwidth === undefined) return [];
  return [
    `Memory bandwidth: from the results of run \`${oneLine(one.bandwidth.run)}\`; \`breakeven report --bandwidth\` on both rebuilds what is told of it`,
  ];
}

function optionsText(options: Readonly<Record<string, number | string>>): string {
  const pairs = Object.entries(options).map(([name, value]) =>
    typeof value === 'number'
      ? `${oneLine(name)} ${told(options, name, String)}`
      : `${oneLine(name)} ${noted(oneLine(value), { kind: 'text', from: options, name })}`,
  );
  return pairs.length === 0 ? '' : ` ${pairs.join(', ')}`;
}

function dataText(data: NonNullable<Analysis['header']['scenario']['data']>): string {
  const of = (name: 'keys' | 'elements' | 'missing' | 'shortest' | 'longest') => told(data, name, String);
  const lengths = `${of('keys')} keys, ${of('elements')} numbers, lists of ${of('shortest')} to ${of('longest')}`;
  return `Data: ${lineOf(data, 'name')}: ${lengths}; ${of('missing')} missing values left out`;
}

function largestBytes({ header }: Analysis): string {
  const [largest] = [...header.cells].sort((a, b) => b.estimatedBytes - a.estimatedBytes);
  return largest === undefined ? 'nothing' : told(largest, 'estimatedBytes', formatBytes);
}
