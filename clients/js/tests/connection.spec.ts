import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StateChange } from '../src/link.js';
import type { TokenRequest } from '../src/options.js';
import { event, FakeServer, turn, until } from './fakeHub.js';

// Contract C-8, C-10.
test('a socket says where it is with its connection', async () => {
  const server = new FakeServer();
  const socket = server.socket();
  const states: string[] = [];
  socket.on('state', change => states.push(change.state));
  assert.deepEqual([socket.isConnected(), socket.isConnecting(), socket.id], [false, false, undefined]);
  socket.connect();
  assert.deepEqual([socket.isConnected(), socket.isConnecting()], [false, true]);
  assert.throws(() => socket.reconnect(), { code: 'usage' });
  await event(socket, 'connect');
  assert.deepEqual([socket.isConnected(), socket.isConnecting(), socket.id, socket.node], [true, false, 's1', 'n1']);
  assert.throws(() => socket.reconnect(), { code: 'usage' });
  await socket.disconnect();
  assert.deepEqual([socket.isConnected(), socket.isConnecting()], [false, false]);
  assert.deepEqual(states, ['connecting', 'connected', 'disconnected']);
});

// Contract C-9, where Sails' attempt goes on and connects.
test('disconnect ends an attempt to connect, and throws when there is none', async () => {
  const server = new FakeServer();
  let admit = (): void => undefined;
  server.refusals.push(new Promise(resolve => { admit = resolve; }));
  const socket = server.socket();
  assert.throws(() => socket.disconnect(), { code: 'usage' });
  let connected = false;
  socket.on('connect', () => { connected = true; });
  socket.connect();
  await until(() => server.hubs.length === 1, 'the attempt');
  await socket.disconnect();
  admit();
  await turn();
  assert.equal(connected, false);
  assert.equal(server.hub.stopped, true);
});

test('disconnect before the token is there ends the attempt, too', async () => {
  const server = new FakeServer();
  let give = (_: string): void => undefined;
  const socket = server.socket({ accessTokenFactory: () => new Promise<string>(resolve => { give = resolve; }) });
  socket.connect();
  await socket.disconnect();
  give('late');
  await turn();
  assert.equal(server.hubs.length, 0);
});

test('an attempt that fails is tried again, and its error is told', async () => {
  const server = new FakeServer();
  server.refusals.push(new Error('no'), new Error('no again'));
  const socket = server.socket();
  const errors: string[] = [];
  const attempts: number[] = [];
  socket.on('connect_error', error => errors.push(error.message));
  socket.on('reconnecting', attempt => attempts.push(attempt));
  socket.connect();
  await event(socket, 'connect');
  assert.deepEqual(errors, ['no', 'no again']);
  assert.deepEqual(attempts, [1, 2]);
});

test('without reconnection one failure is the end', async () => {
  const server = new FakeServer();
  server.refusals.push(new Error('no'));
  const socket = server.socket({ reconnection: false });
  socket.connect();
  await event(socket, 'connect_error');
  assert.equal(socket.state, 'disconnected');
  socket.reconnect();
  await event(socket, 'connect');
});

test('attempts end when there were enough', async () => {
  const server = new FakeServer();
  server.refusals.push(...Array.from({ length: 5 }, () => new Error('no')));
  const socket = server.socket({ reconnectionAttempts: 2 });
  socket.connect();
  await until(() => socket.state === 'disconnected', 'giving up');
  assert.equal(server.hubs.length, 3); // the first one, and two more
});

test('waits grow from attempt to attempt, and begin anew after a connection', async () => {
  const server = new FakeServer();
  server.answers['Resume'] = () => ({ rooms: [] });
  const socket = server.socket({ reconnectionDelay: 2, reconnectionDelayMax: 1000, randomizationFactor: 0.5 }, { random: () => 0 });
  const waits: number[] = [];
  socket.on('state', ({ wait }) => { if (wait !== undefined) waits.push(wait); });
  socket.connect();
  await event(socket, 'connect');
  server.refusals.push(new Error('no'), new Error('no'));
  server.hub.break();
  await event(socket, 'connect');
  server.hub.break();
  await event(socket, 'connect');
  assert.deepEqual(waits, [1, 2, 4, 1]);
});

test('a server that accepts and then says nothing is given up in time', async () => {
  const server = new FakeServer();
  server.greets = false;
  const socket = server.socket({ timeout: 5 });
  socket.connect();
  const [error] = await event(socket, 'connect_error');
  assert.equal(error.code, 'timeout');
  // Without a goodbye: it may have taken up the session already.
  assert.deepEqual([server.hubs[0]!.abandoned, server.hubs[0]!.stopped], [true, false]);
  server.greets = true;
  await event(socket, 'connect');
});

test('a connection that is lost before the greeting counts as a failed attempt', async () => {
  const server = new FakeServer();
  server.greets = false;
  const socket = server.socket();
  socket.connect();
  await until(() => server.hubs.length === 1, 'the attempt');
  await turn();
  server.greets = true;
  server.hub.break(new Error('gone'));
  const [error] = await event(socket, 'connect_error');
  assert.equal(error.message, 'gone');
  await event(socket, 'connect');
});

