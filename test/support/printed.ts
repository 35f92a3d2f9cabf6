/** A number as printed, in the base unit of its kind, and how far it may be from the truth by rounding alone. */
export interface Printed {
  readonly value: number;
  readonly tolerance: number;
}

const scales: Readonly<Record<string, number>> = {
  ns: 1,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  min: 60e9,
  h: 3_600e9,
  days: 86_400e9,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  'MB/s': 1e6,
  'GB/s': 1e9,
  '%': 0.01,
};

const figure =
  /(−?)(\d[\d,]*(?:\.\d+)?)\s?(ns|µs|ms|min|days|h|s|MB\/s|GB\/s|k|M|G|KiB|MiB|GiB|TiB|B|%)?(?![\p{L}\d])/gu;

/**
 * Reads a figure back: `1.83 ms [1.7, 2]` → three numbers in ns. The unit stands behind the first, and the ends of the
 * interval share it unless they have their own. It shares nothing with the formatting, which it is there to check.
 */
export function readPrinted(text: string): Printed[] {
  const found = [...text.matchAll(figure)];
  const first = found[0]?.[3];
  return found.map(([, minus, digits, unit = first]) => {
    const scale = unit === undefined ? 1 : scales[unit];
    const decimals = digits.split('.')[1]?.length ?? 0;
    const size = Number(digits.replaceAll(',', '')) * scale;
    // Half of the last digit, and a little for the arithmetic.
    return {
      value: minus === '' ? size : -size,
      tolerance: scale * 10 ** -decimals * 0.5000001 + 1e-9 * size,
    };
  });
}
