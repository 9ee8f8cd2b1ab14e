import type { BackoffOptions } from './backoff.js';

/** Why a token is asked for. */
export interface TokenRequest {
  /** `connect` for the first connection, `reconnect` after a lost one. */
  readonly reason: 'connect' | 'reconnect';
  /** Counts from 1; more than 1 means that the attempt before failed, maybe because of its token. */
  readonly attempt: number;
}

/** Headers of a request. `undefined` removes a header that would otherwise be added (contract C-17). */
export type Headers = Record<string, string | undefined>;

export type Transport = 'websocket' | 'sse' | 'polling';

/** The settings of one socket; `io.sails` holds the defaults of all (contract C-3). */
export interface SocketOptions extends BackoffOptions {
  /** Where the service is, as `https://host`. Default: where the page came from; under Node there is none. */
  url: string | undefined;
  /** The path of the hub. Default `/realtime`. */
  path: string;
  /** What may be used, in this order. Default `['websocket']`, which needs no sticky sessions. */
  transports: Transport[];
  /** More parameters for the URL of the connection, as `a=1&b=2`. */
  query: string;
  /** Headers of every request; may be changed at any time. */
  headers: Headers;
  /** Headers of the connection itself. Browsers cannot send them on WebSockets. */
  initialConnectionHeaders: Record<string, string>;
  /** Gives the bearer token of the connection. It is called before every attempt to connect, so a token that ran out is replaced. */
  accessTokenFactory: ((request: TokenRequest) => string | Promise<string>) | undefined;
  /** Whether a lost connection, or one that could not be made, is tried again. Default true (Sails: false). */
  reconnection: boolean;
  /** After how many failed attempts in a row to give up. Default: never. */
  reconnectionAttempts: number;
  /** How long one attempt to connect may take, in milliseconds. Default 20,000. */
  timeout: number;
  /** How long a request may take, waiting included, in milliseconds; 0, the default, for any time (contract C-23). */
  requestTimeout: number;
  /** How many requests may wait for the connection, or for their turn. Default 10,000; any more fail with `queue_full`. */
  queueLimit: number;
  /** After how much silence the server counts as lost, in milliseconds. Default 30,000. */
  serverTimeout: number;
  /** How often to tell the server that we are here, in milliseconds. Default 15,000. */
  keepAliveInterval: number;
  /** The class that makes WebSockets, for tests and for platforms without one. */
  WebSocket: unknown;
  /** Accepted for the sake of Sails front ends, without effect: each socket has its own connection. */
  multiplex: boolean;
  /** Accepted likewise: a browser sends the cookies that it has by itself, and who needs more has `accessTokenFactory`. */
  useCORSRouteToGetCookie: boolean | string;
}

export const defaults: SocketOptions = {
  url: undefined,
  path: '/realtime',
  transports: ['websocket'],
  query: '',
  headers: {},
  initialConnectionHeaders: {},
  accessTokenFactory: undefined,
  reconnection: true,
  reconnectionAttempts: Infinity,
  reconnectionDelay: 1000,
  reconnectionDelayMax: 5000,
  randomizationFactor: 0.5,
  timeout: 20_000,
  requestTimeout: 0,
  queueLimit: 10_000,
  serverTimeout: 30_000,
  keepAliveInterval: 15_000,
  WebSocket: undefined,
  multiplex: true,
  useCORSRouteToGetCookie: true,
};

/** The names of all settings. */
export const optionNames = Object.keys(defaults) as (keyof SocketOptions)[];

/** Refuses what could not work, with a sentence that says why. */
export function checkOption(name: keyof SocketOptions, value: unknown): void {
  if (name === 'query' && typeof value !== 'string') {
    throw new TypeError('`query` must be a string such as "a=1&b=2".');
  }
  if (name === 'accessTokenFactory' && value !== undefined && typeof value !== 'function') {
    throw new TypeError('`accessTokenFactory` must be a function that gives a token.');
  }
  if (name === 'transports' && !(Array.isArray(value) && value.length > 0 && value.every(isTransport))) {
    throw new TypeError('`transports` must be a list of "websocket", "sse", "polling".');
  }
  if ((name === 'headers' || name === 'initialConnectionHeaders') && value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    throw new TypeError(`\`${name}\` must be an object of names and values.`);
  }
  if ((name === 'url' && value !== undefined || name === 'path') && typeof value !== 'string') {
    throw new TypeError(`\`${name}\` must be a string.`);
  }
  if (name === 'reconnection' && typeof value !== 'boolean') throw new TypeError('`reconnection` must be true or false.');
  if (typeof defaults[name] === 'number' && !(typeof value === 'number' && value >= 0)) {
    throw new TypeError(`\`${name}\` must be a number, not below 0.`);
  }
}

const isTransport = (value: unknown): boolean => value === 'websocket' || value === 'sse' || value === 'polling';
