import type {
  AccountAnalysis,
  Crossover,
  CrossoverAnalysis,
  CrossoverQuestion,
} from '../../analysis/types.js';
import { samePoint } from '../axes.js';
import { type MapGrid, type Place, placeOn } from './map-grid.js';

/** A crossover on a map: along a row or a column of its fields. */
export interface Border {
  readonly question: CrossoverQuestion;
  readonly along: 'x' | 'y';
  /** Index of the row, or of the column. */
  readonly line: number;
  readonly at: Place;
  /** Whether the challenger wins on the side of the larger values, or of the smaller. */
  readonly challenger: 'above' | 'below';
  /** The ends of its interval, or of its bracket: the one beside the incumbent's points, and the challenger's. */
  readonly incumbentEnd: Place;
  readonly challengerEnd: Place;
  /** Nothing narrows the bracket: `at` is a guess that no line may show. */
  readonly bracketOnly: boolean;
}

/** From one place to another. */
export type Stretch = readonly [Place, Place];

/** A part of a drawn border: its band lies between the two edges. */
export interface Piece {
  readonly question: CrossoverQuestion;
  readonly incumbentEdge: Stretch;
  readonly challengerEdge: Stretch;
  /** Empty in a bracket. */
  readonly line: readonly Stretch[];
}

/** All crossovers of an account along rows and columns of a map; those on lines that only have added points are on none. */
export function bordersOn(account: AccountAnalysis, grid: MapGrid): Border[] {
  const { plane, xs, ys } = grid;
  const along = (axis: string, other: string, held: readonly number[], border: BorderOf) =>
    account.crossovers
      .filter((one) => one.axis === axis)
      .flatMap((one) => {
        const line = held.findIndex((value) => samePoint(one.fixed, { ...plane.fixed, [other]: value }));
        return line < 0 ? [] : one.crossovers.map((crossover) => border(one, crossover, line));
      });
  return [
    ...along(plane.x, plane.y, ys, borderAlong('x', xs)),
    ...along(plane.y, plane.x, xs, borderAlong('y', ys)),
  ];
}

type BorderOf = (one: CrossoverAnalysis, crossover: Crossover, line: number) => Border;

function borderAlong(along: 'x' | 'y', values: readonly number[]): BorderOf {
  return ({ question }, { at, interval, bracketOnly, below }, line) => {
    const place = (value: number): Place => {
      const on = placeOn(values, value);
      return along === 'x' ? { x: on, y: line } : { x: line, y: on };
    };
    const [low, high] = [place(interval.low), place(interval.high)];
    const ends =
      below === 'incumbent'
        ? ({ challenger: 'above', incumbentEnd: low, challengerEnd: high } as const)
        : ({ challenger: 'below', incumbentEnd: high, challengerEnd: low } as const);
    return { question, along, line, at: place(at), ...ends, bracketOnly };
  };
}

/**
 * Crossovers joined to borders, as contour lines are drawn: each leads on through the square between four field middles
 * on either of its sides, or to the neighbouring row or column, where a crossover of the same question lies so that
 * each side of the border stays the same one's. Where there is none it ends at the edge of its field.
 */
export function piecesOf(borders: readonly Border[]): Piece[] {
  const open = borders.flatMap((border) => ([-1, 1] as const).map((side) => ({ border, side })));
  const joints = open
    .flatMap((a, i) => open.slice(i + 1).flatMap((b) => jointOf(a, b) ?? []))
    .sort((a, b) => a.strain - b.strain);
  const free = new Set(open);
  const joined: Piece[] = [];
  for (const { a, b } of joints) {
    if (!free.has(a) || !free.has(b)) continue;
    free.delete(a);
    free.delete(b);
    joined.push(between(a.border, b.border));
  }
  return [...joined, ...[...free].map(toEdge)];
}

/** A crossover, and towards which neighbour of its row or column it looks for the next one: the one before or after. */
interface OpenEnd {
  readonly border: Border;
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
  if (a.border.question !== b.border.question || a.border === b.border) return undefined;
  const step = { x: b.border.at.x - a.border.at.x, y: b.border.at.y - a.border.at.y };
  const turns = [a, b].map(({ border }) => Math.sign(cross(step, towardsChallenger(border))));
  if (turns[0] === 0 || turns[0] !== turns[1]) return undefined;
  const distance = Math.hypot(step.x, step.y);
  if (squaresOf(a).some((square) => squaresOf(b).includes(square))) return { a, b, strain: distance };
  const facing =
    a.border.along === b.border.along && a.border.line + a.side === b.border.line && b.side === -a.side;
  // Undecided fields lie between them. A square's own crossovers come first, however far apart.
  return facing ? { a, b, strain: distance + 10 } : undefined;
}

/** The squares between field middles that an end looks into: two where its crossover lies on a middle. */
function squaresOf({ border: { along, line, at }, side }: OpenEnd): string[] {
  const across = side === 1 ? line : line - 1;
  const on = along === 'x' ? at.x : at.y;
  return [...new Set([Math.floor(on), Math.ceil(on) - 1])].map((place) =>
    along === 'x' ? `${place} ${across}` : `${across} ${place}`,
  );
}

function towardsChallenger({ along, challenger }: Border): Place {
  const sign = challenger === 'above' ? 1 : -1;
  return along === 'x' ? { x: sign, y: 0 } : { x: 0, y: sign };
}

function cross(a: Place, b: Place): number {
  return a.x * b.y - a.y * b.x;
}

function between(a: Border, b: Border): Piece {
  const middle = { x: (a.at.x + b.at.x) / 2, y: (a.at.y + b.at.y) / 2 };
  return {
    question: a.question,
    incumbentEdge: [a.incumbentEnd, b.incumbentEnd],
    challengerEdge: [a.challengerEnd, b.challengerEnd],
    line: [a, b].filter(({ bracketOnly }) => !bracketOnly).map(({ at }): Stretch => [at, middle]),
  };
}

function toEdge({ border, side }: OpenEnd): Piece {
  const moved = ({ x, y }: Place): Place =>
    border.along === 'x' ? { x, y: y + side / 2 } : { x: x + side / 2, y };
  const stretch = (from: Place): Stretch => [from, moved(from)];
  return {
    question: border.question,
    incumbentEdge: stretch(border.incumbentEnd),
    challengerEdge: stretch(border.challengerEnd),
    line: border.bracketOnly ? [] : [stretch(border.at)],
  };
}
