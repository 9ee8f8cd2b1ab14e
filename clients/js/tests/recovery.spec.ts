import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Recovery } from '../src/memory.js';
import type { SailsSocket } from '../src/sailsSocket.js';
import { event, FakeServer, refused, turn, until, type FakeHub } from './fakeHub.js';

interface Story {
  server: FakeServer;
  socket: SailsSocket;
  heard: string[];
  recoveries: Recovery[];
}

/** A socket in room "a" that has seen the messages 1 and 2 of epoch 1. */
async function inRoom(): Promise<Story> {
  const server = new FakeServer();
  server.answers['Join'] = (room: string) => ({ room, epoch: 1, seq: 0, members: 1 });
  const socket = await server.connected();
  const heard: string[] = [];
  const recoveries: Recovery[] = [];
  socket.onAny(frame => heard.push(`${frame.room}/${frame.seq}${frame.replayed ? ' replayed' : ''}`));
  socket.on('recovered', it => recoveries.push(it));
  await socket.room('a').join();
  server.hub.message('e', 1, 'a', 1, 1);
  server.hub.message('e', 2, 'a', 1, 2);
  heard.length = 0;
  return { server, socket, heard, recoveries };
}

test('a lost connection is resumed with token and positions, and what was missed comes once, in order', async () => {
  const { server, socket, heard, recoveries } = await inRoom();
  server.answers['Resume'] = (_token, _positions, hub: FakeHub) => {
    hub.message('e', 3, 'a', 1, 3);
    hub.message('e', 4, 'a', 1, 4);
    hub.message('e', 5, 'a', 1, 5); // live already
    return { rooms: [{ room: 'a', epoch: 1, seq: 4, recovered: true }], socketId: 's1', resumeToken: 't1b' };
  };
  server.hub.break();
  await event(socket, 'recovered');
  server.hub.message('e', 5, 'a', 1, 5);
  server.hub.message('e', 6, 'a', 1, 6);
  assert.deepEqual(server.hub.calls[0], { method: 'Resume', args: ['t1', [{ room: 'a', epoch: 1, seq: 2 }]] });
  assert.deepEqual(heard, ['a/3 replayed', 'a/4 replayed', 'a/5', 'a/6']);
  assert.deepEqual(recoveries, [{ room: 'a', topic: null, recovered: true, member: true }]);
  assert.deepEqual([socket.id, socket.resumeToken], ['s1', 't1b']);
});

test('a live message that overtakes the replay waits for it', async () => {
  const { server, socket, heard } = await inRoom();
  server.answers['Resume'] = (_token, _positions, hub: FakeHub) => {
    hub.message('e', 5, 'a', 1, 5);
    hub.message('e', 3, 'a', 1, 3);
    hub.message('e', 4, 'a', 1, 4);
    return { rooms: [{ room: 'a', epoch: 1, seq: 4, recovered: true }] };
  };
  server.hub.break();
  await event(socket, 'recovered');
  assert.deepEqual(heard, ['a/3 replayed', 'a/4 replayed', 'a/5']);
});

test('nothing is heard before the resume is through, and everything before it is told', async () => {
  const { server, socket } = await inRoom();
  const told: string[] = [];
  for (const name of ['e', 'connect', 'reconnect', 'recovered']) socket.on(name, () => told.push(name));
  server.hub.break();
  await until(() => server.hub.unanswered.length === 1, 'the resume');
  server.hub.message('e', 3, 'a', 1, 3);
  assert.deepEqual(told, []);
  server.hub.unanswered[0]!.resolve({ rooms: [{ room: 'a', epoch: 1, seq: 3, recovered: true }] });
  await event(socket, 'recovered');
  assert.deepEqual(told, ['connect', 'reconnect', 'e', 'recovered']);
});

