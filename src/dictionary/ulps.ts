const double = new Float64Array(2);
const bits = new BigInt64Array(double.buffer);

/**
 * Units in the last place between two doubles: how many doubles lie from one to the other. NaN to NaN is 0, NaN to a
 * number is Infinity, −0 to 0 is 0. (Bruce Dawson, "Comparing Floating Point Numbers": bit patterns of doubles of one
 * sign are in the order of their values.)
 */
export function ulpsApart(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b))
    return Number.isNaN(a) && Number.isNaN(b) ? 0 : Number.POSITIVE_INFINITY;
  double[0] = a;
  double[1] = b;
  const apart = onOneLine(bits[0]) - onOneLine(bits[1]);
  return Number(apart < 0n ? -apart : apart);
}

/** Sign and magnitude to two's complement: −0 falls on 0, negative numbers go down from there. */
function onOneLine(pattern: bigint): bigint {
  return pattern < 0n ? -(pattern & 0x7fffffffffffffffn) : pattern;
}
