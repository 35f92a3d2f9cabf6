import type { MeaningRule } from './rule.js';

/**
 * What is told of a line with crossovers; `line`: pointer to it, as an expression. `noPlaces`: the section names no points
 * by "at".
 */
export function borderRules(
  line: string,
  { noPlaces, ...where }: Pick<MeaningRule, 'section' | 'column' | 'whose'> & { readonly noPlaces: boolean },
): MeaningRule[] {
  const sure = { ...where, noAxis: true };
  const border = (what: string) => new RegExp(`^${line}/crossovers/\\d+/${what}$`);
  const region = (end: string) => new RegExp(`^${line}/regions/\\d+/${end}$`);
  return [
    { ...sure, before: /about (lists of |[a-z]+ )?$/, leads: border('at') },
    { ...sure, before: /\[$/, leads: border('interval/low') },
    { ...sure, before: /\[[^\]]*, $/, leads: border('interval/high') },
    { ...sure, before: /somewhere between $/, leads: border('interval/low') },
    { ...sure, before: /somewhere between [^;.]* and (lists of |[a-z]+ )?$/, leads: border('interval/high') },
    {
      ...sure,
      before: /One threshold for all: from (lists of |[a-z]+ )?$/,
      leads: new RegExp(`^${line}/threshold/from$`),
    },
    { ...sure, before: /^- Over .* from $/, after: /^ to /, leads: region('from') },
    { ...sure, before: /\bfrom (lists of |[a-z]+ )?$/, leads: region('from') },
    { ...sure, noAxis: noPlaces, before: /\bat (lists of |[a-z]+ )?$/, leads: region('from') },
    { ...sure, before: /\bto (lists of |[a-z]+ )?$/, leads: region('to') },
  ];
}
