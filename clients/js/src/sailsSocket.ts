import { Calls, type CallOptions } from './calls.js';
import { Emitter } from './emitter.js';
import { RealtimeError } from './errors.js';
import { ownEvents, type SocketEvents } from './events.js';
import { readFrame, sourceOf, type Frame, type Listener, type Position } from './frame.js';
import { createHub, type Hub } from './hub.js';
import { Inbox } from './inbox.js';
import type { RawResponse } from './jwr.js';
import { Link, type Ending, type LinkEvents, type State, type StateChange, type Surroundings } from './link.js';
import { Memory, type Opening, type Recovery } from './memory.js';
import { checkOption, defaults, optionNames, type SocketOptions } from './options.js';
import { Requests, type RawRequest } from './requests.js';
import { Room, type Joined, type RoomHost } from './room.js';
import { onWake } from './wake.js';

const platform: Surroundings = { createHub, random: Math.random, log: () => undefined };

/** The settings are properties of the socket too: `socket.url`, `socket.headers`, … (contract C-7). */
export interface SailsSocket extends SocketOptions {}

/** A connection to the service, with the API of Sails' sockets, and with rooms that outlive a lost connection. */
export class SailsSocket extends Requests {
  readonly #options: SocketOptions;
  readonly #listeners = new Emitter();
  readonly #any = new Emitter();
  readonly #rooms = new Map<string, Room>();
  readonly #memory = new Memory();
  readonly #inbox = new Inbox(frame => this.#hear(frame));
  readonly #calls: Calls;
  readonly #link: Link<Opening>;
  readonly #log: Surroundings['log'];
  #mightAutoConnect = false;

