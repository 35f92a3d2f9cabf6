import { halvesOf, nextInt32, randomState } from '../contract/random.js';

/** A seeded source of numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** In [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
}

/** Rounds that mix the first numbers of neighbouring seeds. */
const rounds = 12;

/** Normals by Marsaglia's polar method, two at a time. */
export function seededRandom(seed: number): Random {
  const [low, high] = halvesOf(seed);
  const state = randomState([0x9e3779b9, high, low], rounds);
  const uniform = () => (nextInt32(state) >>> 0) / 2 ** 32;
  let spare: number | undefined;
  return {
    uniform,
    normal() {
      if (spare !== undefined) {
        const kept = spare;
        spare = undefined;
        return kept;
      }
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const s = u * u + v * v;
        if (s > 0 && s < 1) {
          const factor = Math.sqrt((-2 * Math.log(s)) / s);
          spare = v * factor;
          return u * factor;
        }
      }
    },
  };
}

/** A shuffled copy (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}
