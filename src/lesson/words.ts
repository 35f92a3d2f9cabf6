import type { Estimate } from '../analysis/types.js';
import { formatNs, formatTime } from '../report/units.js';
import { coresLine, roundsLine } from '../report/wording.js';
import type { Facts } from './facts.js';

/** "2 cores": what this machine lets a program use. */
export function coresOf({ host }: Facts): number {
  return host.header.host.usableCores;
}

export function machineWords({ host }: Facts): string {
  const { cpu, node } = host.header.host;
  return `${cpu}, ${coresLine(host)}, Node ${node.replace(/^v/, '')}, ${roundsLine(host)}`;
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
