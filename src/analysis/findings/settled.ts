import { median } from '../round-logs.js';
import { twoModes } from '../two-modes.js';
import { type Doubt, percent, plural, some } from './finding.js';

/** Single cells of many show two groups of rounds by chance. */
const leastCells = 0.05;

export const notSettled: Doubt = ({ accounts }) => {
  const cells = accounts.flatMap(({ points }) => points.flatMap((point) => point.cells));
  return (['falling', 'rising', 'jumping'] as const).flatMap((settling) => {
    const such = cells.filter(({ details }) => details.settling === settling);
    if (such.length === 0) return [];
    return [
      {
        id: `series-${settling}`,
        severity: 'warning' as const,
        sentence: `${plural(such.length, 'series')} of ${some(such.map(({ strategy }) => strategy))} ${words[settling]}.`,
        advice: `${advice[settling]} Such a cell is named winner only where it wins by its slower part as well.`,
      },
    ];
  });
};

const words = {
  falling: 'became faster from the first third of the samples to the last: not warmed up yet',
  rising: 'became slower from the first third of the samples to the last: heat, or memory that grows',
  jumping: 'jump between two speeds within a process',
};

const advice = {
  falling: 'Use larger data or longer sampling.',
  rising: 'Look at garbage collection and at the clock.',
  jumping: 'Collections, recompilation or other programs: the median stands for neither speed.',
};

/** Each process is fast or slow as a whole: memory layout, hash seeds, which core it got. */
export const twoModesOfRounds: Doubt = ({ table }) => {
  const entries = table.all('warm').filter(({ state }) => state.kind === 'measured');
  const found = entries.flatMap((entry) => {
    const modes = twoModes([...entry.logs].filter((log) => !Number.isNaN(log)));
    return modes === undefined ? [] : [{ entry, gap: Math.expm1(modes.upper - modes.lower) }];
  });
  if (found.length === 0 || found.length < leastCells * entries.length) return [];
  return [
    {
      id: 'two-modes',
      severity: 'warning',
      sentence: `The rounds of ${plural(found.length, 'cell')} of ${some(found.map(({ entry }) => entry.strategy.label))} fall into two groups, typically ${percent(median(found.map(({ gap }) => gap)))} apart.`,
      advice: 'Some processes are fast, some slow: use more rounds, and do not trust the mean of these.',
    },
  ];
};
