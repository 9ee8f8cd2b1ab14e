/** All of the library; loading this file does nothing by itself. */
export { createIo, type Io, type Sails } from './io.js';
export { RealtimeError, type ClientErrorCode } from './errors.js';
export type { SocketEvents } from './events.js';
export type { Frame, Listener, Position } from './frame.js';
export type { Hub, HubFactory } from './hub.js';
export { Jwr } from './jwr.js';
export type { State, StateChange } from './link.js';
export type { Recovery } from './memory.js';
export type { AddedTo, Created, Destroyed, Messaged, ModelEvent, RecordId, RemovedFrom, Updated } from './modelEvents.js';
export type { Headers, SocketOptions, TokenRequest, Transport } from './options.js';
export type { RequestCallback } from './requests.js';
export type { BroadcastOptions, Joined, MemberList, MessageList, Receipt, Room } from './room.js';
export type { Present, PresenceChange, PresenceList, Roster } from './roster.js';
export { SailsSocket } from './sailsSocket.js';
export type { RequestOptions } from './usage.js';
export { version } from './version.js';
