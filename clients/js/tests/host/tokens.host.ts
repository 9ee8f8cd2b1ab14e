import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { createIo } from '../../src/io.js';
import type { TokenRequest } from '../../src/options.js';
import { event, until } from '../fakeHub.js';
import { HostProcess, skip } from './hostProcess.js';

const key = 'a-signing-key-of-tests-with-many-characters';
const apiKey = '0123456789abcdef';

function tokenFor(user: string, seconds: number): string {
  const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: user, nbf: now - 3600, iat: now - 3600, exp: now + seconds })}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

test('when its token runs out a socket comes back with a fresh one, and has missed nothing', { skip }, async t => {
  const host = await HostProcess.start({
    ASPNETCORE_ENVIRONMENT: 'Production', Realtime__Auth__Jwt__SigningKey: key, Realtime__Auth__ApiKeys__0: apiKey,
  });
  t.after(() => host.dispose());
  host.apiKey = apiKey;
  const asked: TokenRequest[] = [];
  const socket = createIo({
    url: host.url, reconnectionDelay: 20, reconnectionDelayMax: 200,
    // The first one is short-lived; the one after it is stale already, as from a cache, and the one after that is fresh.
    accessTokenFactory: request => tokenFor('ann', [4, -1][asked.push(request) - 1] ?? 3600),
  }).sails.connect();
  t.after(() => socket.disconnect());
  await event(socket, 'connect');
  const { id } = socket;
  const heard: number[] = [];
  socket.room('lasting').on<number>('n', n => heard.push(n));
  await socket.room('lasting').join();

  const lost = event(socket, 'disconnect');
  const back = event(socket, 'reconnect');
  let said = 0;
  let isBack = false;
  void back.then(() => { isBack = true; });
  while (!isBack) await host.broadcast('lasting', 'n', said++);
  await lost;
  await host.broadcast('lasting', 'n', said++);
  await until(() => heard.length >= said, 'all of them');

  assert.deepEqual(heard, Array.from({ length: said }, (_, n) => n));
  assert.equal(socket.id, id);
  assert.deepEqual(asked, [
    { reason: 'connect', attempt: 1 }, { reason: 'reconnect', attempt: 1 }, { reason: 'reconnect', attempt: 2 },
  ]);
});

test('a service in production lets in nobody without a token', { skip }, async t => {
  const host = await HostProcess.start({ ASPNETCORE_ENVIRONMENT: 'Production', Realtime__Auth__Jwt__SigningKey: key });
  t.after(() => host.dispose());
  const socket = createIo({ url: host.url, reconnection: false }).sails.connect();
  const [error] = await event(socket, 'connect_error');
  assert.ok(error instanceof Error);
  assert.equal(socket.state, 'disconnected');
});
