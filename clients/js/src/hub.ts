import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection, type IHttpConnectionOptions } from '@microsoft/signalr';
import { version } from './version.js';
import type { SocketOptions } from './options.js';

/** One connection to the hub: what this library needs of it, so that tests can be one. */
export interface Hub {
  on(target: string, handler: (...args: any[]) => void): void;
  onclose(handler: (error?: Error) => void): void;
  start(): Promise<void>;
  /** Ends the connection and says goodbye: the server forgets this client at once. */
  stop(): Promise<void>;
  /** Ends the connection as if it had been lost: the server goes on waiting for this client. */
  abandon(): Promise<void>;
  invoke(method: string, ...args: unknown[]): Promise<any>;
}

export type HubFactory = (options: SocketOptions, token: string | undefined) => Hub;

/** Makes a connection that is not started yet. One is made for every attempt, so that a late word of an old one is recognised. */
export const createHub: HubFactory = (options, token) => {
  const connection = new HubConnectionBuilder()
    .withUrl(hubUrl(options), httpOptions(options, token))
    .configureLogging(LogLevel.None)
    .build();
  connection.serverTimeoutInMilliseconds = options.serverTimeout;
  connection.keepAliveIntervalInMilliseconds = options.keepAliveInterval;
  return Object.assign(connection, { abandon: () => below(connection).stop() });
};

/** The connection below the hub's, which ends without SignalR's close message. Not in SignalR's public types. */
const below = (hub: HubConnection): { stop(): Promise<void> } => (hub as unknown as { connection: { stop(): Promise<void> } }).connection;

/** The hub's address. `envelope=2` asks for frames with positions and message ids; the rest says who we are (contract C-5). */
export function hubUrl({ url, path, query }: Pick<SocketOptions, 'url' | 'path' | 'query'>): string {
  const parameters = new URLSearchParams(query);
  parameters.set('envelope', '2');
  parameters.set('__sails_io_sdk_version', version);
  parameters.set('__sails_io_sdk_platform', typeof document === 'undefined' ? 'node' : 'browser');
  parameters.set('__sails_io_sdk_language', 'javascript');
  return `${(url ?? '').replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}?${parameters}`;
}

const transportTypes = {
  websocket: HttpTransportType.WebSockets,
  sse: HttpTransportType.ServerSentEvents,
  polling: HttpTransportType.LongPolling,
};

function httpOptions(options: SocketOptions, token: string | undefined): IHttpConnectionOptions {
  const only = options.transports.every(it => it === 'websocket');
  return {
    transport: options.transports.reduce((all, it) => all | transportTypes[it], HttpTransportType.None),
    // A WebSocket needs no negotiation, which spares a round trip and the need to reach the same server twice.
    skipNegotiation: only,
    headers: options.initialConnectionHeaders,
    timeout: options.timeout,
    ...(token === undefined ? {} : { accessTokenFactory: () => token }),
    // Not in SignalR's public types, though it is how its own tests replace the class.
    ...(options.WebSocket === undefined ? {} : { WebSocket: options.WebSocket }),
  };
}
