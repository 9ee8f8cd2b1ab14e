import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Jwr } from '../src/jwr.js';
import { event, FakeServer, nextUncaught, refused, turn, until } from './fakeHub.js';

const echo = (request: unknown): object => ({ statusCode: 200, headers: { 'x-a': '1' }, body: request });

// Contract C-16.
test('each verb sends its method, and answers by promise and by callback alike', async () => {
  const server = new FakeServer();
  server.answers['Request'] = echo;
  const socket = await server.connected();
  for (const verb of ['get', 'post', 'put', 'patch', 'delete'] as const) {
    const called: unknown[][] = [];
    const jwr = await socket[verb]('/user/7 ', { name: 'Ann' }, (...args: unknown[]) => called.push(args));
    assert.deepEqual(jwr.body, { method: verb.toUpperCase(), url: '/user/7', headers: {}, body: { name: 'Ann' } });
    assert.deepEqual(called, [[jwr.body, jwr]]);
  }
});

test('the data may be left out', async () => {
  const server = new FakeServer();
  server.answers['Request'] = echo;
  const socket = await server.connected();
  const body = await new Promise<any>(resolve => void socket.get('/user', resolve));
  assert.deepEqual(body, { method: 'GET', url: '/user', headers: {}, body: null });
});

// Contract C-17.
test('headers of all requests yield to those of one, and undefined removes', async () => {
  const server = new FakeServer();
  server.answers['Request'] = echo;
  const socket = await server.connected({ headers: { 'X-A': 'all', 'X-B': 'all' } });
  const { body } = await socket.request({ url: '/', headers: { 'x-a': 'one', 'x-b': undefined, 'X-C': 'one' } });
  assert.deepEqual(body.headers, { 'x-a': 'one', 'X-C': 'one' });
  socket.headers = { 'X-D': 'later' };
  assert.deepEqual((await socket.get('/')).body.headers, { 'X-D': 'later' });
});

// Contract C-18.
test('what cannot be a request throws at once', async () => {
  const socket = new FakeServer().socket();
  const wrong: unknown[] = [
    undefined, {}, { url: '' }, { url: 7 }, { url: '/', method: 7 }, { url: '/', headers: 'a' }, { url: '/', data: 7 },
    { url: '/', params: 'a' }, { url: '/', data: {}, params: {} }, { url: '/', timeout: -1 },
    { url: '/', timeout: '5' }, { url: '/', idempotencyKey: '' }, { url: '/', idempotencyKey: 'a b' }, { url: '/', idempotencyKey: 'k'.repeat(129) },
  ];
  for (const options of wrong) assert.throws(() => socket.request(options as never), TypeError, JSON.stringify(options));
  assert.throws(() => socket.get('/', {}, 'no' as never), TypeError);
  assert.throws(() => socket.get(undefined as never), TypeError);
});

// Contract C-20.
test('an answer is an error below 200 and from 400 on, a redirect is none', async () => {
  const server = new FakeServer();
  const socket = await server.connected();
  for (const [statusCode, fails] of [[100, true], [200, false], [204, false], [302, false], [400, true], [404, true], [500, true]] as const) {
    server.answers['Request'] = () => ({ statusCode, headers: {}, body: 'words' });
    const jwr = await socket.get('/');
    assert.equal(jwr.error instanceof Error, fails, String(statusCode));
    assert.equal(jwr.statusCode, statusCode);
  }
});

test('an answer tells what it is', () => {
  const jwr = new Jwr({ body: { id: 7 } });
  assert.deepEqual(jwr.toPOJO(), { body: { id: 7 }, headers: {}, statusCode: 200 });
  assert.equal(jwr.toString(), '200 {"id":7}');
  assert.equal(jwr.error, undefined);
  const problem = new Jwr({ statusCode: 400, body: { code: 'invalid_request', detail: 'No.' } });
  assert.deepEqual([problem.error?.code, problem.error?.message], ['invalid_request', 'No.']);
});

test('bodies that look empty come through', async () => {
  const server = new FakeServer();
  const socket = await server.connected();
  for (const body of [null, 0, false, '', []]) {
    server.answers['Request'] = () => ({ statusCode: 200, headers: {}, body });
    assert.deepEqual((await socket.get('/')).body, body);
  }
});

