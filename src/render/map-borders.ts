import type { MapChart, MapCrossing } from '../document/chart.js';
import type { Place } from './brush.js';

/* Where things lie on a map, in fields: (0, 0) is the middle of the first one, at the lower left. */

/** From one place to another. */
export type Stretch = readonly [Place, Place];

/** A part of a drawn border: its band lies between the two edges. */
export interface Piece {
  readonly incumbentEdge: Stretch;
  readonly challengerEdge: Stretch;
  /** Empty where nothing narrows the interval. */
  readonly line: readonly Stretch[];
}

/**
 * The place of a value among the ascending ones that have fields: between two middles by its logarithm, since fields of
 * equal width stand for factors; by its size where an end is not positive. What lies outside is put at the edge.
 */
export function placeOn(values: readonly number[], value: number): number {
  const above = values.findIndex((each) => each >= value);
  if (above < 0) return values.length - 0.5;
  if (values[above] === value) return above;
  if (above === 0) return -0.5;
  const [low, high] = [values[above - 1], values[above]];
  const share = low > 0 ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return above - 1 + share;
}

/** A crossover on a map: along a row or a column of its fields. */
export interface Crossing {
  readonly along: 'x' | 'y';
  /** Index of the row, or of the column. */
  readonly line: number;
  readonly at: Place;
  readonly above: MapCrossing['above'];
  /** The ends of its interval: the one beside the incumbent's points, and the challenger's. */
  readonly incumbentEnd: Place;
  readonly challengerEnd: Place;
  readonly bracketOnly: boolean;
}

export function placeCrossing(
  { along, line, at, interval, above, bracketOnly }: MapCrossing,
  { x, y }: Pick<MapChart, 'x' | 'y'>,
): Crossing {
  const [own, other] = along === 'x' ? [x.values, y.values] : [y.values, x.values];
  const index = other.indexOf(line);
  const place = (value: number): Place => {
    const on = placeOn(own, value);
    return along === 'x' ? { x: on, y: index } : { x: index, y: on };
  };
  const [low, high] = [place(interval.low), place(interval.high)];
  const [incumbentEnd, challengerEnd] = above === 'challenger' ? [low, high] : [high, low];
  return { along, line: index, at: place(at), above, incumbentEnd, challengerEnd, bracketOnly };
}

/**
 * Crossovers of one question joined to borders, as contour lines are drawn: each leads on through the square between four
 * field middles on either of its sides, or to the neighbouring row or column, where a crossover lies so that each side of
 * the border stays the same one's. Where there is none it ends at the edge of its field.
 */
export function joinCrossings(crossings: readonly Crossing[]): Piece[] {
  const open = crossings.flatMap((crossing) => ([-1, 1] as const).map((side) => ({ crossing, side })));
  const joints = open
    .flatMap((a, i) => open.slice(i + 1).flatMap((b) => jointOf(a, b) ?? []))
    .sort((a, b) => a.strain - b.strain);
  const free = new Set(open);
  const joined: Piece[] = [];
  for (const { a, b } of joints) {
    if (!free.has(a) || !free.has(b)) continue;
    free.delete(a);
    free.delete(b);
    joined.push(between(a.crossing, b.crossing));
  }
  return [...joined, ...[...free].map(toEdge)];
}

/** A crossover, and towards which neighbour of its row or column it looks for the next one: the one before or after. */
interface OpenEnd {
  readonly crossing: Crossing;
  readonly side: -1 | 1;
}

interface Joint {
  readonly a: OpenEnd;
  readonly b: OpenEnd;
  /** The least strained are joined first. */
  readonly strain: number;
}

/** Undefined where the two do not face each other, or the challenger would change sides. */
function jointOf(a: OpenEnd, b: OpenEnd): Joint | undefined {
  if (a.crossing === b.crossing) return undefined;
  const step = { x: b.crossing.at.x - a.crossing.at.x, y: b.crossing.at.y - a.crossing.at.y };
  const turns = [a, b].map(({ crossing }) => Math.sign(cross(step, towardsChallenger(crossing))));
  if (turns[0] === 0 || turns[0] !== turns[1]) return undefined;
  const distance = Math.hypot(step.x, step.y);
  if (squaresOf(a).some((square) => squaresOf(b).includes(square))) return { a, b, strain: distance };
  const facing =
    a.crossing.along === b.crossing.along &&
    a.crossing.line + a.side === b.crossing.line &&
    b.side === -a.side;
  // Undecided fields lie between them. A square's own crossovers come first, however far apart.
  return facing ? { a, b, strain: distance + 10 } : undefined;
}

/** The squares between field middles that an end looks into: two where its crossover lies on a middle. */
function squaresOf({ crossing: { along, line, at }, side }: OpenEnd): string[] {
  const across = side === 1 ? line : line - 1;
  const on = along === 'x' ? at.x : at.y;
  return [...new Set([Math.floor(on), Math.ceil(on) - 1])].map((place) =>
    along === 'x' ? `${place} ${across}` : `${across} ${place}`,
  );
}

function towardsChallenger({ along, above }: Crossing): Place {
  const sign = above === 'challenger' ? 1 : -1;
  return along === 'x' ? { x: sign, y: 0 } : { x: 0, y: sign };
}

function cross(a: Place, b: Place): number {
  return a.x * b.y - a.y * b.x;
}

function between(a: Crossing, b: Crossing): Piece {
  const middle = { x: (a.at.x + b.at.x) / 2, y: (a.at.y + b.at.y) / 2 };
  return {
    incumbentEdge: [a.incumbentEnd, b.incumbentEnd],
    challengerEdge: [a.challengerEnd, b.challengerEnd],
    line: [a, b].filter(({ bracketOnly }) => !bracketOnly).map(({ at }): Stretch => [at, middle]),
  };
}

function toEdge({ crossing, side }: OpenEnd): Piece {
  const moved = ({ x, y }: Place): Place =>
    crossing.along === 'x' ? { x, y: y + side / 2 } : { x: x + side / 2, y };
  const stretch = (from: Place): Stretch => [from, moved(from)];
  return {
    incumbentEdge: stretch(crossing.incumbentEnd),
    challengerEdge: stretch(crossing.challengerEnd),
    line: crossing.bracketOnly ? [] : [stretch(crossing.at)],
  };
}
