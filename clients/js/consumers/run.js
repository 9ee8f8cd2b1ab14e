// A program under Node, which is run: what the package exports is there, and to load it connects nowhere.
import assert from 'node:assert/strict';
import io, * as all from '@realtime/client';
import * as pure from '@realtime/client/pure';
import whole from '@realtime/client/realtime.mjs';

assert.equal(all.io, io);
assert.equal(all.createIo, pure.createIo, 'both ways lead to the same library');
assert.equal(whole.sails.sdk.version, pure.version);
await import('@realtime/client/realtime.js');
assert.equal(globalThis.io.sails.sdk.version, pure.version);
await new Promise(resolve => setTimeout(resolve, 10));
assert.deepEqual([io.socket, whole.socket, globalThis.io.socket], [undefined, undefined, undefined], 'there is no page to connect to');
