import { autoConnect, createIo, type Io } from './io.js';

export * from './pure.js';

/** The `io` of this program. `io.socket` connects one turn after loading, if it knows where to (contract C-1). */
export const io: Io = createIo();
export default io;

autoConnect(io);
