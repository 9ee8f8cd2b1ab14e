import type { StateChange } from './link.js';
import type { Recovery } from './memory.js';

/** What a socket says about itself. A broadcast of such a name is heard on its room handle only. */
export interface SocketEvents {
  connect: () => void;
  disconnect: (reason: Error | undefined) => void;
  connect_error: (error: Error) => void;
  /** Another attempt to connect begins. */
  reconnecting: (attempt: number) => void;
  /** There is a connection again. */
  reconnect: () => void;
  /** The connection changed. */
  state: (change: StateChange) => void;
  /** What became of a room after a lost connection. */
  recovered: (recovery: Recovery) => void;
  /** Something in the background went wrong, such as joining a room again. */
  error: (error: Error) => void;
}

/** Their names. */
export const ownEvents: ReadonlySet<string> = new Set<keyof SocketEvents>(
  ['connect', 'disconnect', 'connect_error', 'reconnecting', 'reconnect', 'state', 'recovered', 'error']);