// Contract C-22 with its recommendation.
test('a request under way when the connection ends is answered once, with an error', async () => {
  const server = new FakeServer();
  const socket = await server.connected({ reconnection: false });
  const called: any[][] = [];
  const promise = socket.get('/slow', (...args: any[]) => called.push(args));
  const hub = server.hub;
  hub.break();
  const jwr = await promise;
  hub.unanswered[0]!.resolve({ statusCode: 200, headers: {}, body: 'late' });
  await turn();
  assert.equal(called.length, 1);
  assert.ok(called[0]![0] instanceof Error);
  assert.equal(called[0]![1], jwr);
  assert.deepEqual(jwr.toPOJO(), { body: null, headers: {}, statusCode: 0 });
  assert.equal(jwr.error?.code, 'disconnected');
});

test('a thousand requests that wait are sent in order when there is a connection', async () => {
  const server = new FakeServer();
  server.answers['Request'] = echo;
  const socket = server.socket();
  const answers = Array.from({ length: 1000 }, (_, i) => socket.get(`/n/${i}`));
  socket.connect();
  const urls = (await Promise.all(answers)).map(jwr => jwr.body.url);
  assert.deepEqual(urls, Array.from({ length: 1000 }, (_, i) => `/n/${i}`));
  assert.deepEqual(server.hub.calls.map(call => call.args[0].url), urls);
});

test('a request made while the connection is away waits for the next one', async () => {
  const server = new FakeServer();
  server.answers['Request'] = echo;
  server.answers['Resume'] = () => ({ rooms: [] });
  const socket = await server.connected();
  server.hub.break();
  assert.equal((await socket.get('/')).statusCode, 200);
  assert.equal(server.hubs.length, 2);
});

// Contract C-23, C-24.
test('a request may have a time limit and a name of its own', async () => {
  const server = new FakeServer();
  const socket = await server.connected();
  const jwr = await socket.request({ url: '/', timeout: 1, idempotencyKey: 'once' });
  assert.equal(jwr.error?.code, 'timeout');
  assert.equal(server.hub.calls[0]!.args[0].headers['Idempotency-Key'], 'once');
  socket.disconnect();
  const patient = await server.connected({ requestTimeout: 1 });
  assert.equal((await patient.get('/')).error?.code, 'timeout');
});

// Contract C-24.
test('a request with a key is sent again to the node that has the session again, and to no other', async () => {
  const server = new FakeServer();
  server.answers['Resume'] = () => ({ rooms: [] });
  const socket = await server.connected();
  const order = { url: '/order', method: 'post', data: { product: 'tea' }, idempotencyKey: 'order-7' };
  const again = socket.request(order);
  server.hub.break();
  server.answers['Request'] = echo;
  assert.deepEqual((await again).body.headers, { 'Idempotency-Key': 'order-7' });
  const [first, second] = server.hubs.map(hub => hub.calls.find(call => call.method === 'Request')!.args);
  assert.deepEqual(first, second);

  delete server.answers['Request'];
  const elsewhere = socket.request(order);
  server.node = 'n2';
  server.hub.break();
  assert.equal((await elsewhere).error?.code, 'disconnected');
});

test('a request with a key fails when the session is over: another socket has other keys', async () => {
  const server = new FakeServer();
  server.answers['Resume'] = () => { throw refused('Resume', 'invalid_resume_token', 'Too late.'); };
  const socket = await server.connected();
  const lost = socket.request({ url: '/', idempotencyKey: 'once' });
  server.hub.break();
  assert.equal((await lost).error?.code, 'disconnected');
});

test('a callback that throws harms no other request', async () => {
  const server = new FakeServer();
  server.answers['Request'] = echo;
  const socket = await server.connected();
  const uncaught = nextUncaught();
  void socket.get('/', () => { throw new Error('mine'); });
  assert.equal((await socket.get('/')).statusCode, 200);
  assert.equal((await uncaught).message, 'mine');
});

test('an answer comes before or after a message, as the server sent them', async () => {
  const server = new FakeServer();
  const socket = await server.connected();
  const order: string[] = [];
  socket.on('said', () => order.push('message'));
  void socket.get('/').then(() => order.push('answer'));
  server.hub.message('said', 1);
  server.hub.unanswered[0]!.resolve({ statusCode: 200 });
  await until(() => order.length === 2, 'both');
  assert.deepEqual(order, ['message', 'answer']);
  await Promise.all([event(socket, 'disconnect'), socket.disconnect()]);
});
