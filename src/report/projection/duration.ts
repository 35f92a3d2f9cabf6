import { formatNs } from '../units.js';

const units = [
  { ns: 60e9, name: 'min' },
  { ns: 3_600e9, name: 'h' },
  { ns: 86_400e9, name: 'days' },
];

/** "3.2 h", "1.5 days"; below two minutes as elsewhere. Two digits: a projection knows no more. */
export function formatDuration(ns: number): string {
  const unit = units.findLast((one) => ns >= 2 * one.ns);
  return unit === undefined
    ? formatNs(ns, 2)
    : `${Number((ns / unit.ns).toPrecision(2)).toLocaleString('en-US')} ${unit.name}`;
}
