import type { CallOptions } from './calls.js';
import { Emitter } from './emitter.js';
import type { Frame, Listener } from './frame.js';
import type { Recovery } from './memory.js';
import { Roster, type PresenceChange, type PresenceList } from './roster.js';

/** The answer to a join. */
export interface Joined {
  readonly room: string;
  readonly epoch: number;
  readonly seq: number;
  /** How many sockets are in the room. */
  readonly members: number;
}

/** The receipt of a broadcast: its place in the room, and how many sockets it went to. */
export interface Receipt {
  readonly room: string;
  readonly epoch: number;
  readonly seq: number;
  readonly members: number;
}

/** Some members of a room. */
export interface MemberList {
  readonly room: string;
  /** How many there are in all. */
  readonly total: number;
  readonly members: readonly { readonly socketId: string; readonly node: string; readonly joinedAt: string }[];
  /** Give it as `after` to get those that follow; `null` when these were the last. */
  readonly next: string | null;
}

/** Some of what a room said. */
export interface MessageList {
  readonly room: string;
  readonly epoch: number;
  /** The number of the room's last message. */
  readonly seq: number;
  /** False when some of what was asked for is no longer kept. */
  readonly complete: boolean;
  /** Oldest first. */
  readonly messages: readonly { readonly seq: number; readonly event: string; readonly data: any }[];
  /** Whether there are more: ask again after the last one. */
  readonly more: boolean;
}

/** How a broadcast wants to be treated. */
export interface BroadcastOptions {
  /** For what is worthless a moment later, such as "is typing": it gets no number, is not kept, and is heard at most once. */
  readonly transient?: boolean;
}

/** What a room needs of its socket. */
export interface RoomHost {
  join(room: string, presence: unknown): Promise<Joined>;
  leave(room: string): Promise<void>;
  ask<T>(method: string, ...args: unknown[]): Promise<T>;
  invoke<T>(method: string, args: unknown[], options: CallOptions): Promise<T>;
  /** Whether the socket has joined, and not left. */
  isIn(room: string): boolean;
  /** Something in the background went wrong. */
  report(error: Error): void;
}

const keyPrefix = Math.random().toString(36).slice(2);
let keys = 0;

/** A key that no other broadcast of this socket has. */
const nextKey = (): string => `${keyPrefix}-${++keys}`;

/** A room as this socket sees it. A handle may be had at any time; being in the room begins with `join`. */
export class Room {
  readonly #host: RoomHost;
  readonly #listeners = new Emitter();
  readonly #rosters = new Set<Roster>();

  /** @internal */
  constructor(readonly name: string, host: RoomHost) {
    this.#host = host;
  }

  /**
   * Enters the room, and stays in it over lost connections until `leave`. Resolves when every message from then on
   * reaches this socket. Joining again with something else to tell tells that.
   * @param presence what this socket tells the others about itself, in a room whose members are known to each other.
   */
  async join(presence?: unknown): Promise<Joined> {
    const joined = await this.#host.join(this.name, presence);
    this.#reload();
    return joined;
  }

  /** Leaves the room. Listeners stay bound, for the next `join`. */
  async leave(): Promise<void> {
    await this.#host.leave(this.name);
    for (const roster of this.#rosters) roster.clear();
  }

  /**
   * Says something to everybody in the room. When the connection is lost before the receipt has come, and this socket has
   * resumed and missed nothing of the room, it is said again by the same key, so that it counts once. Otherwise, and in a room
   * that this socket is not in, the promise is rejected with `disconnected`, and nobody knows whether it was said.
   */
  broadcast(event: string, data?: unknown, { transient = false }: BroadcastOptions = {}): Promise<Receipt> {
    return transient
      ? this.#host.invoke<Receipt>('Broadcast', [this.name, event, data ?? null, { transient }], { again: 'never' })
      : this.#host.invoke<Receipt>('Broadcast', [this.name, event, data ?? null, { idempotencyKey: nextKey() }], { again: { ifRecovered: this.name } });
  }

  /** Some members; give `next` of the answer to get those that follow. */
  members(after?: string): Promise<MemberList> {
    return this.#host.ask('Members', this.name, after ?? null);
  }

  /** Who is in the room, with what they tell about themselves; give `next` of the answer to get those that follow. */
  presence<T = any>(after?: string): Promise<PresenceList<T>> {
    return this.#host.ask('Presence', this.name, ...after === undefined ? [] : [after]);
  }

  /**
   * Everybody who is in the room, kept up to date from the next `join` on (from now on, if this socket is in the room
   * already), until `stop`.
   * @param changed gets the list whenever it has changed.
   */
  roster<T = any>(changed: (roster: Roster<T>) => void): Roster<T> {
    const roster = new Roster<T>(after => this.presence<T>(after), changed, it => this.#rosters.delete(it as Roster));
    this.#rosters.add(roster as Roster);
    if (this.#host.isIn(this.name)) this.#load(roster as Roster);
    return roster;
  }

  /** What was said, as far as the room keeps it: after a position, or from the beginning. */
  history(after?: { epoch: number; seq: number }): Promise<MessageList> {
    return this.#host.ask('History', this.name, after ? { room: this.name, epoch: after.epoch, seq: after.seq } : null);
  }

  /** Listens for an event said in this room, and in no other. */
  on<T = any>(event: string, listener: Listener<T>): this {
    this.#listeners.add(event, listener);
    return this;
  }

  /** Like `on`, for one time. */
  once<T = any>(event: string, listener: Listener<T>): this {
    this.#listeners.addOnce(event, listener);
    return this;
  }

  /** Stops a listener, or without one all listeners of the event. */
  off(event: string, listener?: Listener): this {
    this.#listeners.remove(event, listener);
    return this;
  }

  /** @internal */
  hear(frame: Frame): void {
    if (frame.event === '$presence') for (const roster of this.#rosters) roster.hear(frame.data as PresenceChange);
    this.#listeners.emit(frame.event, frame.data, frame);
  }

  /** @internal */
  recovered({ recovered, member }: Recovery): void {
    if (!recovered && member) this.#reload();
  }

  #reload(): void {
    for (const roster of this.#rosters) this.#load(roster);
  }

  #load(roster: Roster): void {
    roster.load().catch((error: Error) => this.#host.report(error));
  }
}
