import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, FakeServer, refused, turn } from './fakeHub.js';

test('a room handle hears its own room only, the socket hears all', async () => {
  const server = new FakeServer();
  const socket = await server.connected();
  const heard: string[] = [];
  socket.on('said', data => heard.push(`socket ${data}`));
  socket.room('a').on('said', data => heard.push(`a ${data}`));
  socket.room('b').on('said', data => heard.push(`b ${data}`));
  server.hub.message('said', 1, 'a', 1, 1);
  server.hub.message('said', 2, 'b', 1, 1);
  server.hub.message('said', 3);
  assert.deepEqual(heard, ['a 1', 'socket 1', 'b 2', 'socket 2', 'socket 3']);
});

test('a listener gets the data and, if it wants, the frame', async () => {
  const server = new FakeServer();
  const socket = await server.connected();
  const heard: unknown[][] = [];
  socket.room('a').on('said', (...args) => heard.push(args));
  server.hub.message('said', { x: 1 }, 'a', 4, 9);
  assert.deepEqual(heard, [[{ x: 1 }, {
    event: 'said', data: { x: 1 }, room: 'a', topic: null, feed: 'a', epoch: 4, seq: 9, messageId: null, replayed: false,
  }]]);
});

test('the same name gives the same handle, and a name is needed', () => {
  const socket = new FakeServer().socket();
  assert.equal(socket.room('a'), socket.room('a'));
  assert.throws(() => socket.room(''), TypeError);
});

test('a handle says what it is told to, to its room', async () => {
  const server = new FakeServer();
  const socket = await server.connected();
  for (const method of ['Broadcast', 'Members', 'Presence', 'History', 'Leave']) server.answers[method] = () => method;
  const room = socket.room('a');
  await room.broadcast('said', { x: 1 });
  await room.broadcast('typing');
  await room.members();
  await room.members('s9');
  assert.equal(await room.presence(), 'Presence');
  await room.history({ epoch: 1, seq: 5 });
  await room.leave();
  const isKey = (it: unknown): boolean => typeof it === 'object' && it !== null && 'idempotencyKey' in it;
  assert.deepEqual(server.hub.calls.map(({ method, args }) => [method, ...args.filter(it => !isKey(it))]), [
    ['Broadcast', 'a', 'said', { x: 1 }], ['Broadcast', 'a', 'typing', null], ['Members', 'a', null], ['Members', 'a', 's9'],
    ['Presence', 'a'], ['History', 'a', { room: 'a', epoch: 1, seq: 5 }], ['Leave', 'a'],
  ]);
});

test('a broadcast under way when the connection is lost is said again by the same key, if nothing of the room was missed', async () => {
  const server = new FakeServer();
  server.answers['Resume'] = () => ({ rooms: [{ room: 'a', epoch: 1, seq: 5, recovered: true }] });
  const socket = await server.connected();
  const broadcast = socket.room('a').broadcast('said');
  server.hub.break();
  server.answers['Broadcast'] = () => 'receipt';
  assert.equal(await broadcast, 'receipt');
  const [first, second] = server.hubs.map(hub => hub.calls.find(call => call.method === 'Broadcast')!.args);
  assert.ok(first![3].idempotencyKey);
  assert.deepEqual(first, second);
});

test('if it cannot resume, it fails: nobody knows whether it was said', async () => {
  const server = new FakeServer();
  server.answers['Resume'] = () => { throw refused('Resume', 'invalid_resume_token', 'Too late.'); };
  const socket = await server.connected();
  const broadcast = socket.room('a').broadcast('said');
  server.hub.break();
  const later = socket.room('a').broadcast('later');
  server.answers['Broadcast'] = () => 'receipt';
  await assert.rejects(broadcast, { code: 'disconnected' });
  assert.equal(await later, 'receipt', 'what was never sent is sent now');
});

