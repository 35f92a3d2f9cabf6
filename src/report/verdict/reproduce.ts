import type { Analysis } from '../../analysis/types.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import { oneLine, withoutFolders } from '../plain-text.js';
import { noted } from '../pointers/note.js';
import { formatBytes } from '../units.js';
import { machineLine, ofHeader, roundsOf } from '../wording.js';

/** Name of the file that everything here was made from. */
export const resultsName = 'results.ndjson';

/** How to get these figures again: command, seed, rounds, versions, machine. */
export function reproduceSection(analysis: Analysis, scaling: readonly Scaling[] = []): string {
  const { header } = analysis;
  const command = ['breakeven', ...header.command.map(shellWord)].join(' ');
  const lines = [
    `Scenario \`${oneLine(header.scenario.id)}\`, kernel \`${oneLine(header.scenario.kernel.id)}\` (${oneLine(header.scenario.kernel.title)})${optionsText(header.scenario.kernel.options)}`,
    ...(header.scenario.data === undefined ? [] : [dataText(header.scenario.data)]),
    ...(header.calibration === undefined
      ? []
      : [`Calibrated on this machine:${optionsText(header.calibration.options) || ' nothing'}`]),
    `Seed ${header.seed}, ${header.rounds} rounds planned, ${noted(`${roundsOf(analysis)}`, { kind: 'count', noun: 'round', value: roundsOf(analysis) })} measured${header.quick ? ', quick: indicative' : ''}`,
    `${header.tool}, results format ${header.version}, run ${oneLine(header.run)} of ${header.createdAt}`,
    `Machine: ${oneLine(machineLine(analysis))}, fingerprint ${header.host.fingerprint}`,
    `Raw data: \`${resultsName}\` in this folder (largest cell estimated at ${formatBytes(largestBytes(analysis))}); \`breakeven report\` on it rebuilds this page and its charts`,
    ...bandwidthText(scaling),
  ];
  return [
    '## How to reproduce it',
    `\`\`\`sh\n${command}\n\`\`\``,
    lines.map((line) => `- ${ofHeader(line)}`).join('\n'),
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
  const pairs = Object.entries(options).map(([name, value]) => `${name} ${value}`);
  return pairs.length === 0 ? '' : ` ${oneLine(pairs.join(', '))}`;
}

function dataText(data: NonNullable<Analysis['header']['scenario']['data']>): string {
  const lengths = `${data.keys} keys, ${data.elements} numbers, lists of ${data.shortest} to ${data.longest}`;
  return `Data: ${oneLine(data.name)}: ${lengths}; ${data.missing} missing values left out`;
}

function largestBytes(analysis: Analysis): number {
  return Math.max(0, ...analysis.header.cells.map(({ estimatedBytes }) => estimatedBytes));
}
