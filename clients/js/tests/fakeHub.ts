import type { Hub, HubFactory } from '../src/hub.js';
import type { Surroundings } from '../src/link.js';
import type { SocketOptions } from '../src/options.js';
import { SailsSocket } from '../src/sailsSocket.js';

type Answer = (...args: any[]) => unknown;

/** One connection to the fake server. */
export class FakeHub implements Hub {
  readonly handlers = new Map<string, (...args: any[]) => void>();
  readonly calls: { method: string; args: any[] }[] = [];
  readonly unanswered: { method: string; args: any[]; resolve(value: unknown): void; reject(error: Error): void }[] = [];
  stopped = false;
  abandoned = false;
  #close: (error?: Error) => void = () => undefined;

  constructor(readonly server: FakeServer, readonly options: SocketOptions, readonly token: string | undefined) {}

  on(target: string, handler: (...args: any[]) => void): void {
    this.handlers.set(target, handler);
  }

  onclose(handler: (error?: Error) => void): void {
    this.#close = handler;
  }

  async start(): Promise<void> {
    await this.server.admit(this);
    if (this.server.greets) this.say('$hello', this.server.hello(this));
  }

  async stop(): Promise<void> {
    this.stopped = true;
  }

  async abandon(): Promise<void> {
    this.abandoned = true;
  }

  invoke(method: string, ...args: unknown[]): Promise<any> {
    this.calls.push({ method, args });
    const answer = this.server.answers[method];
    if (answer) return Promise.resolve().then(() => answer(...args, this));
    return new Promise((resolve, reject) => this.unanswered.push({ method, args, resolve, reject }));
  }

  /** The server sends a frame of any target. */
  say(target: string, ...args: unknown[]): void {
    this.handlers.get(target)?.(...args);
  }

  /** The server sends a message of a room. */
  message(event: string, data: unknown, room: string | null = null, epoch = 1, seq = 0): void {
    this.say('$', event, data, room, epoch, seq);
  }

  /** The connection breaks, as SignalR reports it: the calls first. */
  break(error = new Error('WebSocket closed with status code: 1006')): void {
    for (const call of this.unanswered) call.reject(new Error('Invocation canceled due to the underlying connection being closed.'));
    this.#close(error);
  }
}

/** A server that does what a test tells it to. Methods without an answer stay unanswered. */
export class FakeServer {
  readonly hubs: FakeHub[] = [];
  readonly answers: Record<string, Answer> = {};
  greets = true;
  resumeWindowSeconds = 60;
  /** What happens to the next connections; one entry each. */
  readonly refusals: (Error | Promise<void>)[] = [];

  readonly createHub: HubFactory = (options, token) => {
    const hub = new FakeHub(this, { ...options }, token);
    this.hubs.push(hub);
    return hub;
  };

  /** The connection of now. */
  get hub(): FakeHub {
    const last = this.hubs.at(-1);
    if (!last) throw new Error('Nobody has connected yet.');
    return last;
  }

  hello(hub: FakeHub): object {
    const number = this.hubs.indexOf(hub) + 1;
    return { socketId: `s${number}`, resumeToken: `t${number}`, resumeWindowSeconds: this.resumeWindowSeconds, node: 'n1' };
  }

  async admit(_: FakeHub): Promise<void> {
    const refusal = this.refusals.shift();
    if (refusal instanceof Error) throw refusal;
    await refusal;
  }

  /** A socket of this server, not connected yet, that comes back without delay. */
  socket(options: Partial<SocketOptions> = {}, surroundings: Partial<Surroundings> = {}): SailsSocket {
    return new SailsSocket(
      { url: 'http://fake', reconnectionDelay: 1, reconnectionDelayMax: 1, ...options },
      { createHub: this.createHub, random: () => 0.5, ...surroundings });
  }

  /** A socket of this server, connected. */
  async connected(options: Partial<SocketOptions> = {}): Promise<SailsSocket> {
    const socket = this.socket(options);
    const connected = event(socket, 'connect');
    socket.connect();
    await connected;
    await turn();
    return socket;
  }
}

/** Resolves with the arguments of the next event of this name. */
export const event = (socket: SailsSocket, name: string): Promise<any[]> =>
  new Promise(resolve => socket.once(name, (...args: any[]) => resolve(args)));

/** Resolves when all that is ready to happen has happened. */
export const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Resolves when a condition holds; fails when it does not within some seconds. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 5_000; !await condition();) {
    if (Date.now() > end) throw new Error(`This did not come: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 1));
  }
}

/** How SignalR reports that a hub method said no. */
export const refused = (method: string, code: string, message: string): Error =>
  new Error(`An unexpected error occurred invoking '${method}' on the server. HubException: ${code}: ${message}`);

/** Takes the next error that a listener or callback lets out, in the place of the page's `window.onerror`. */
export function nextUncaught(): Promise<Error> {
  const place = globalThis as { reportError?: (error: unknown) => void };
  return new Promise(resolve => {
    place.reportError = error => {
      delete place.reportError;
      resolve(error as Error);
    };
  });
}
