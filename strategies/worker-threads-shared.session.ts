import {
  cutIntoUnits,
  type Dictionary,
  isLists,
  type OpenRequest,
  type Placed,
  packInto,
  type SharedPool,
  type StagedSession,
  toColumns,
  trace,
  type Units,
} from 'breakeven';
import { answersIn, type CpuKernel, makeOutputs } from './for-loop.columns.js';
import { unpackAnswers } from './typed-array.copy.js';
import { columnsCarrier, listsCarrier, offsetsOf } from './worker-threads-shared.carrier.js';
import { joinPlaced, splitByKeys } from './worker-threads-shared.parts.js';
import { fitsRing, Ring } from './worker-threads-shared.ring.js';
import { type RoomKeeper, sharedWords } from './worker-threads-shared.rooms.js';

interface SessionRequest extends OpenRequest {
  readonly kernel: CpuKernel;
  readonly pool: SharedPool;
  readonly rooms: RoomKeeper;
}

/** The session of every strategy whose threads share memory: they differ in their engine and in what a room is. */
export function sharedSession({ pool, rooms, ...request }: SessionRequest): StagedSession {
  const { kernel } = request;
  let ring: Ring | undefined;

  const ringOf = () => {
    ring ??= new Ring(pool, rooms, kernel.kind);
    return ring;
  };

  const place = (input: Dictionary): Placed | undefined => {
    const parts: Placed[] = [];
    for (const part of splitByKeys(input, offsetsOf(input), rooms.mostNumbers) ?? []) {
      const placed = placePart(part);
      if (placed === undefined) {
        for (const each of parts) each.release?.();
        return undefined;
      }
      parts.push(placed);
    }
    return parts.length === 0 ? undefined : joinPlaced(parts);
  };

  const placePart = (input: Dictionary): Placed | undefined => {
    const offsets = offsetsOf(input);
    const units = cutIntoUnits(offsets, request);
    const keys = offsets.length - 1;
    const length = offsets[keys];
    const answers = kernel.kind === 'map' ? length : units.slots;
    const room = rooms.take(length, answers);
    if (room === undefined) return undefined;
    if (isLists(input)) packInto(input, room.input);
    else room.input.set(input.values);
    const output = room.output.subarray(0, answers);
    // Where units are stretches of numbers, nobody looks at the offsets of lists.
    const area = {
      ...room,
      offsets: sharedCopy(units.mostLists === 0 ? noWords : offsets),
      units: sharedCopy(units.words),
    };
    const id = pool.add(area);
    const outputs = kernel.kind === 'map' ? output : output.subarray(0, keys);
    let isReleased = false;
    return {
      compute: () => {
        const computing = pool.compute(id);
        if (units.parts.length === 0) return computing;
        const join = () => joinParts(kernel, units, output);
        return computing ? computing.then(join) : join();
      },
      collect: () =>
        isLists(input) ? unpackAnswers(kernel, input, outputs) : answersIn(kernel, input, outputs.slice()),
      poison: () => void output.fill(Number.NaN),
      release: () => {
        // Given back twice, the room would be handed out twice.
        if (isReleased) return;
        isReleased = true;
        pool.forget(id);
        rooms.giveBack(room);
      },
    };
  };

  return {
    place(input) {
      const placed = place(input);
      if (placed) return placed;
      const units = cutIntoUnits(offsetsOf(input), { ...request, forRing: true });
      if (!fitsRing(units)) throw tooLarge(units.longest);
      // More than shared memory holds: it stays outside, and each compute takes it through the ring.
      const columns = isLists(input) ? toColumns(input) : input;
      const outputs = makeOutputs(kernel, columns);
      return {
        streams: true,
        compute: () => ringOf().pass(units, columnsCarrier(kernel, columns, outputs)),
        collect: () =>
          isLists(input)
            ? unpackAnswers(kernel, input, outputs)
            : answersIn(kernel, columns, outputs.slice()),
        poison: () => void outputs.fill(Number.NaN),
      };
    },
    run(input) {
      const offsets = trace('pack', () => offsetsOf(input));
      const units = trace('pack', () => cutIntoUnits(offsets, { ...request, forRing: true }));
      if (!fitsRing(units))
        return throughStages(
          trace('pack', () => place(input)),
          units,
        );
      if (isLists(input)) {
        const carrier = trace('merge', () => listsCarrier(kernel, input, offsets));
        const answers = () => trace('merge', carrier.answers);
        const passing = ringOf().pass(units, carrier);
        return passing ? passing.then(answers) : answers();
      }
      const outputs = trace('merge', () => makeOutputs(kernel, input));
      const passing = ringOf().pass(units, columnsCarrier(kernel, input, outputs));
      const answers = () => trace('merge', () => answersIn(kernel, input, outputs));
      return passing ? passing.then(answers) : answers();
    },
    close: () => pool.close(),
  };
}

const noWords = new Uint32Array(0);

/** Lists that are longer than a slot of the ring, and may not be cut. */
async function throughStages(placed: Placed | undefined, { longest }: Units): Promise<Dictionary> {
  if (placed === undefined) throw tooLarge(longest);
  try {
    await placed.compute();
    return await trace('merge', () => placed.collect());
  } finally {
    await placed.release?.();
  }
}

function joinParts(kernel: CpuKernel, { parts }: Units, output: Float64Array): void {
  if (kernel.kind !== 'reduce' || kernel.combine === undefined) return;
  for (const { key, slots } of parts) {
    let answer = output[slots[0]];
    for (let i = 1; i < slots.length; i += 1) answer = kernel.combine(answer, output[slots[i]]);
    output[key] = answer;
  }
}

function sharedCopy(words: Uint32Array): Uint32Array {
  const copy = sharedWords(words.length);
  copy.set(words);
  return copy;
}

function tooLarge(longest: number): RangeError {
  return new RangeError(
    `there is no shared memory for this dictionary, and its longest list (${longest} numbers) may not be cut: ` +
      'give it fewer or shorter lists, or a kernel whose `split` allows a cut',
  );
}
