import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIo } from '../../src/io.js';
import type { Jwr } from '../../src/jwr.js';
import { event, until } from '../fakeHub.js';
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

// Contract C-24.
test('a request with a key is done once, though its answer was lost with the connection', { skip }, async t => {
  const host = await HostProcess.start();
  t.after(() => host.dispose());
  const cable = new Cable();
  const socket = createIo({ url: host.url, reconnectionDelay: 20, reconnectionDelayMax: 200, WebSocket: cable.WebSocket }).sails.connect();
  const observer = createIo({ url: host.url }).sails.connect();
  t.after(() => Promise.all([socket.disconnect(), observer.disconnect()]));
  await Promise.all([event(socket, 'connect'), observer.watch('user')]);
  const created: number[] = [];
  observer.on('user', ({ id }) => created.push(id));

  const back = event(socket, 'reconnect');
  cable.deafen();
  const answer = socket.request({ url: '/user', method: 'post', data: { name: 'johnny five' }, idempotencyKey: 'johnny' });
  await until(() => created.length === 1, 'the user, of whom the socket does not hear');
  cable.cut();
  cable.mend();
  await back;

  const jwr = await answer;
  assert.deepEqual([jwr.statusCode, jwr.body.id, jwr.body.name], [200, created[0], 'johnny five']);
  assert.equal((await observer.get('/user')).body.length, 1);
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
