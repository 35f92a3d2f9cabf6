/** Shared memory for the numbers of a dictionary and their answers. */
export interface Room {
  readonly input: Float64Array;
  readonly output: Float64Array;
  /** The WebAssembly memory that both are in, where they are in one. */
  readonly memory?: object;
}

/** Makes a room for so many numbers; nothing where the machine has no more. */
export type MakeRoom = (inputs: number, outputs: number) => Room | undefined;

/** Output begins at a page of its own: a write that lies just behind a read of the same place in a page delays it. */
const pageBytes = 4_096;

/** Bytes of a room, and where in it the output begins. */
export function roomBytes(
  inputs: number,
  outputs: number,
): { readonly outputAt: number; readonly bytes: number } {
  const outputAt = Math.ceil((8 * inputs) / pageBytes) * pageBytes;
  return { outputAt, bytes: outputAt + 8 * outputs };
}

/** A room in a SharedArrayBuffer of its own. */
export function sharedRoom(inputs: number, outputs: number): Room | undefined {
  const { outputAt, bytes } = roomBytes(inputs, outputs);
  try {
    const buffer = new SharedArrayBuffer(bytes);
    return {
      input: new Float64Array(buffer, 0, inputs),
      output: new Float64Array(buffer, outputAt, outputs),
    };
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

/**
 * Hands out rooms and keeps one that was given back. The first touch of fresh memory costs more than computing; and V8
 * does not count shared memory as garbage to be collected, so that many rooms that nobody uses would live on. (For the
 * same reason answers are handed over in ordinary memory, though threads could have filled shared memory in parallel.)
 */
export class RoomKeeper {
  private spare: Room | undefined;

  /** `mostNumbers`: what fits into one room, with as many answers. */
  constructor(
    private readonly make: MakeRoom,
    readonly mostNumbers = Number.POSITIVE_INFINITY,
  ) {}

  take(inputs: number, outputs: number): Room | undefined {
    const room = this.spare;
    this.spare = undefined;
    return room && room.input.length >= inputs && room.output.length >= outputs
      ? room
      : this.make(inputs, outputs);
  }

  /** A room that nobody had before, for whoever keeps it for good. */
  fresh(inputs: number, outputs: number): Room | undefined {
    return this.make(inputs, outputs);
  }

  giveBack(room: Room): void {
    this.spare = room;
  }
}

/** Fresh shared words: offsets and units, that is, which threads read. */
export function sharedWords(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(4 * length));
}
