import type { CallOptions } from './calls.js';
import { Emitter } from './emitter.js';
import { RealtimeError } from './errors.js';
import { ownEvents, type SocketEvents } from './events.js';
import type { Frame, Listener, Position } from './frame.js';
import { createHub } from './hub.js';
import type { RawResponse } from './jwr.js';
import type { State, Surroundings } from './link.js';
import type { Recovery } from './memory.js';
import { defaults, optionNames, type SocketOptions } from './options.js';
import { Requests, type RawRequest } from './requests.js';
import { Room } from './room.js';
import { Session } from './session.js';
import { defineSettings } from './settings.js';
import { onWake } from './wake.js';

const platform: Surroundings = { createHub, random: Math.random, log: () => undefined };

/** The settings are properties of the socket too: `socket.url`, `socket.headers`, … (contract C-7). */
export interface SailsSocket extends SocketOptions {}

/** A connection to the service, with the API of Sails' sockets, and with rooms that outlive a lost connection. */
export class SailsSocket extends Requests {
  readonly #options: SocketOptions = { ...defaults };
  readonly #listeners = new Emitter();
  readonly #any = new Emitter();
  readonly #rooms = new Map<string, Room>();
  readonly #session: Session;
  #mightAutoConnect = false;
  #stopHeeding: (() => void) | undefined;

  /** @internal */
  constructor(options: Partial<SocketOptions> = {}, surroundings: Partial<Surroundings> = {}) {
    super();
    this.#session = new Session(this.#options, {
      heard: frame => this.#hear(frame),
      told: (event, ...args) => this.#tell(event, ...args),
    }, { ...platform, ...surroundings });
    defineSettings(this, this.#options, name => this.#beforeChange(name));
    for (const name of optionNames) {
      if (options[name] !== undefined) (this as Record<string, unknown>)[name] = options[name];
    }
  }

  /** The id that the server knows this socket by; undefined before the first connection. */
  get id(): string | undefined {
    return this.#session.hello?.socketId;
  }

  /** The node that holds the connection. */
  get node(): string | undefined {
    return this.#session.hello?.node;
  }

  /** Proves over plain HTTP that a request speaks for this socket. Keep it secret. */
  get resumeToken(): string | undefined {
    return this.#session.hello?.resumeToken;
  }

  get state(): State {
    return this.#session.state;
  }

  isConnected(): boolean {
    return this.#session.state === 'connected';
  }

  /** Whether an attempt to connect is under way (contract C-8). */
  isConnecting(): boolean {
    return this.#session.attempting;
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
    this.#session.open();
    return this;
  }

  /** Connects again, with the settings of now (contract C-10). All listeners stay, and all rooms are joined again. */
  reconnect(): this {
    if (this.isConnected() || this.isConnecting()) throw new RealtimeError('usage', 'Cannot reconnect: the socket is connected, or connecting.');
    if (this.state === 'disconnected') this.connect();
    else this.#session.hurry();
    return this;
  }

  /**
   * Leaves the server for good: it forgets this socket's rooms at once. Ends attempts to connect, too.
   * Resolves when the server was told.
   */
  disconnect(): Promise<void> {
    if (this.state === 'disconnected') throw new RealtimeError('usage', 'Cannot disconnect: the socket is not connected.');
    return this.#session.end();
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
    if (!room) this.#rooms.set(name, room = new Room(name, this.#session));
    return room;
  }

  /** The last position seen of each room, and of each part of a topic. */
  positions(): Position[] {
    return this.#session.positions;
  }

  /** Hears of every record of a model that is created from now on, until `unwatch`. */
  watch(model: string): Promise<void> {
    return this.#session.watch(model);
  }

  unwatch(model: string): Promise<void> {
    return this.#session.unwatch(model);
  }

  /** Hears of what happens to records, until `unsubscribe`. */
  subscribe(model: string, ids: (string | number)[]): Promise<void> {
    return this.#session.subscribe(model, ids);
  }

  unsubscribe(model: string, ids: (string | number)[]): Promise<void> {
    return this.#session.unsubscribe(model, ids);
  }

  /** @internal Marks the turn after loading. */
  set aboutToAutoConnect(value: boolean) {
    this.#mightAutoConnect = value;
  }

  /** @internal */
  protected send(request: RawRequest, options: CallOptions): Promise<RawResponse> {
    return this.#session.invoke('Request', [request], { ...options, bounded: true });
  }

  #hear(frame: Frame): void {
    this.#any.emit('*', frame);
    if (frame.room !== null) this.#rooms.get(frame.room)?.hear(frame);
    if (!ownEvents.has(frame.event)) this.#listeners.emit(frame.event, frame.data, frame);
  }

  #tell<E extends keyof SocketEvents>(event: E, ...args: Parameters<SocketEvents[E]>): void {
    if (event === 'recovered') this.#tellRoom(args[0] as Recovery);
    if (event === 'state') this.#heedWaking();
    this.#listeners.emit(event, ...args);
  }

  #tellRoom(recovery: Recovery): void {
    if (recovery.room !== null) this.#rooms.get(recovery.room)?.recovered(recovery);
  }

  /** While there is nothing to hurry, the page shall not hold this socket: an application may have made many. */
  #heedWaking(): void {
    if (this.state === 'disconnected') {
      this.#stopHeeding?.();
      this.#stopHeeding = undefined;
    } else {
      this.#stopHeeding ??= onWake(() => this.#session.hurry());
    }
  }

  /** Settings of a connection cannot change under it; a wait for the next attempt ends with them (contract C-7). */
  #beforeChange(name: string): void {
    if (this.isConnected() || this.isConnecting()) {
      throw new RealtimeError('usage', `Cannot change \`${name}\` while connected, or connecting: disconnect first.`);
    }
    if (this.state !== 'disconnected') this.#session.pause();
  }
}
