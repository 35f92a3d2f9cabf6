import type { Estimate } from '../analysis/types.js';
import { counted } from '../report/plain-text.js';
import { formatNs, formatTime } from '../report/units.js';
import { coresLine, roundsOf } from '../report/wording.js';
import type { Facts } from './facts.js';

/** "2 cores": what this machine lets a program use. */
export function coresOf({ host }: Facts): number {
  return host.header.host.usableCores;
}

export function machineWords(facts: Facts): string {
  const { cpu, node } = facts.host.header.host;
  return `${cpu}, ${coresLine(facts.host)}, Node ${node.replace(/^v/, '')}, ${roundsWords(facts)}`;
}

/** "8 rounds", or "6 to 8 rounds": a part ends sooner where its share of the time does. */
export function roundsWords({ parts }: Pick<Facts, 'parts'>): string {
  const counts = [...parts.values()].map(({ analysis }) => roundsOf(analysis));
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? counted(most, 'round') : `${least} to ${most} rounds`;
}

/** "1.23 ms [1.2, 1.31]", or a dash. */
export function timeWords(time: Estimate | undefined): string {
  return time === undefined ? '–' : formatTime(time);
}

/** Two digits, where the interval stands elsewhere. */
export function about(ns: number): string {
  return formatNs(ns, 2);
}

/** "1.9 cores". */
export function busyWords(cores: number | undefined): string {
  if (cores === undefined) return '–';
  const text = cores < 0.1 ? cores.toPrecision(1) : cores.toFixed(1);
  return text;
}
