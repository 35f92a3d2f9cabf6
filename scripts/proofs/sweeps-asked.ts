/** Takes `--sweeps N` out of the arguments. Ends the process with 2 where N is no number from 1. */
export function sweepsAsked(asked: string[]): number | undefined {
  const place = asked.indexOf('--sweeps');
  const [sweeps] = place < 0 ? [] : asked.splice(place, 2).slice(1).map(Number);
  if (place >= 0 && !(Number(sweeps) >= 1)) {
    process.stderr.write('--sweeps takes a whole number\n');
    process.exit(2);
  }
  return sweeps;
}
