import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIo } from '../../src/io.js';
import type { Jwr } from '../../src/jwr.js';
import { Cable } from './cable.js';
import { HostProcess, skip } from './hostProcess.js';

// Contract C-21.
test('1,000 requests that were made without a connection are all answered, in order, and done once', { skip }, async t => {
  const host = await HostProcess.start();
  t.after(() => host.dispose());
  const cable = new Cable();
  cable.cut();
  const socket = createIo({ url: host.url, reconnectionDelay: 20, reconnectionDelayMax: 200, WebSocket: cable.WebSocket }).sails.connect();
  t.after(() => socket.disconnect());
  const count = 1_000;
  const called: number[] = [];
  const answers = Array.from({ length: count }, (_, n) => socket.post('/user', { name: `user ${n}` }, () => called.push(n)));
  assert.equal(socket.isConnected(), false);
  cable.mend();
  const jwrs: Jwr[] = await Promise.all(answers);

  assert.deepEqual(jwrs.filter(jwr => jwr.error).map(jwr => jwr.error), []);
  assert.deepEqual(jwrs.map(jwr => jwr.body.name), Array.from({ length: count }, (_, n) => `user ${n}`));
  assert.equal(new Set(called).size, count);
  const users = await socket.get(`/user?limit=${count + 1}`);
  assert.equal(users.body.length, count);
});

test('a request to a route that is not there is an answer, not a failure of the socket', { skip }, async t => {
  const host = await HostProcess.start();
  t.after(() => host.dispose());
  const socket = createIo({ url: host.url }).sails.connect();
  t.after(() => socket.disconnect());
  const jwr = await socket.get('/nothing-here');
  assert.equal(jwr.statusCode, 404);
  assert.ok(jwr.error);
  assert.equal(socket.isConnected(), true);
});
