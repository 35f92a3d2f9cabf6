// Four f64x2 accumulators are the eight partial sums of sum.ts, added in the same order: identical bits.
export function reduce(source: usize, length: usize): f64 {
  let ab = f64x2.splat(0);
  let cd = f64x2.splat(0);
  let ef = f64x2.splat(0);
  let gh = f64x2.splat(0);
  const end = source + (length << 3);
  const odd = source + ((length & 7) << 3);
  let rest: f64 = 0;
  while (source < odd) {
    rest += load<f64>(source);
    source += 8;
  }
  while (source < end) {
    ab = f64x2.add(ab, v128.load(source));
    cd = f64x2.add(cd, v128.load(source, 16));
    ef = f64x2.add(ef, v128.load(source, 32));
    gh = f64x2.add(gh, v128.load(source, 48));
    source += 64;
  }
  const pair = f64x2.add(f64x2.add(ab, cd), f64x2.add(ef, gh));
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1) + rest;
}
