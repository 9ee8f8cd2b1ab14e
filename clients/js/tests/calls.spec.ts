import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Calls } from '../src/calls.js';
import { FakeServer, refused, turn } from './fakeHub.js';

const code = (expected: string) => (error: unknown): boolean => (error as { code?: string }).code === expected;

function setUp(limit = 10): { calls: Calls; server: FakeServer; connect(): void } {
  const server = new FakeServer();
  const calls = new Calls(() => limit);
  return { calls, server, connect: () => calls.connected(server.createHub({} as never, undefined)) };
}

// Contract C-21.
test('calls wait for the connection and are sent in order', async () => {
  const { calls, server, connect } = setUp();
  server.answers['Echo'] = (x: number) => x;
  const answers = [1, 2, 3].map(x => calls.invoke('Echo', [x]));
  connect();
  assert.deepEqual(await Promise.all(answers), [1, 2, 3]);
  assert.deepEqual(server.hub.calls.map(it => it.args[0]), [1, 2, 3]);
});

//
test('when too many wait, the next one fails at once and the others are unharmed', async () => {
  const { calls, server, connect } = setUp(2);
  server.answers['Echo'] = (x: number) => x;
  const kept = [calls.invoke('Echo', [1]), calls.invoke('Echo', [2])];
  await assert.rejects(calls.invoke('Echo', [3]), code('queue_full'));
  connect();
  assert.deepEqual(await Promise.all(kept), [1, 2]);
});

// Contract C-23.
test('a call that is not answered in time fails, waiting or sent', async () => {
  const { calls, connect } = setUp();
  await assert.rejects(calls.invoke('Never', [], { timeout: 1 }), code('timeout'));
  connect();
  await assert.rejects(calls.invoke('Never', [], { timeout: 1 }), code('timeout'));
});

test('a call that timed out while it waited is not sent later', async () => {
  const { calls, server, connect } = setUp();
  await assert.rejects(calls.invoke('Never', [], { timeout: 1 }), code('timeout'));
  connect();
  assert.deepEqual(server.hub.calls, []);
});

test('a call can be taken back, before and after it was sent', async () => {
  const { calls, server, connect } = setUp();
  const early = new AbortController();
  const waiting = calls.invoke('Never', [], { signal: early.signal });
  early.abort();
  await assert.rejects(waiting, code('aborted'));
  await assert.rejects(calls.invoke('Never', [], { signal: early.signal }), code('aborted'));
  connect();
  const late = new AbortController();
  const sent = calls.invoke('Never', [], { signal: late.signal });
  late.abort();
  await assert.rejects(sent, code('aborted'));
  assert.equal(server.hub.calls.length, 1);
});

// Contract C-22.
test('calls under way fail when the connection is lost, and are not sent again', async () => {
  const { calls, server, connect } = setUp();
  connect();
  const call = calls.invoke('Never', []);
  calls.disconnected(true);
  await assert.rejects(call, code('disconnected'));
  connect();
  assert.deepEqual(server.hub.calls, []);
});

test('calls that may be made twice are sent again, before those that waited', async () => {
  const { calls, server, connect } = setUp();
  connect();
  const first = calls.invoke('Join', ['a'], { again: 'always' });
  calls.disconnected(true);
  const second = calls.invoke('Join', ['b'], { again: 'always' });
  server.answers['Join'] = (room: string) => room;
  connect();
  assert.deepEqual(await Promise.all([first, second]), ['a', 'b']);
  assert.deepEqual(server.hub.calls.map(it => it.args[0]), ['a', 'b']);
});

test('nothing is sent again when no connection is to follow', async () => {
  const { calls, connect } = setUp();
  connect();
  const call = calls.invoke('Join', ['a'], { again: 'always' });
  calls.disconnected(false);
  await assert.rejects(call, code('disconnected'));
});

test('an answer that comes after the connection was lost is not heard', async () => {
  const { calls, server, connect } = setUp();
  connect();
  const call = calls.invoke('Slow', [], { again: 'always' });
  const first = server.hub;
  calls.disconnected(true);
  first.unanswered[0]!.resolve('late');
  await turn();
  server.answers['Slow'] = () => 'right';
  connect();
  assert.equal(await call, 'right');
});

test('a refusal of the hub carries its code and its sentence', async () => {
  const { calls, server, connect } = setUp();
  server.answers['Join'] = () => { throw refused('Join', 'invalid_room', 'A room name must not be empty.'); };
  connect();
  await assert.rejects(calls.invoke('Join', ['']), { code: 'invalid_room', message: 'A room name must not be empty.' });
});

//
test('what is not bounded does not wait, so a full queue is no hindrance to it', async () => {
  const { calls, server } = setUp(1);
  calls.connected(server.createHub({} as never, undefined), { atOnce: 1 });
  for (const x of [1, 2]) void calls.invoke('Slow', [x], { bounded: true });
  await assert.rejects(calls.invoke('Slow', [3], { bounded: true }), code('queue_full'));
  server.answers['Join'] = (room: string) => room;
  assert.equal(await calls.invoke('Join', ['a']), 'a');
});

//
test('no more bounded calls are under way than the server takes, and each that waits has its turn', async () => {
  const { calls, server } = setUp(100);
  const hub = server.createHub({} as never, undefined);
  calls.connected(hub, { atOnce: 2 });
  const answers = [1, 2, 3, 4].map(x => calls.invoke('Slow', [x], { bounded: true }));
  const free = calls.invoke('Free', []);
  const sent = (): string[] => server.hub.calls.map(it => `${it.method} ${it.args}`.trim());
  assert.deepEqual(sent(), ['Slow 1', 'Slow 2', 'Free']);
  server.hub.unanswered[1]!.resolve('two');
  await turn();
  assert.deepEqual(sent().slice(3), ['Slow 3']);
  server.hub.unanswered[0]!.reject(refused('Slow', 'no', 'No.'));
  await assert.rejects(answers[0]!, code('no'));
  assert.deepEqual(sent().slice(3), ['Slow 3', 'Slow 4']);
  for (const call of server.hub.unanswered) call.resolve('done');
  assert.deepEqual(await Promise.all([answers[1], answers[2], answers[3], free]), ['two', 'done', 'done', 'done']);
});

test('bounded calls that were under way when the connection was lost leave their places to others', async () => {
  const { calls, server } = setUp(100);
  calls.connected(server.createHub({} as never, undefined), { atOnce: 1 });
  const lost = calls.invoke('Slow', [1], { bounded: true });
  const kept = calls.invoke('Slow', [2], { bounded: true });
  calls.disconnected(true);
  await assert.rejects(lost, code('disconnected'));
  server.answers['Slow'] = (x: number) => x;
  calls.connected(server.createHub({} as never, undefined), { atOnce: 1 });
  assert.equal(await kept, 2);
});
