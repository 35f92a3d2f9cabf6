import { cell, type MeaningRule } from './rule.js';

/** What stands in several sections: constants of the tool, and the size of data that has no axes. */
export const constantRules: readonly MeaningRule[] = [
  ...constant('level of intervals', { after: /^ intervals?/ }),
  { before: /with its $/, after: /^ interval over rounds/, leads: /^tool:level of intervals$/ },
  ...constant('least rounds', { before: /: below $/, after: /^ there is no interval/ }),
  ...constant('rounds of a full run', { before: /a full run has at least $/ }),
  ...constant('self-check', { text: /^In the self-check of this tool/ }),
  ...constant('share of a call that is well explained', { before: /the parts explain at least $/i }),
  ...constant('efficiency of METG', { before: /METG\($/ }),
  { after: /^ keys with /, leads: cell('any', 'keys'), whose: 'anyone' },
  { before: / keys with $/, after: /^ numbers/, leads: cell('any', 'elements'), whose: 'anyone' },
];

function constant(name: string, where: Partial<MeaningRule>): MeaningRule[] {
  return [{ ...where, leads: new RegExp(`^tool:${name}$`) }];
}
