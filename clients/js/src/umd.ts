import { autoConnect, createIo, type Io } from './io.js';
import { Jwr } from './jwr.js';
import { RealtimeError } from './errors.js';
import { guessEnvironment, readAttributes } from './scriptTag.js';

const tag = typeof document === 'undefined' ? null : document.currentScript as HTMLScriptElement | null;

/** For a script tag: becomes the global `io`, with the settings of the tag's attributes. */
const io: Io & { Jwr: typeof Jwr; RealtimeError: typeof RealtimeError; createIo: typeof createIo } = {
  ...createIo({
    environment: guessEnvironment(tag?.src ?? '', (globalThis as { SAILS_LOCALS?: { _environment?: string } }).SAILS_LOCALS?._environment),
    ...tag ? readAttributes(tag) : {},
  }),
  Jwr,
  RealtimeError,
  createIo,
};

autoConnect(io);

export default io;
