// `scales` is 0 for a copy, 1 for scale by three.
export function map(source: usize, target: usize, length: usize, scales: f64): void {
  if (scales == 0) {
    memory.copy(target, source, length << 3);
    return;
  }
  const three = f64x2.splat(3);
  const end = source + (length << 3);
  const blocks = source + ((length & ~7) << 3);
  while (source < blocks) {
    const a = v128.load(source);
    const b = v128.load(source, 16);
    const c = v128.load(source, 32);
    const d = v128.load(source, 48);
    v128.store(target, f64x2.mul(a, three));
    v128.store(target, f64x2.mul(b, three), 16);
    v128.store(target, f64x2.mul(c, three), 32);
    v128.store(target, f64x2.mul(d, three), 48);
    source += 64;
    target += 64;
  }
  while (source < end) {
    store<f64>(target, load<f64>(source) * 3);
    source += 8;
    target += 8;
  }
}
