import { figure } from '../../document/figure.js';
import { printFigure } from '../../document/units.js';
import { tool } from '../../documents/tool.js';

/** Numbers of the tool's own that reports print, by their names in `tool`. */
export const toolConstants: Readonly<Record<string, string>> = {
  'level of intervals': printFigure(figure(tool, 'levelOfIntervals', 'level')),
  'least rounds': printFigure(figure(tool, 'leastRounds', 'whole')),
  'rounds of a full run': printFigure(figure(tool, 'fullRounds', 'whole')),
  'share of a call that is well explained': printFigure(figure(tool, 'wellExplained', 'level')),
  'efficiency of METG': printFigure(figure(tool, 'metgEfficiency', 'level')),
};