  /** @internal */
  constructor(options: Partial<SocketOptions> = {}, surroundings: Partial<Surroundings> = {}) {
    super();
    this.#options = { ...defaults };
    this.#calls = new Calls(() => this.#options.queueLimit);
    const around = { ...platform, ...surroundings };
    this.#log = around.log;
    this.#link = new Link(this.#options, this.#linkEvents(), around);
    for (const name of optionNames) this.#defineOption(name);
    onWake(() => this.#link.hurry());
    for (const name of optionNames) {
      if (options[name] !== undefined) (this as Record<string, unknown>)[name] = options[name];
    }
  }

  /** The id that the server knows this socket by; undefined before the first connection. */
  get id(): string | undefined {
    return this.#memory.hello?.socketId;
  }

  /** The node that holds the connection. */
  get node(): string | undefined {
    return this.#memory.hello?.node;
  }

  /** Proves over plain HTTP that a request speaks for this socket. Keep it secret. */
  get resumeToken(): string | undefined {
    return this.#memory.hello?.resumeToken;
  }

  get state(): State {
    return this.#link.state;
  }

  isConnected(): boolean {
    return this.#link.state === 'connected';
  }

  /** Whether an attempt to connect is under way (contract C-8). */
  isConnecting(): boolean {
    return this.#link.attempting;
  }

  /** True in the one turn after loading in which `io.sails` may still be changed (contract C-1). */
  mightBeAboutToAutoConnect(): boolean {
    return this.#mightAutoConnect;
  }

  /** Starts to connect, unless it is connected, or at it, already. */
  connect(): this {
    if (this.#options.url === undefined && typeof location === 'undefined') {
      throw new RealtimeError('usage', 'Where to? There is no page here whose server could be meant: set `url`.');
    }
    this.#link.open();
    return this;
  }

  /** Connects again, with the settings of now (contract C-10). All listeners stay, and all rooms are joined again. */
  reconnect(): this {
    if (this.isConnected() || this.isConnecting()) throw new RealtimeError('usage', 'Cannot reconnect: the socket is connected, or connecting.');
    if (this.#link.state === 'disconnected') this.connect();
    else this.#link.hurry();
    return this;
  }

  /**
   * Leaves the server for good: it forgets this socket's rooms at once. Ends attempts to connect, too.
   * Resolves when the server was told.
   */
  disconnect(): Promise<void> {
    if (this.#link.state === 'disconnected') throw new RealtimeError('usage', 'Cannot disconnect: the socket is not connected.');
    this.#memory.end();
    this.#inbox.forgetAll();
    return this.#link.close();
  }

  on<E extends keyof SocketEvents>(event: E, listener: SocketEvents[E]): this;
  on<T = any>(event: string, listener: Listener<T>): this;
  on(event: string, listener: (...args: any[]) => void): this {
    this.#listeners.add(event, listener);
    return this;
  }

  once<E extends keyof SocketEvents>(event: E, listener: SocketEvents[E]): this;
  once<T = any>(event: string, listener: Listener<T>): this;
  once(event: string, listener: (...args: any[]) => void): this {
    this.#listeners.addOnce(event, listener);
    return this;
  }

  /** Stops a listener, or without one all listeners of the event. The server goes on sending (contract C-13). */
  off(event: string, listener?: (...args: any[]) => void): this {
    this.#listeners.remove(event, listener);
    return this;
  }

  /** Stops the application's listeners; the library's own work goes on (contract C-15). */
  removeAllListeners(): this {
    this.#listeners.clear();
    this.#any.clear();
    return this;
  }

  /** Gets every frame, before its other listeners. Returns what stops it. */
  onAny(listener: (frame: Frame) => void): () => void {
    this.#any.add('*', listener);
    return () => this.#any.remove('*', listener);
  }

  /** The handle of a room; the same one for the same name. */
  room(name: string): Room {
    if (typeof name !== 'string' || name === '') throw new TypeError('A room has a name that is a string, and not empty.');
    let room = this.#rooms.get(name);
    if (!room) this.#rooms.set(name, room = new Room(name, this.#roomHost));
    return room;
  }

  /** The last position seen of each room, and of each part of a topic. */
  positions(): Position[] {
    return this.#inbox.positions();
  }

  /** Hears of every record of a model that is created from now on, until `unwatch`. */
  async watch(model: string): Promise<void> {
    await this.#ask('Watch', model);
    this.#memory.watched.add(model);
  }

  async unwatch(model: string): Promise<void> {
    this.#memory.watched.delete(model);
    await this.#ask('Unwatch', model);
    this.#memory.watched.delete(model);
  }

  /** Hears of what happens to records, until `unsubscribe`. */
  async subscribe(model: string, ids: (string | number)[]): Promise<void> {
    await this.#ask('Subscribe', model, ids);
    this.#memory.subscribe(model, ids);
  }

  async unsubscribe(model: string, ids: (string | number)[]): Promise<void> {
    this.#memory.unsubscribe(model, ids);
    await this.#ask('Unsubscribe', model, ids);
    this.#memory.unsubscribe(model, ids); // a subscription that was under way may have added them meanwhile
  }

  /** @internal Marks the turn after loading. */
  set aboutToAutoConnect(value: boolean) {
    this.#mightAutoConnect = value;
  }

  /** @internal */
  protected send(request: RawRequest, options: CallOptions): Promise<RawResponse> {
    return this.#calls.invoke('Request', [request], { ...options, bounded: true });
  }

  readonly #roomHost: RoomHost = {
    join: async (name, presence) => {
      const joined = await this.#ask<Joined>('Join', name, ...presence === undefined ? [] : [presence]);
      this.#memory.rooms.set(name, presence);
      this.#inbox.advance({ room: name, epoch: joined.epoch, seq: joined.seq });
      return joined;
    },
    leave: async name => {
      this.#memory.rooms.delete(name);
      await this.#ask('Leave', name);
      this.#memory.rooms.delete(name); // a join that was under way may have added it meanwhile
      this.#inbox.forget(name);
    },
    ask: (method, ...args) => this.#ask(method, ...args),
    tell: (method, again, ...args) => this.#invoke(method, args, { again }),
    isIn: name => this.#memory.rooms.has(name),
    report: error => this.#tell('error', error),
  };

  /** Invokes what may be invoked twice. */
  #ask<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.#invoke<T>(method, args, { again: 'always' });
  }

  #invoke<T>(method: string, args: unknown[], options: CallOptions): Promise<T> {
    return this.#calls.invoke<T>(method, args, { timeout: this.#options.requestTimeout, ...options });
  }

