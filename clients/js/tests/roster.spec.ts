import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Roster } from '../src/roster.js';
import { event, FakeServer, refused, turn } from './fakeHub.js';

const present = (socketId: string, data?: unknown) => ({ socketId, joinedAt: '2026-01-01T00:00:00Z', ...data === undefined ? {} : { data } });
const ids = (roster: Roster): string[] => [...roster.members.keys()];

function serverWith(pages: string[][] = [[]]): FakeServer {
  const server = new FakeServer();
  let seq = 0;
  server.answers['Join'] = room => ({ room, epoch: 1, seq: seq++, members: 1 });
  server.answers['Leave'] = () => null;
  server.answers['Presence'] = (room, after) => {
    const page = typeof after === 'string' ? Number(after) : 0;
    const next = page + 1 < pages.length ? String(page + 1) : null;
    return { room, members: pages[page]!.map(id => present(id)), next };
  };
  return server;
}

test('what a socket tells about itself goes with the join, and with every later one', async () => {
  const server = serverWith();
  const socket = await server.connected();
  await socket.room('a').join({ name: 'Johnny' });
  await socket.room('b').join();
  server.answers['Resume'] = () => { throw refused('Resume', 'session_gone', 'Too late.'); };
  server.hub.break();
  await event(socket, 'reconnect');
  const joins = server.hubs.map(hub => hub.calls.filter(call => call.method === 'Join').map(call => call.args));
  assert.deepEqual(joins, [[['a', { name: 'Johnny' }], ['b']], [['a', { name: 'Johnny' }], ['b']]]);
});

test('a roster is loaded page by page, and follows the changes', async () => {
  const server = serverWith([['s1', 's2'], ['s3']]);
  const socket = await server.connected();
  const seen: string[][] = [];
  const roster = socket.room('a').roster(it => seen.push(ids(it)));
  await turn();
  assert.deepEqual(seen, [], 'before the join there is nothing to see');
  await socket.room('a').join();
  await turn();
  assert.deepEqual(seen, [['s1', 's2', 's3']]);
  server.hub.message('$presence', { joined: [present('s4')], left: [{ socketId: 's1' }] }, 'a', 1, 10);
  server.hub.message('$presence', { updated: [present('s2', { name: 'Two' })] }, 'a', 1, 11);
  assert.deepEqual(ids(roster), ['s2', 's3', 's4']);
  assert.deepEqual(roster.members.get('s2')?.data, { name: 'Two' });
  roster.stop();
  server.hub.message('$presence', { joined: [present('s5')] }, 'a', 1, 12);
  assert.deepEqual(ids(roster), ['s2', 's3', 's4']);
  assert.equal(seen.length, 3);
});

test('a change that comes while the list is loaded is not lost', async () => {
  const server = serverWith();
  let answer: (page: unknown) => void = () => undefined;
  server.answers['Presence'] = () => new Promise(resolve => { answer = resolve; });
  const socket = await server.connected();
  await socket.room('a').join();
  const roster = socket.room('a').roster(() => undefined);
  await turn();
  server.hub.message('$presence', { joined: [present('s2')], left: [{ socketId: 's1' }] }, 'a', 1, 10);
  answer({ room: 'a', members: [present('s1')] });
  await turn();
  assert.deepEqual(ids(roster), ['s2']);
});

test('a roster is loaded again when messages were missed, and only then', async () => {
  const pages = [['s1']];
  const server = serverWith(pages);
  const socket = await server.connected();
  await socket.room('a').join();
  const roster = socket.room('a').roster(() => undefined);
  await turn();
  pages[0] = ['s1', 's9'];
  server.answers['Resume'] = () => ({ rooms: [{ room: 'a', epoch: 1, seq: 5, recovered: true }] });
  server.hub.break();
  await event(socket, 'reconnect');
  await turn();
  assert.deepEqual(ids(roster), ['s1'], 'what changed would have come as a replay');
  server.hub.say('$missed', { room: 'a', epoch: 1, seq: 9 });
  await turn();
  assert.deepEqual(ids(roster), ['s1', 's9']);
});

test('who leaves sees nobody any more', async () => {
  const server = serverWith([['s1']]);
  const socket = await server.connected();
  const roster = socket.room('a').roster(() => undefined);
  await socket.room('a').join();
  await turn();
  assert.deepEqual(ids(roster), ['s1']);
  await socket.room('a').leave();
  assert.deepEqual(ids(roster), []);
});

test('a refusal to tell who is there is an error of the socket', async () => {
  const server = serverWith();
  server.answers['Presence'] = () => { throw refused('Presence', 'no_presence', 'Its members are not known to each other.'); };
  const socket = await server.connected();
  await socket.room('a').join();
  socket.room('a').roster(() => undefined);
  const [error] = await event(socket, 'error');
  assert.equal(error.code, 'no_presence');
});

test('a transient broadcast says so, and another does not', async () => {
  const server = serverWith();
  server.answers['Broadcast'] = room => ({ room, epoch: 1, seq: 0, members: 1 });
  const socket = await server.connected();
  await socket.room('a').broadcast('typing', null, { transient: true });
  await socket.room('a').broadcast('chat', 'hi');
  const sent = server.hub.calls.filter(call => call.method === 'Broadcast').map(call => call.args);
  assert.deepEqual(sent.map(args => args[3].transient ?? false), [true, false]);
});