// Contract C-11.
test('the life of a connection is told in order', async () => {
  const server = new FakeServer();
  server.answers['Resume'] = () => ({ rooms: [] });
  const socket = server.socket();
  const told: string[] = [];
  for (const name of ['connect', 'disconnect', 'connect_error', 'reconnecting', 'reconnect'] as const) {
    socket.on(name, () => told.push(name));
  }
  socket.on('state', ({ state, previous }: StateChange) => told.push(`${previous} > ${state}`));
  socket.connect();
  await event(socket, 'connect');
  server.hub.break();
  await event(socket, 'reconnect');
  await socket.disconnect();
  assert.deepEqual(told, [
    'disconnected > connecting', 'connecting > connected', 'connect',
    'disconnect', 'connected > reconnecting', 'reconnecting', 'reconnecting > connected', 'connect', 'reconnect',
    'disconnect', 'connected > disconnected',
  ]);
});

test('a listener may disconnect while a loss is told', async t => {
  const server = new FakeServer();
  const socket = await server.connected();
  t.mock.timers.enable({ apis: ['setTimeout'] });
  socket.on('disconnect', () => { if (socket.state !== 'disconnected') void socket.disconnect(); });
  server.hub.break();
  await turn();
  t.mock.timers.tick(60_000);
  await turn();
  assert.equal(socket.state, 'disconnected');
  assert.equal(server.hubs.length, 1);
});

test('a listener may disconnect at once when it hears of the connection', async () => {
  const server = new FakeServer();
  const socket = server.socket();
  void socket.get('/queued');
  socket.on('connect', () => void socket.disconnect());
  socket.connect();
  await event(socket, 'disconnect');
  await turn();
  assert.deepEqual(server.hub.calls, []);
  assert.equal(socket.state, 'disconnected');
});

test('nothing that an old connection still says is heard', async () => {
  const server = new FakeServer();
  server.answers['Resume'] = () => ({ rooms: [] });
  const socket = await server.connected();
  const heard: unknown[] = [];
  socket.on('said', data => heard.push(data));
  const old = server.hub;
  old.break();
  await event(socket, 'reconnect');
  old.message('said', 'old');
  old.break();
  server.hub.message('said', 'new');
  assert.deepEqual(heard, ['new']);
  assert.equal(socket.isConnected(), true);
});

test('a token is asked for before every attempt, with the reason', async () => {
  const server = new FakeServer();
  server.answers['Resume'] = () => ({ rooms: [] });
  const asked: TokenRequest[] = [];
  const socket = server.socket({ accessTokenFactory: request => `token ${asked.push(request)}` });
  server.refusals.push(new Error('401'));
  socket.connect();
  await event(socket, 'connect');
  server.hub.break();
  await event(socket, 'connect');
  assert.deepEqual(server.hubs.map(hub => hub.token), ['token 1', 'token 2', 'token 3']);
  assert.deepEqual(asked, [
    { reason: 'connect', attempt: 1 }, { reason: 'connect', attempt: 2 }, { reason: 'reconnect', attempt: 1 },
  ]);
});

test('a token provider that fails counts as a failed attempt', async () => {
  const server = new FakeServer();
  let broken = true;
  const socket = server.socket({ accessTokenFactory: async () => {
    if (broken) throw new Error('no token');
    return 'token';
  } });
  socket.connect();
  const [error] = await event(socket, 'connect_error');
  assert.equal(error.message, 'no token');
  broken = false;
  await event(socket, 'connect');
});

// Contract C-7.
test('settings cannot change under a connection, but for the headers', async () => {
  const server = new FakeServer();
  const socket = await server.connected();
  assert.throws(() => { socket.url = 'http://other'; }, { code: 'usage' });
  socket.headers = { a: '1' };
  await socket.disconnect();
  socket.url = 'http://other';
  socket.reconnect();
  await event(socket, 'connect');
  assert.equal(server.hub.options.url, 'http://other');
});

test('a change of settings ends the wait for another attempt', async () => {
  const server = new FakeServer();
  const socket = server.socket({ reconnectionDelay: 60_000, reconnectionDelayMax: 60_000 });
  socket.connect();
  await event(socket, 'connect');
  server.hub.break();
  socket.path = '/other';
  assert.equal(socket.state, 'disconnected');
});

test('reconnect does not wait for the next attempt', async () => {
  const server = new FakeServer();
  server.answers['Resume'] = () => ({ rooms: [] });
  const socket = server.socket({ reconnectionDelay: 60_000, reconnectionDelayMax: 60_000 });
  socket.connect();
  await event(socket, 'connect');
  server.hub.break();
  socket.reconnect();
  await event(socket, 'reconnect');
});

test('settings that cannot work are refused', () => {
  const server = new FakeServer();
  const wrong = { query: { a: 1 }, timeout: -1, transports: [], accessTokenFactory: 'token' };
  for (const [name, value] of Object.entries(wrong)) {
    assert.throws(() => server.socket({ [name]: value } as never), TypeError, name);
  }
  assert.throws(() => server.socket({ transports: ['pigeon'] as never }), TypeError);
});
