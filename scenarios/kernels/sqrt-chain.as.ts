// Four vectors side by side, as in sqrt-chain.ts: roots are pipelined, and one chain alone would wait for each.
export function map(source: usize, target: usize, length: usize, steps: i32): void {
  const one = f64x2.splat(1);
  const end = source + (length << 3);
  const blocks = source + ((length & ~7) << 3);
  while (source < blocks) {
    let a = v128.load(source);
    let b = v128.load(source, 16);
    let c = v128.load(source, 32);
    let d = v128.load(source, 48);
    for (let step = 0; step < steps; step++) {
      a = f64x2.sqrt(f64x2.add(f64x2.mul(a, a), one));
      b = f64x2.sqrt(f64x2.add(f64x2.mul(b, b), one));
      c = f64x2.sqrt(f64x2.add(f64x2.mul(c, c), one));
      d = f64x2.sqrt(f64x2.add(f64x2.mul(d, d), one));
    }
    v128.store(target, a);
    v128.store(target, b, 16);
    v128.store(target, c, 32);
    v128.store(target, d, 48);
    source += 64;
    target += 64;
  }
  while (source < end) {
    let x = load<f64>(source);
    for (let step = 0; step < steps; step++) x = sqrt<f64>(x * x + 1);
    store<f64>(target, x);
    source += 8;
    target += 8;
  }
}