  #hear(frame: Frame): void {
    this.#any.emit('*', frame);
    if (frame.room !== null) this.#rooms.get(frame.room)?.hear(frame);
    if (!ownEvents.has(frame.event)) this.#listeners.emit(frame.event, frame.data, frame);
  }

  #linkEvents(): LinkEvents<Opening> {
    return {
      attempting: attempt => {
        this.#inbox.hold();
        if (attempt > 0) this.#tell('reconnecting', attempt);
      },
      frame: args => this.#inbox.accept(readFrame(args)),
      missed: position => this.#tellRecovery({ ...sourceOf(position.room), recovered: false, member: true }),
      entered: position => this.#inbox.advance(position),
      opening: (hub, hello) => this.#memory.open(hub, hello, this.#inbox.positions(), Date.now()),
      opened: (hub, opening) => this.#opened(hub, opening),
      closed: ending => this.#closed(ending),
      changed: change => this.#tellState(change),
    };
  }

  #opened(hub: Hub, opening: Opening): void {
    const comesBack = this.#link.state === 'reconnecting';
    this.#memory.settle(opening);
    const change = this.#link.settle(opening.resumed);
    const steps: (() => void)[] = [
      () => this.#tellState(change),
      () => this.#tell('connect'),
      () => { if (comesBack) this.#tell('reconnect'); },
      () => this.#inbox.release(opening.resumed ? opening.positions : []),
      ...opening.positions.map(position => () => this.#inbox.advance(position)),
      ...opening.lost.map(feed => () => this.#inbox.forget(feed)),
      ...opening.recoveries.map(recovery => () => this.#tellRecovery(recovery)),
      ...opening.errors.map(error => () => this.#tell('error', error)),
      () => this.#calls.connected(hub, opening.hello.requestsAtOnce, opening.unbroken),
    ];
    // A listener may disconnect: then the rest of the story is another connection's.
    for (const step of steps) if (this.#link.has(hub)) step();
  }

  #closed({ wasOpen, ...change }: Ending): void {
    this.#inbox.drop();
    this.#memory.lost(Date.now());
    this.#calls.disconnected(change.state !== 'disconnected', change.error);
    if (wasOpen) this.#tell('disconnect', change.error);
    else if (change.error) this.#tell('connect_error', change.error);
    this.#tellState(change);
  }

  #tellState(change: StateChange): void {
    this.#log(change, this.id);
    this.#tell('state', change);
  }

  #tellRecovery(recovery: Recovery): void {
    if (recovery.room !== null) this.#rooms.get(recovery.room)?.recovered(recovery);
    this.#tell('recovered', recovery);
  }

  #tell<E extends keyof SocketEvents>(event: E, ...args: Parameters<SocketEvents[E]>): void {
    this.#listeners.emit(event, ...args);
  }

  #defineOption(name: keyof SocketOptions): void {
    Object.defineProperty(this, name, {
      enumerable: true,
      get: (): unknown => this.#options[name],
      set: (value: unknown) => {
        checkOption(name, value);
        if (name !== 'headers') this.#beforeChange(name);
        (this.#options as unknown as Record<string, unknown>)[name] = value;
      },
    });
  }

  /** Settings of a connection cannot change under it; a wait for the next attempt ends with them (contract C-7). */
  #beforeChange(name: string): void {
    if (this.isConnected() || this.isConnecting()) {
      throw new RealtimeError('usage', `Cannot change \`${name}\` while connected, or connecting: disconnect first.`);
    }
    if (this.#link.state !== 'disconnected') void this.#link.close();
  }
}
