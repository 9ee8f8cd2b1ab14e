import { fromHub } from './errors.js';
import { isLoss } from './calls.js';
import { sourceOf, type Position } from './frame.js';
import type { Hub } from './hub.js';
import type { Hello } from './link.js';

/** What became of a room, or of the topic of a model, when the connection was made again. */
export interface Recovery {
  /** The room; `null` for a topic. */
  readonly room: string | null;
  /** The model; `null` for a room. Records that were subscribed by reading them may have to be read again. */
  readonly topic: string | null;
  /** True: nothing was missed, or all that was missed has come. False: something may be missing for good. */
  readonly recovered: boolean;
  /** Whether this socket is (again) in the room, or in the topic. */
  readonly member: boolean;
  /** Why it is not in the room, when joining it again was refused. */
  readonly error?: Error;
}

/** How a connection began. */
export interface Opening {
  readonly hello: Hello;
  /** Whether the server took up the session of the connection before. */
  readonly resumed: boolean;
  /** Whether it was the same node that took it up, in the same run of its process. */
  readonly onSameNode: boolean;
  /** Where rooms stand now. To be noted after the frames that came meanwhile. */
  readonly positions: readonly Position[];
  readonly recoveries: readonly Recovery[];
  /** The rooms of which nothing was missed. */
  readonly unbroken: ReadonlySet<string>;
  /** Feeds that this socket is no longer in. */
  readonly lost: readonly string[];
  /** Things that could not be made good. */
  readonly errors: readonly Error[];
}

interface Again {
  readonly positions: Position[];
  readonly lost: string[];
  readonly recoveries: Recovery[];
  readonly errors: Error[];
}

interface ResumeAnswer extends Partial<Hello> {
  readonly rooms?: readonly (Position & { recovered: boolean })[];
}

/** What this socket has asked for, to ask for it again when the server no longer knows. */
export class Memory {
  /** The rooms, with what this socket tells about itself in them. */
  readonly rooms = new Map<string, unknown>();
  readonly watched = new Set<string>();
  readonly #subscribed = new Map<string, Set<string | number>>();
  #hello: Hello | undefined;
  #until = Infinity;

  /** What the server said last about this socket. */
  get hello(): Hello | undefined {
    return this.#hello;
  }

  subscribe(model: string, ids: readonly (string | number)[]): void {
    this.#subscribed.set(model, new Set([...this.#subscribed.get(model) ?? [], ...ids]));
  }

  unsubscribe(model: string, ids: readonly (string | number)[]): void {
    const rest = [...this.#subscribed.get(model) ?? []].filter(id => !ids.includes(id));
    if (rest.length > 0) this.#subscribed.set(model, new Set(rest));
    else this.#subscribed.delete(model);
  }

  /** A connection is there, and its session is this one. */
  settle({ hello }: Opening): void {
    this.#hello = hello;
    this.#until = Infinity;
  }

  /** The connection was lost at this time, in milliseconds: the server waits for us for a while. */
  lost(now: number): void {
    if (this.#hello && this.#until === Infinity) this.#until = now + this.#hello.resumeWindowSeconds * 1000;
  }

  /** The session is over, by our own wish. What was asked for stays. */
  end(): void {
    this.#hello = undefined;
    this.#until = Infinity;
  }

  /** Takes the session up again if there is one, and asks again for all that the server has lost of it. */
  async open(hub: Hub, hello: Hello, positions: Position[], now: number): Promise<Opening> {
    const answer = await this.#resume(hub, positions, now);
    const again: Again = {
      positions: (answer?.rooms ?? []).map(({ room, epoch, seq }) => ({ room, epoch, seq })), recoveries: [], errors: [], lost: [],
    };
    const kept = new Set<string>();
    for (const { room, recovered } of answer?.rooms ?? []) {
      // To join a room that one is in changes nothing, and repairs a membership that ended while we were away.
      if (!recovered && this.rooms.has(room)) continue;
      kept.add(room);
      again.recoveries.push({ ...sourceOf(room), recovered, member: true });
    }
    await this.#rejoin(hub, kept, again);
    if (!answer) await this.#askAgain(hub, again.errors);
    for (const { room } of positions) {
      if (kept.has(room) || this.rooms.has(room)) continue;
      const source = sourceOf(room);
      const member = source.topic !== null && (this.watched.has(source.topic) || this.#subscribed.has(source.topic));
      again.recoveries.push({ ...source, recovered: false, member });
      again.lost.push(room);
    }
    const unbroken = new Set(again.recoveries.flatMap(({ room, recovered }) => room !== null && recovered ? [room] : []));
    const onSameNode = answer !== undefined && hello.node === this.#hello?.node;
    return { hello: { ...hello, ...identity(answer) }, resumed: answer !== undefined, onSameNode, unbroken, ...again };
  }

  async #resume(hub: Hub, positions: Position[], now: number): Promise<ResumeAnswer | undefined> {
    if (!this.#hello) return undefined;
    try {
      return await hub.invoke('Resume', this.#hello.resumeToken, positions) as ResumeAnswer;
    } catch (error) {
      if (isLoss(error)) throw error;
      // Not able to answer now is no refusal: as long as the server waits for us, the next attempt may do better.
      const { code } = fromHub(error);
      if ((code === 'unavailable' || code === 'overloaded') && now < this.#until) throw error;
      return undefined;
    }
  }

  async #rejoin(hub: Hub, kept: Set<string>, again: Again): Promise<void> {
    const missing = [...this.rooms].filter(([room]) => !kept.has(room));
    await Promise.all(missing.map(async ([room, presence]) => {
      try {
        const { epoch, seq } = await hub.invoke('Join', room, ...presence === undefined ? [] : [presence]) as Position;
        again.positions.push({ room, epoch, seq });
        again.recoveries.push({ room, topic: null, recovered: false, member: true });
      } catch (error) {
        if (isLoss(error)) throw error;
        again.recoveries.push({ room, topic: null, recovered: false, member: false, error: fromHub(error) });
        again.errors.push(fromHub(error));
        again.lost.push(room);
      }
    }));
  }

  async #askAgain(hub: Hub, errors: Error[]): Promise<void> {
    const asks = [
      ...[...this.watched].map(model => hub.invoke('Watch', model)),
      ...[...this.#subscribed].map(([model, ids]) => hub.invoke('Subscribe', model, [...ids])),
    ];
    await Promise.all(asks.map(ask => ask.catch(error => {
      if (isLoss(error)) throw error;
      errors.push(fromHub(error));
    })));
  }
}

function identity(answer: ResumeAnswer | undefined): Partial<Hello> {
  const { socketId, resumeToken } = answer ?? {};
  return { ...(socketId ? { socketId } : {}), ...(resumeToken ? { resumeToken } : {}) };
}
