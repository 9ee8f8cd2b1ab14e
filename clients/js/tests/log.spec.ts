import assert from 'node:assert/strict';
import { before, test, type TestContext } from 'node:test';
import { createIo, type Sails } from '../src/io.js';
import { event, FakeServer } from './fakeHub.js';

before(() => Object.assign(globalThis, { document: new EventTarget() })); // as in a page

async function linesOf(t: TestContext, settings: Partial<Sails>): Promise<string[]> {
  const info = t.mock.method(console, 'info', () => undefined);
  const server = new FakeServer();
  server.answers['Resume'] = () => ({ rooms: [] });
  const { sails } = createIo({ url: 'http://fake', reconnectionDelay: 1, randomizationFactor: 0, ...settings }, { createHub: server.createHub });
  assert.equal(sails.sdk.platform, 'browser');
  const socket = sails.connect();
  await event(socket, 'connect');
  server.hub.break(new Error('gone'));
  await event(socket, 'reconnect');
  await socket.disconnect();
  return info.mock.calls.map(call => String((call.arguments as unknown[])[0]));
}

// Contract C-4.
test('the console of a page under development tells what happens to the connection', async t => {
  assert.deepEqual(await linesOf(t, {}), [
    'Realtime: connected as s1.', 'Realtime: no connection (gone); next attempt in 1 ms.', 'Realtime: connected as s2, session resumed.',
  ]);
});

test('that of a page in production is quiet', async t => {
  assert.deepEqual(await linesOf(t, { environment: 'production' }), []);
});
