import type { Frame, Position } from './frame.js';

/**
 * What has been seen of each feed, and the guard of its order: a frame that was seen before is dropped, and while a
 * connection is being resumed frames wait, because what was missed has to come before what is new.
 */
export class Inbox {
  readonly #seen = new Map<string, Position>();
  readonly #deliver: (frame: Frame) => void;
  #held: Frame[] | undefined;
  readonly #heard = new Recent(256);

  constructor(deliver: (frame: Frame) => void) {
    this.#deliver = deliver;
  }

  /** The last position seen of each feed. */
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
   * Lets the waiting frames go, those of each feed in the feed's order.
   * @param now where feeds stood when the session was taken up: what is not after that was missed, and is a replay.
   */
  release(now: readonly Position[] = []): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    const upTo = new Map(now.map(position => [position.room, position]));
    for (const frame of inOrderOfFeeds(held)) {
      const position = frame.feed === null ? undefined : upTo.get(frame.feed);
      this.accept(position && !isAfter(frame, position) ? { ...frame, replayed: true } : frame);
    }
  }

  /** Forgets the waiting frames: their connection is gone, and the server will send them again. */
  drop(): void {
    this.#held = undefined;
  }

  /** Notes where a feed stands, unless more of it was seen already. */
  advance(position: Position): void {
    const seen = this.#seen.get(position.room);
    if (!seen || isAfter(position, seen)) this.#seen.set(position.room, position);
  }

  forget(feed: string): void {
    this.#seen.delete(feed);
  }

  forgetAll(): void {
    this.#seen.clear();
  }

  #isNew({ feed, epoch, seq, messageId }: Frame): boolean {
    if (feed === null) return true;
    const seen = this.#seen.get(feed);
    if (seen && !isAfter({ epoch, seq }, seen)) return false;
    this.#seen.set(feed, { room: feed, epoch, seq });
    // After a resume it may come through another room than before.
    return messageId === null || this.#heard.add(messageId);
  }
}

/** The last ids, to know one again. */
class Recent {
  readonly #ids = new Set<string>();

  constructor(private readonly most: number) {}

  /** Whether it is new. */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > this.most) this.#ids.delete(this.#ids.values().next().value!);
    return true;
  }
}

type Place = Omit<Position, 'room'>;

const isAfter = (a: Place, b: Place): boolean => a.epoch === b.epoch ? a.seq > b.seq : a.epoch > b.epoch;

/** Each feed's frames sorted, in the places that the feed's frames had among those of the others. */
function inOrderOfFeeds(frames: Frame[]): Frame[] {
  const feeds = new Map<string, Frame[]>();
  for (const frame of frames) {
    if (frame.feed === null) continue;
    const same = feeds.get(frame.feed);
    if (same) same.push(frame);
    else feeds.set(frame.feed, [frame]);
  }
  const next = new Map<string, Iterator<Frame>>();
  for (const [feed, same] of feeds) {
    same.sort((a, b) => a.epoch - b.epoch || a.seq - b.seq);
    next.set(feed, same.values());
  }
  return frames.map(frame => frame.feed === null ? frame : next.get(frame.feed)!.next().value as Frame);
}