test('a connection that breaks during the resume is resumed again, and nothing comes twice', async () => {
  const { server, socket, heard } = await inRoom();
  server.hub.break();
  await until(() => server.hub.unanswered.length === 1, 'the resume');
  server.hub.message('e', 3, 'a', 1, 3);
  server.answers['Resume'] = (_token, _positions, hub: FakeHub) => {
    hub.message('e', 3, 'a', 1, 3);
    return { rooms: [{ room: 'a', epoch: 1, seq: 3, recovered: true }] };
  };
  server.hub.break();
  await event(socket, 'recovered');
  assert.deepEqual(server.hub.calls[0]!.args, ['t1', [{ room: 'a', epoch: 1, seq: 2 }]]);
  assert.deepEqual(heard, ['a/3 replayed']);
});

test('when the server refuses to resume, everything is asked for again, and the loss is told', async () => {
  const { server, socket, recoveries } = await inRoom();
  server.answers['Watch'] = server.answers['Subscribe'] = server.answers['Unsubscribe'] = () => null;
  await socket.watch('user');
  await socket.subscribe('user', [1, 2]);
  await socket.subscribe('user', [3]);
  await socket.unsubscribe('user', [2]);
  server.answers['Resume'] = () => { throw refused('Resume', 'invalid_resume_token', 'Too late.'); };
  server.hub.break();
  await event(socket, 'recovered');
  assert.deepEqual(server.hub.calls.slice(0, 4).map(({ method, args }) => [method, ...args].slice(0, 3)), [
    ['Resume', 't1', [{ room: 'a', epoch: 1, seq: 2 }]], ['Join', 'a'], ['Watch', 'user'], ['Subscribe', 'user', [1, 3]],
  ]);
  assert.deepEqual(recoveries, [{ room: 'a', topic: null, recovered: false, member: true }]);
  assert.equal(socket.id, 's2');
});

test('a room that was not recovered is joined again, the others are not', async () => {
  const { server, socket, recoveries } = await inRoom();
  await socket.room('b').join();
  server.answers['Resume'] = () => ({ rooms: [
    { room: 'a', epoch: 1, seq: 2, recovered: true }, { room: 'b', epoch: 9, seq: 4, recovered: false },
  ] });
  server.answers['Join'] = (room: string) => ({ room, epoch: 9, seq: 4, members: 1 });
  server.hub.break();
  await event(socket, 'reconnect');
  assert.deepEqual(server.hub.calls.slice(1), [{ method: 'Join', args: ['b'] }]);
  assert.deepEqual(recoveries, [
    { room: 'a', topic: null, recovered: true, member: true }, { room: 'b', topic: null, recovered: false, member: true },
  ]);
  assert.deepEqual(socket.positions(), [{ room: 'a', epoch: 1, seq: 2 }, { room: 'b', epoch: 9, seq: 4 }]);
});

test('a room that lets nobody in again is told as lost', async () => {
  const { server, socket, recoveries } = await inRoom();
  server.answers['Resume'] = () => { throw refused('Resume', 'invalid_resume_token', 'Too late.'); };
  server.answers['Join'] = () => { throw refused('Join', 'forbidden', 'Not you.'); };
  const error = event(socket, 'error');
  server.hub.break();
  assert.equal((await error)[0].code, 'forbidden');
  assert.deepEqual(recoveries.map(({ room, recovered, member, error: why }) => [room, recovered, member, why?.message]),
    [['a', false, false, 'Not you.']]);
  assert.deepEqual(socket.positions(), []);
});

test('a room that the server had put us in cannot be joined again by us, and is told as lost', async () => {
  const { server, recoveries } = await inRoom();
  server.hub.message('e', 1, 'theirs', 5, 1);
  server.answers['Resume'] = () => { throw refused('Resume', 'invalid_resume_token', 'Too late.'); };
  server.hub.break();
  await until(() => recoveries.length === 2, 'both rooms');
  assert.deepEqual(recoveries[1], { room: 'theirs', topic: null, recovered: false, member: false });
});

