import type { Frame, Position } from './frame.js';

/**
 * What has been seen of each room, and the guard of its order: a frame that was seen before is dropped, and while a
 * connection is being resumed frames wait, because what was missed has to come before what is new.
 */
export class Inbox {
  readonly #seen = new Map<string, Position>();
  readonly #deliver: (frame: Frame) => void;
  #held: Frame[] | undefined;

  constructor(deliver: (frame: Frame) => void) {
    this.#deliver = deliver;
  }

  /** The last position seen of each room. */
  positions(): Position[] {
    return [...this.#seen.values()];
  }

  accept(frame: Frame): void {
    if (this.#held) this.#held.push(frame);
    else if (this.#isNew(frame)) this.#deliver(frame);
  }

  /** From now on frames wait. */
  hold(): void {
    this.#held ??= [];
  }

  /**
   * Lets the waiting frames go, those of each room in the room's order.
   * @param now where rooms stood when the session was taken up: what is not after that was missed, and is a replay.
   */
  release(now: readonly Position[] = []): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    const upTo = new Map(now.map(position => [position.room, position]));
    for (const frame of inOrderOfRooms(held)) {
      const position = frame.room === null ? undefined : upTo.get(frame.room);
      this.accept(position && !isAfter(frame as Position, position) ? { ...frame, replayed: true } : frame);
    }
  }

  /** Forgets the waiting frames: their connection is gone, and the server will send them again. */
  drop(): void {
    this.#held = undefined;
  }

  /** Notes where a room stands, unless more of it was seen already. */
  advance(position: Position): void {
    const seen = this.#seen.get(position.room);
    if (!seen || isAfter(position, seen)) this.#seen.set(position.room, position);
  }

  forget(room: string): void {
    this.#seen.delete(room);
  }

  forgetAll(): void {
    this.#seen.clear();
  }

  #isNew({ room, epoch, seq }: Frame): boolean {
    if (room === null) return true;
    const seen = this.#seen.get(room);
    if (seen && !isAfter({ room, epoch, seq }, seen)) return false;
    this.#seen.set(room, { room, epoch, seq });
    return true;
  }
}

const isAfter = (a: Position, b: Position): boolean => a.epoch === b.epoch ? a.seq > b.seq : a.epoch > b.epoch;

/** Each room's frames sorted, in the places that the room's frames had among those of the others. */
function inOrderOfRooms(frames: Frame[]): Frame[] {
  const rooms = new Map<string, Frame[]>();
  for (const frame of frames) {
    if (frame.room === null) continue;
    const same = rooms.get(frame.room);
    if (same) same.push(frame);
    else rooms.set(frame.room, [frame]);
  }
  const next = new Map<string, Iterator<Frame>>();
  for (const [room, same] of rooms) {
    same.sort((a, b) => a.epoch - b.epoch || a.seq - b.seq);
    next.set(room, same.values());
  }
  return frames.map(frame => frame.room === null ? frame : next.get(frame.room)!.next().value as Frame);
}
