import type { GrownFunction, ProfiledCell, ProfileReport } from '../../compare/profile.js';
import type { Comparison } from '../../compare/types.js';
import { type Block, code, paragraph, quote, type Text, table, text } from '../../document/document.js';
import { figure, figureIf } from '../../document/figure.js';
import { counted, pointText } from '../../document/words.js';
import { scenarioPrefix, strategyCode } from './words.js';

/** Where the cell that is slower by most spends what it takes longer. */
export function profileBlocks(comparison: Comparison, profile: ProfileReport): Block[] {
  switch (profile.kind) {
    case 'nothing slower':
      return [paragraph('No cell is surely slower: nothing was profiled.')];
    case 'failed':
      return [
        paragraph(
          text`${cellText(comparison, profile)} could not be profiled on ${profile.side}: ${quote(profile, 'message')}.`,
        ),
      ];
    case 'profiled':
      return profiledBlocks(comparison, profile);
  }
}

function profiledBlocks(
  comparison: Comparison,
  profile: Extract<ProfileReport, { kind: 'profiled' }>,
): Block[] {
  const { base, head, grown } = profile;
  const share = figureIf(profile, 'explained', 'part');
  const calls = text`${counted(figure(base, 'calls', 'count'), 'call')} of base and ${counted(figure(head, 'calls', 'count'), 'call')} of head`;
  const seen = text`${cellText(comparison, profile)} is slower by most. In ${calls}, apart from the rounds, Node’s profiler saw functions at work for ${figure(base, 'ns', 'ns')} and ${figure(head, 'ns', 'ns')} per call, all threads together.`;
  if (grown.length === 0)
    return [
      paragraph(
        text`${seen} No function’s own time surely grew: it waits longer, or the difference is smaller than the profiler sees.`,
      ),
    ];
  return [
    paragraph(text`${seen}${share && text` These functions are ${share} of the growth:`}`),
    table<GrownFunction>(
      [
        { head: 'function', of: (each) => code(quote(each, 'name')) },
        { head: 'where', of: placeText },
        { head: 'own time on base', align: 'right', of: (each) => figure(each, 'baseNs', 'ns') },
        { head: 'on head', align: 'right', of: (each) => figure(each, 'headNs', 'ns') },
        { head: 'grown by', align: 'right', of: (each) => figure(each, 'grownNs', 'ns') },
      ],
      grown,
    ),
    paragraph(
      text`The profiles lie in ${code('profiles/')}: Chrome’s developer tools and editors open them.`,
    ),
  ];
}

function cellText(comparison: Comparison, cell: ProfiledCell): Text {
  return text`${scenarioPrefix(comparison, cell)}${strategyCode(cell)} (${cell.account}, ${pointText(cell.point)})`;
}

function placeText(each: GrownFunction): Text | undefined {
  if (each.file === '') return undefined;
  return each.line === 0
    ? text`${quote(each, 'file')}`
    : text`${quote(each, 'file')}:${figure(each, 'line', 'whole')}`;
}