test('a server that cannot answer now is asked again, within the resume window', async () => {
  const { server, socket, recoveries } = await inRoom();
  let asked = 0;
  server.answers['Resume'] = () => {
    if (++asked < 3) throw refused('Resume', 'unavailable', 'Later.');
    return { rooms: [{ room: 'a', epoch: 1, seq: 2, recovered: true }] };
  };
  server.hub.break();
  await event(socket, 'reconnect');
  assert.equal(asked, 3);
  assert.deepEqual(recoveries, [{ room: 'a', topic: null, recovered: true, member: true }]);
});

test('after the resume window a server that cannot answer is not waited for', async () => {
  const server = new FakeServer();
  server.resumeWindowSeconds = 0;
  const socket = await server.connected();
  server.answers['Resume'] = () => { throw refused('Resume', 'unavailable', 'Later.'); };
  server.hub.break();
  await event(socket, 'reconnect');
  assert.equal(server.hubs.length, 2);
});

test('who disconnects leaves: the next connection is a new socket, in the rooms it still wants', async () => {
  const { server, socket, recoveries } = await inRoom();
  await socket.disconnect();
  socket.reconnect();
  await event(socket, 'connect');
  await turn();
  assert.deepEqual(server.hub.calls, [{ method: 'Join', args: ['a'] }]);
  assert.deepEqual(recoveries, [{ room: 'a', topic: null, recovered: false, member: true }]);
  assert.equal(socket.id, 's2');
});

test('a room that was left stays left', async () => {
  const { server, socket } = await inRoom();
  server.answers['Leave'] = () => null;
  await socket.room('a').leave();
  server.answers['Resume'] = () => { throw refused('Resume', 'invalid_resume_token', 'Too late.'); };
  server.hub.break();
  await event(socket, 'reconnect');
  assert.deepEqual(server.hub.calls.map(it => it.method), ['Resume']);
});

test('a join that is under way when the connection breaks completes on the next one', async () => {
  const { server, socket } = await inRoom();
  delete server.answers['Join'];
  const join = socket.room('b').join();
  server.answers['Resume'] = () => ({ rooms: [] });
  server.hub.break();
  server.answers['Join'] = (room: string) => ({ room, epoch: 3, seq: 7, members: 2 });
  assert.deepEqual(await join, { room: 'b', epoch: 3, seq: 7, members: 2 });
});

test('topics are recovered like rooms, and told apart from them', async () => {
  const { server, socket, heard, recoveries } = await inRoom();
  server.hub.message('user', { verb: 'created' }, '\0user/0', 4, 1);
  server.answers['Resume'] = (_token, _positions, hub: FakeHub) => {
    hub.message('user', { verb: 'updated' }, '\0user/0', 4, 2);
    return { rooms: [{ room: 'a', epoch: 1, seq: 2, recovered: true }, { room: '\0user/0', epoch: 4, seq: 2, recovered: true }] };
  };
  const frames: (string | null)[][] = [];
  socket.on('user', (_, frame) => frames.push([frame.room, frame.topic]));
  server.hub.break();
  await until(() => recoveries.length === 2, 'both');
  assert.deepEqual(frames, [[null, 'user']]);
  assert.deepEqual(heard, ['null/1', 'null/2 replayed']);
  assert.deepEqual(recoveries[1], { room: null, topic: 'user', recovered: true, member: true });
});

test('what the server can no longer give is told, while connected too', async () => {
  const { server, recoveries } = await inRoom();
  server.hub.say('$missed', { room: 'a', epoch: 1, seq: 50 });
  assert.deepEqual(recoveries, [{ room: 'a', topic: null, recovered: false, member: true }]);
});

test('a room that the server puts this socket in has a position from the beginning', async () => {
  const { server, socket } = await inRoom();
  server.hub.say('$joined', { room: 'theirs', epoch: 8, seq: 3 });
  assert.deepEqual(socket.positions()[1], { room: 'theirs', epoch: 8, seq: 3 });
});
