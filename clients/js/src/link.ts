import { waitBefore } from './backoff.js';
import { RealtimeError } from './errors.js';
import type { Position } from './frame.js';
import type { Hub, HubFactory } from './hub.js';
import type { SocketOptions } from './options.js';

/** Where a socket is with its connection. `reconnecting` covers the waits between attempts too. */
export type State = 'disconnected' | 'connecting' | 'connected' | 'reconnecting';

/** What the server says when a connection is made. */
export interface Hello {
  readonly socketId: string;
  readonly resumeToken: string;
  readonly resumeWindowSeconds: number;
  readonly node: string;
  /** How many requests it may have under way at once; older servers do not say. */
  readonly requestsAtOnce?: number;
}

/** A change of state. */
export interface StateChange {
  readonly state: State;
  readonly previous: State;
  /** While reconnecting: which attempt comes next, from 1. */
  readonly attempt?: number;
  /** While reconnecting: in how many milliseconds. */
  readonly wait?: number;
  /** When connected: whether it is still the same socket for the server, with its rooms. */
  readonly resumed?: boolean;
  /** What ended the connection, or the attempt. */
  readonly error?: Error;
}

/** What the link tells its socket. `Opening` is what the socket found out while it opened. */
export interface LinkEvents<Opening> {
  /** An attempt to connect begins; 0 for the first of all, else which attempt to come back it is. */
  attempting(attempt: number): void;
  /** A frame came, maybe while the connection is still being opened. */
  frame(args: unknown[]): void;
  /** Messages of a feed before this position cannot be had any more. */
  missed(position: Position): void;
  /** The server made this socket a member of a feed that stands at this position. */
  entered(position: Position): void;
  /** The server is there: take up the session again, or begin one. Changes nothing yet, for the attempt may still fail. */
  opening(hub: Hub, hello: Hello): Promise<Opening>;
  opened(hub: Hub, opening: Opening): void;
  /** The connection, or the attempt to make one, ended. */
  closed(end: Ending): void;
  changed(change: StateChange): void;
}

/** How a connection, or the attempt to make one, ended. */
export interface Ending extends StateChange {
  /** Whether there was a connection, as opposed to an attempt. */
  readonly wasOpen: boolean;
}

/** What a link takes from its surroundings; tests give others. */
export interface Surroundings {
  createHub: HubFactory;
  /** A number from 0 to 1. */
  random: () => number;
  log: (change: StateChange, socketId: string | undefined) => void;
}

/** Makes the connection, notices when it is lost, and makes it again after a wait that grows and varies. */
export class Link<Opening> {
  #state: State = 'disconnected';
  #hub: Hub | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #wasOpen = false;

  constructor(
    private readonly options: SocketOptions,
    private readonly events: LinkEvents<Opening>,
    private readonly surroundings: Surroundings) {}

  get state(): State {
    return this.#state;
  }

  /** Whether an attempt is under way now, as opposed to a wait before one. */
  get attempting(): boolean {
    return this.#hub !== undefined && this.#state !== 'connected';
  }

  open(): void {
    if (this.#state !== 'disconnected') return;
    this.#failures = 0;
    this.#wasOpen = false;
    this.events.changed(this.#change({ state: 'connecting' }));
    if (this.state === 'connecting') void this.#attempt(); // a listener may have thought better of it
  }

  /** Ends the connection, or the attempts to make one. Resolves when the server was told. */
  async close(): Promise<void> {
    if (this.#state === 'disconnected') return;
    const wasOpen = this.#state === 'connected';
    const hub = this.#release();
    this.events.closed({ ...this.#change({ state: 'disconnected' }), wasOpen });
    await hub?.stop();
  }

  /** Ends a wait for the next attempt: the network is back, or somebody looks at the page again. */
  hurry(): void {
    if (this.#retry === undefined) return;
    clearTimeout(this.#retry);
    void this.#attempt();
  }

  async #attempt(): Promise<void> {
    this.#retry = undefined;
    // Until there is a hub its place is held, so that a `close` meanwhile is noticed.
    let hub = this.#hub = noHub();
    try {
      this.events.attempting(this.#comeback);
      const token = await this.options.accessTokenFactory?.({
        reason: this.#wasOpen ? 'reconnect' : 'connect',
        attempt: this.#failures + 1,
      });
      if (this.#hub !== hub) return;
      hub = this.#hub = this.surroundings.createHub(this.options, token);
      const opening = await within(this.options.timeout, this.#start(hub));
      if (this.#hub !== hub) return;
      this.#failures = 0;
      this.#wasOpen = true;
      this.events.opened(hub, opening);
    } catch (error) {
      if (this.#hub === hub) this.#lost(error instanceof Error ? error : new Error(String(error)), false);
    }
  }

  async #start(hub: Hub): Promise<Opening> {
    const hello = new Promise<Hello>((resolve, reject) => {
      hub.on('$hello', resolve);
      hub.onclose(error => {
        const cause = error ?? new RealtimeError('disconnected', 'The server closed the connection.');
        reject(cause);
        if (this.#hub === hub && this.#state === 'connected') this.#lost(cause, true);
      });
    });
    hello.catch(() => undefined); // when `start` fails first, nobody waits for it
    const heed = <T extends unknown[]>(act: (...args: T) => void) => (...args: T): void => { if (this.#hub === hub) act(...args); };
    hub.on('$', heed((...args) => this.events.frame(args)));
    hub.on('$missed', heed((position: Position) => this.events.missed(position)));
    hub.on('$joined', heed((position: Position) => this.events.entered(position)));
    await hub.start();
    return this.events.opening(hub, await hello);
  }

  /** The socket has taken over what was found while opening. */
  settle(resumed: boolean): StateChange {
    return this.#change({ state: 'connected', resumed });
  }

  /** Whether this is the connection of now. */
  has(hub: Hub): boolean {
    return this.#hub === hub;
  }

  #lost(error: Error, wasOpen: boolean): void {
    // Without a goodbye: an attempt that takes too long may have taken up the session already, and the next one wants it too. To end what
    // has failed may fail as well, and nobody would want to know.
    this.#release()?.abandon().catch(() => undefined);
    if (!wasOpen) this.#failures++;
    const attempt = this.#comeback;
    if (!this.options.reconnection || attempt > this.options.reconnectionAttempts) {
      this.events.closed({ ...this.#change({ state: 'disconnected', error }), wasOpen });
      return;
    }
    const wait = waitBefore(attempt, this.options, this.surroundings.random());
    this.#retry = setTimeout(() => void this.#attempt(), wait);
    const state = this.#wasOpen ? 'reconnecting' : 'connecting';
    this.events.closed({ ...this.#change({ state, attempt, wait, error }), wasOpen });
  }

  /** Which attempt to come back is next, or under way; 0 for the very first attempt to connect. */
  get #comeback(): number {
    return this.#failures + (this.#wasOpen ? 1 : 0);
  }

  /** Takes the hub out of its place, so that nothing it still says is heard. */
  #release(): Hub | undefined {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const hub = this.#hub;
    this.#hub = undefined;
    return hub;
  }

  #change(change: Omit<StateChange, 'previous'>): StateChange {
    const previous = this.#state;
    this.#state = change.state;
    return { ...change, previous };
  }
}

const noHub = (): Hub => ({
  on: () => undefined,
  onclose: () => undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  abandon: () => Promise.resolve(),
  invoke: () => Promise.reject(new RealtimeError('disconnected', 'There is no connection.')),
});

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RealtimeError('timeout', `No connection within ${milliseconds} ms.`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