for (const [what, rooms] of [
  ['a room that began anew has forgotten its keys', [{ room: 'a', epoch: 2, seq: 5, recovered: false }]],
  ['of a room that it is not in, it does not know', [{ room: 'b', epoch: 1, seq: 5, recovered: true }]],
] as const) {
  test(`if the socket resumes but not the room, it fails: ${what}`, async () => {
    const server = new FakeServer();
    server.answers['Resume'] = () => ({ rooms });
    const socket = await server.connected();
    const broadcast = socket.room('a').broadcast('said');
    server.hub.break();
    server.answers['Broadcast'] = () => 'receipt';
    await assert.rejects(broadcast, { code: 'disconnected' });
  });
}

test('a transient broadcast under way when the connection is lost fails: its moment is over', async () => {
  const server = new FakeServer();
  server.answers['Resume'] = () => ({ rooms: [] });
  const socket = await server.connected();
  const broadcast = socket.room('a').broadcast('typing', null, { transient: true });
  server.hub.break();
  await assert.rejects(broadcast, { code: 'disconnected' });
});

// Contract C-14, where Sails loses listeners.
test('listeners stay over lost connections and over a disconnect, and can still be removed', async () => {
  const server = new FakeServer();
  server.answers['Resume'] = () => ({ rooms: [] });
  const socket = server.socket();
  const heard: string[] = [];
  const early = (): void => void heard.push('early');
  socket.on('said', early);
  socket.connect();
  await event(socket, 'connect');
  socket.on('said', () => heard.push('late'));
  socket.room('a').on('said', () => heard.push('room'));
  server.hub.break();
  await event(socket, 'reconnect');
  server.hub.message('said', 1, 'a', 1, 1);
  await socket.disconnect();
  socket.reconnect();
  await event(socket, 'connect');
  socket.off('said', early);
  server.hub.message('said', 2, 'a', 1, 2);
  assert.deepEqual(heard, ['room', 'early', 'late', 'room', 'late']);
});

// Contract C-15, where Sails removes its own listeners as well.
test('removing all listeners leaves the library at work', async () => {
  const server = new FakeServer();
  server.answers['Resume'] = () => ({ rooms: [] });
  const socket = await server.connected();
  const heard: unknown[] = [];
  socket.on('said', data => heard.push(data));
  const request = socket.get('/slow');
  socket.removeAllListeners();
  server.hub.message('said', 1);
  server.hub.break();
  assert.equal((await request).error?.code, 'disconnected');
  await event(socket, 'reconnect');
  assert.deepEqual(heard, []);
});

test('a broadcast with a name of the socket\'s own events is heard in its room only', async () => {
  const server = new FakeServer();
  const socket = await server.connected();
  const heard: string[] = [];
  socket.on('recovered', () => heard.push('socket'));
  socket.room('a').on('recovered', () => heard.push('room'));
  server.hub.message('recovered', {}, 'a', 1, 1);
  await turn();
  assert.deepEqual(heard, ['room']);
});

test('a transient message is heard, and moves no position', async () => {
  const server = new FakeServer();
  const socket = await server.connected();
  const heard: unknown[] = [];
  socket.room('a').on('typing', (data, { room, seq }) => heard.push([data, room, seq]));
  server.hub.message('said', 1, 'a', 4, 9);
  server.hub.say('$', 'typing', 1, 'a', null, null, null);
  server.hub.say('$', 'typing', 2, 'a', null, null, null);
  assert.deepEqual(heard, [[1, 'a', 0], [2, 'a', 0]]);
  assert.deepEqual(socket.positions(), [{ room: 'a', epoch: 4, seq: 9 }]);
});

// Contract R-33.
test('what was said to several rooms at once is heard once, whichever room it comes through', async () => {
  const server = new FakeServer();
  const socket = await server.connected();
  const heard: unknown[] = [];
  socket.on('said', data => heard.push(data));
  server.hub.say('$', 'said', 1, 'a', 1, 1, 'id-1');
  server.hub.say('$', 'said', 1, 'b', 1, 5, 'id-1');
  server.hub.say('$', 'said', 2, 'b', 1, 6, 'id-2');
  assert.deepEqual(heard, [1, 2]);
  assert.deepEqual(socket.positions().map(it => it.seq), [1, 6]);
});
