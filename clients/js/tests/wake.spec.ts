import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { before, test } from 'node:test';
import { event, FakeServer } from './fakeHub.js';

const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const network = new EventTarget();

before(() => Object.assign(globalThis, { window: network, document: page }));

/** A socket whose connection is lost, and that has a long wait before it. */
async function waiting(): Promise<{ server: FakeServer; back: Promise<unknown>; end: () => Promise<void> }> {
  const server = new FakeServer();
  server.answers['Resume'] = () => ({ rooms: [] });
  const socket = await server.connected({ reconnectionDelay: 60_000, reconnectionDelayMax: 60_000 });
  server.hub.break();
  return { server, back: event(socket, 'reconnect'), end: () => socket.disconnect() };
}

test('when the network is back, the socket does not wait for its next attempt', async () => {
  const { server, back, end } = await waiting();
  network.dispatchEvent(new Event('online'));
  await back;
  assert.equal(server.hubs.length, 2);
  await end();
});

test('nor when somebody looks at the page again; to look away changes nothing', async () => {
  const { server, back, end } = await waiting();
  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  assert.equal(server.hubs.length, 1);
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  await back;
  await end();
});

test('a socket that is disconnected is not held by the page', async () => {
  const socket = await new FakeServer().connected();
  assert.equal(getEventListeners(network, 'online').length, 1);
  await socket.disconnect();
  assert.equal(getEventListeners(network, 'online').length, 0);
  assert.equal(getEventListeners(page, 'visibilitychange').length, 0);
  socket.reconnect();
  await event(socket, 'connect');
  assert.equal(getEventListeners(network, 'online').length, 1);
  await socket.disconnect();
});
