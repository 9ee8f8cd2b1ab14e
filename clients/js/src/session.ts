import { Calls, type CallOptions } from './calls.js';
import type { SocketEvents } from './events.js';
import { readFrame, sourceOf, type Frame, type Position } from './frame.js';
import type { Hub } from './hub.js';
import { Inbox } from './inbox.js';
import { Link, type Ending, type LinkEvents, type State, type StateChange, type Surroundings } from './link.js';
import { Memory, type Opening, type Recovery } from './memory.js';
import type { SocketOptions } from './options.js';
import type { Joined, RoomHost } from './room.js';

/** What a session tells its socket. */
export interface SessionEvents {
  /** A message came, for the first time and in its place. */
  heard(frame: Frame): void;
  /** Something of the connection, for those who listen. */
  told<E extends keyof SocketEvents>(event: E, ...args: Parameters<SocketEvents[E]>): void;
}

/**
 * What outlives a connection: what was asked for, what was seen, what waits for an answer. It takes each new connection
 * through the same steps, so that the application notices no more than a pause.
 */
export class Session implements RoomHost {
  readonly #memory = new Memory();
  readonly #inbox: Inbox;
  readonly #calls: Calls;
  readonly #link: Link<Opening>;

  constructor(
    private readonly options: SocketOptions,
    private readonly events: SessionEvents,
    private readonly surroundings: Surroundings) {
    this.#inbox = new Inbox(frame => events.heard(frame));
    this.#calls = new Calls(() => options.queueLimit);
    this.#link = new Link(options, this.#linkEvents(), surroundings);
  }

  get state(): State {
    return this.#link.state;
  }

  /** Whether an attempt to connect is under way. */
  get attempting(): boolean {
    return this.#link.attempting;
  }

  /** What the server said last about this socket. */
  get hello(): Memory['hello'] {
    return this.#memory.hello;
  }

  /** The last position seen of each feed. */
  get positions(): Position[] {
    return this.#inbox.positions();
  }

  open(): void {
    this.#link.open();
  }

  /** Ends a wait for the next attempt. */
  hurry(): void {
    this.#link.hurry();
  }

  /** Ends attempts to connect; the session may be taken up by a later connection. */
  pause(): void {
    void this.#link.close();
  }

  /** Says goodbye: the server forgets this socket. Resolves when it was told. */
  end(): Promise<void> {
    this.#memory.end();
    this.#inbox.forgetAll();
    return this.#link.close();
  }

  async join(room: string, presence: unknown): Promise<Joined> {
    const joined = await this.ask<Joined>('Join', room, ...presence === undefined ? [] : [presence]);
    this.#memory.rooms.set(room, presence);
    this.#inbox.advance({ room, epoch: joined.epoch, seq: joined.seq });
    return joined;
  }

  async leave(room: string): Promise<void> {
    this.#memory.rooms.delete(room);
    await this.ask('Leave', room);
    this.#memory.rooms.delete(room); // a join that was under way may have added it meanwhile
    this.#inbox.forget(room);
  }

  isIn(room: string): boolean {
    return this.#memory.rooms.has(room);
  }

  async watch(model: string): Promise<void> {
    await this.ask('Watch', model);
    this.#memory.watched.add(model);
  }

  async unwatch(model: string): Promise<void> {
    this.#memory.watched.delete(model);
    await this.ask('Unwatch', model);
    this.#memory.watched.delete(model);
  }

  async subscribe(model: string, ids: (string | number)[]): Promise<void> {
    await this.ask('Subscribe', model, ids);
    this.#memory.subscribe(model, ids);
  }

  async unsubscribe(model: string, ids: (string | number)[]): Promise<void> {
    this.#memory.unsubscribe(model, ids);
    await this.ask('Unsubscribe', model, ids);
    this.#memory.unsubscribe(model, ids); // a subscription that was under way may have added them meanwhile
  }

  /** Invokes what may be invoked twice. */
  ask<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.invoke<T>(method, args, { again: 'always' });
  }

  invoke<T>(method: string, args: unknown[], options: CallOptions): Promise<T> {
    return this.#calls.invoke<T>(method, args, { timeout: this.options.requestTimeout, ...options });
  }

  report(error: Error): void {
    this.events.told('error', error);
  }

  #linkEvents(): LinkEvents<Opening> {
    return {
      attempting: attempt => {
        this.#inbox.hold();
        if (attempt > 0) this.events.told('reconnecting', attempt);
      },
      frame: args => this.#inbox.accept(readFrame(args)),
      missed: position => this.#recovered({ ...sourceOf(position.room), recovered: false, member: true }),
      entered: position => this.#inbox.advance(position),
      opening: (hub, hello) => this.#memory.open(hub, hello, this.#inbox.positions(), Date.now()),
      opened: (hub, opening) => this.#opened(hub, opening),
      closed: ending => this.#closed(ending),
      changed: change => this.#changed(change),
    };
  }

  #opened(hub: Hub, opening: Opening): void {
    const comesBack = this.#link.state === 'reconnecting';
    this.#memory.settle(opening);
    const change = this.#link.settle(opening.resumed);
    const steps: (() => void)[] = [
      () => this.#changed(change),
      () => this.events.told('connect'),
      () => { if (comesBack) this.events.told('reconnect'); },
      () => this.#inbox.release(opening.resumed ? opening.positions : []),
      ...opening.positions.map(position => () => this.#inbox.advance(position)),
      ...opening.lost.map(feed => () => this.#inbox.forget(feed)),
      ...opening.recoveries.map(recovery => () => this.#recovered(recovery)),
      ...opening.errors.map(error => () => this.report(error)),
      () => this.#calls.connected(hub, { ...opening, atOnce: opening.hello.requestsAtOnce }),
    ];
    // A listener may disconnect: then the rest of the story is another connection's.
    for (const step of steps) if (this.#link.has(hub)) step();
  }

  #closed({ wasOpen, ...change }: Ending): void {
    this.#inbox.drop();
    this.#memory.lost(Date.now());
    this.#calls.disconnected(change.state !== 'disconnected', change.error);
    if (wasOpen) this.events.told('disconnect', change.error);
    else if (change.error) this.events.told('connect_error', change.error);
    this.#changed(change);
  }

  #changed(change: StateChange): void {
    this.surroundings.log(change, this.hello?.socketId);
    this.events.told('state', change);
  }

  #recovered(recovery: Recovery): void {
    this.events.told('recovered', recovery);
  }
}
