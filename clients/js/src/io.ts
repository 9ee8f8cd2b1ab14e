import type { Surroundings } from './link.js';
import { logChange } from './log.js';
import { checkOption, defaults, optionNames, type SocketOptions } from './options.js';
import { SailsSocket } from './sailsSocket.js';
import { version } from './version.js';

/** `io.sails`: the defaults of all sockets, and the way to make one. They are read when a socket is made (contract C-2). */
export interface Sails extends SocketOptions {
  /** Whether `io.socket` connects by itself, one turn after loading (contract C-1). */
  autoConnect: boolean;
  /** `production` keeps the console quiet (contract C-4). */
  environment: 'development' | 'production';
  readonly sdk: { readonly version: string; readonly platform: 'node' | 'browser'; readonly language: 'javascript' };
  /** Makes another socket, which begins to connect at once. */
  connect(url?: string, options?: Partial<SocketOptions>): SailsSocket;
  connect(options?: Partial<SocketOptions>): SailsSocket;
}

/** The object that pages know as `io`. */
export interface Io {
  readonly sails: Sails;
  /** The socket of this page. `undefined` when it was not to connect by itself (contract C-1). */
  socket: SailsSocket;
}

/** Makes an `io` of its own, with its own defaults. Nothing connects by itself. */
export function createIo(settings: Partial<Sails> = {}, surroundings: Partial<Surroundings> = {}): Io {
  const sails: Sails = {
    ...defaults,
    autoConnect: true,
    environment: 'development',
    ...settings,
    sdk: { version, platform: typeof document === 'undefined' ? 'node' : 'browser', language: 'javascript' },
    connect(first?: string | Partial<SocketOptions>, second: Partial<SocketOptions> = {}): SailsSocket {
      const options = typeof first === 'string' ? { ...second, url: first } : first ?? second;
      return make(options).connect();
    },
  };
  const log: Surroundings['log'] = (change, id) => {
    if (sails.sdk.platform === 'browser' && sails.environment === 'development') logChange(change, id);
  };
  const make = (options: Partial<SocketOptions>): SailsSocket =>
    new SailsSocket({ ...optionsOf(sails), ...defined(options) }, { log, ...surroundings });
  return { sails, socket: make({}) };
}

/**
 * Connects `io.socket` one turn from now, with what `io.sails` says then; or takes it away, if it says no. A page that is
 * still being read may have that in its next script, which can be several turns away: there the turn ends with the reading.
 */
export function autoConnect(io: Io): void {
  const { socket, sails } = io;
  socket.aboutToAutoConnect = true;
  afterThisTurn(() => {
    socket.aboutToAutoConnect = false;
    if (!sails.autoConnect || (sails.url === undefined && typeof location === 'undefined')) {
      (io as { socket: SailsSocket | undefined }).socket = undefined;
      return;
    }
    if (socket.state !== 'disconnected') return; // the application was faster
    Object.assign(socket, optionsOf(sails));
    socket.connect();
  });
}

function afterThisTurn(act: () => void): void {
  if (typeof document !== 'undefined' && document.readyState === 'loading') document.addEventListener('DOMContentLoaded', act, { once: true });
  else setTimeout(act, 0);
}

function optionsOf(source: SocketOptions): Partial<SocketOptions> {
  for (const name of optionNames) if (source[name] !== undefined) checkOption(name, source[name]);
  return defined(Object.fromEntries(optionNames.map(name => [name, source[name]])));
}

const defined = (options: Partial<SocketOptions>): Partial<SocketOptions> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
