import type { MeaningRule } from './rule.js';

/** What is told of a line with crossovers; `line`: pointer to it, as an expression. */
export function borderRules(section: RegExp, line: string, column?: RegExp): MeaningRule[] {
  const at = column === undefined ? ({ section, whose: 'anyone' } as const) : { section, column };
  const border = (what: string) => new RegExp(`^${line}/crossovers/\\d+/${what}$`);
  const region = (end: string) => new RegExp(`^${line}/regions/\\d+/${end}$`);
  return [
    { ...at, before: /about (lists of |[a-z]+ )?$/, leads: border('at') },
    { ...at, before: /\[$/, leads: border('interval/low') },
    { ...at, before: /\[[^\]]*, $/, leads: border('interval/high') },
    { ...at, before: /somewhere between $/, leads: border('interval/low') },
    { ...at, before: /somewhere between [^;.]* and (lists of |[a-z]+ )?$/, leads: border('interval/high') },
    {
      ...at,
      before: /One threshold for all: from (lists of |[a-z]+ )?$/,
      leads: new RegExp(`^${line}/threshold/from$`),
    },
    { ...at, before: /^- Over .* from $/, after: /^ to /, leads: region('from') },
    { ...at, before: /\b(at|from) (lists of |[a-z]+ )?$/, leads: region('from') },
    { ...at, before: /\bto (lists of |[a-z]+ )?$/, leads: region('to') },
  ];
}
