import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { hubUrl } from '../src/hub.js';
import { autoConnect, createIo, type Io } from '../src/io.js';
import { guessEnvironment, readAttributes } from '../src/scriptTag.js';
import { version } from '../src/version.js';
import { event, FakeServer, until } from './fakeHub.js';

function io(server: FakeServer, settings = {}): Io {
  return createIo({ url: 'http://fake', ...settings }, { createHub: server.createHub });
}

// Contract C-1.
test('io.socket connects one turn after loading, with what io.sails says then', async () => {
  const server = new FakeServer();
  const it = io(server);
  autoConnect(it);
  assert.deepEqual([it.socket.mightBeAboutToAutoConnect(), it.socket.isConnecting()], [true, false]);
  it.sails.url = 'http://other';
  it.sails.headers = { a: '1' };
  await event(it.socket, 'connect');
  assert.equal(it.socket.mightBeAboutToAutoConnect(), false);
  assert.equal(server.hub.options.url, 'http://other');
  assert.deepEqual(it.socket.headers, { a: '1' });
});

test('with autoConnect off, io.socket ceases to exist', async () => {
  const server = new FakeServer();
  const it = io(server);
  autoConnect(it);
  it.sails.autoConnect = false;
  await until(() => it.socket === undefined, 'the end of io.socket');
  assert.equal(server.hubs.length, 0);
});

test('a program without a page and without an url has no socket of its own', async () => {
  const it = createIo();
  autoConnect(it);
  await until(() => it.socket === undefined, 'the end of io.socket');
  assert.throws(() => it.sails.connect(), { code: 'usage' });
});

// Contract C-2.
test('io.sails.connect makes any number of sockets, each with its own settings', async () => {
  const server = new FakeServer();
  const it = io(server, { path: '/hub' });
  const first = it.sails.connect();
  const second = it.sails.connect('http://second');
  const third = it.sails.connect('http://third/', { path: '/other' });
  const fourth = it.sails.connect({ url: 'http://fourth' });
  await Promise.all([first, second, third, fourth].map(socket => event(socket, 'connect')));
  assert.deepEqual(server.hubs.map(({ options }) => [options.url, options.path]), [
    ['http://fake', '/hub'], ['http://second', '/hub'], ['http://third/', '/other'], ['http://fourth', '/hub'],
  ]);
  await second.disconnect();
  assert.deepEqual([first.isConnected(), second.isConnected()], [true, false]);
});

// Contract C-3, C-5.
test('the address of the hub carries the query, the wish for envelopes, and who we are', () => {
  const url = new URL(hubUrl({ url: 'https://host/', path: 'realtime', query: 'a=1&b=x%20y' }));
  assert.equal(url.origin + url.pathname, 'https://host/realtime');
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    a: '1', b: 'x y', envelope: '2',
    __sails_io_sdk_version: version, __sails_io_sdk_platform: 'node', __sails_io_sdk_language: 'javascript',
  });
});

// Contract C-4.
test('the attributes of a script tag are settings, and those with data- win', () => {
  const tag = (attributes: Record<string, string>) => ({ getAttribute: (name: string) => attributes[name] ?? null });
  assert.deepEqual(readAttributes(tag({})), {});
  assert.deepEqual(readAttributes(tag({
    'autoConnect': 'true', 'data-autoConnect': 'false', 'reconnection': '', 'url': 'http://a', 'data-url': 'http://b',
    'headers': '{"x":"1"}', 'transports': '["polling"]', 'path': '/hub', 'environment': 'production',
  })), {
    autoConnect: false, reconnection: true, url: 'http://b',
    headers: { x: '1' }, transports: ['polling'], path: '/hub', environment: 'production',
  });
  assert.throws(() => readAttributes(tag({ headers: 'x: 1' })), SyntaxError);
});

test('the name of the file, or the page, may say that this is production', () => {
  assert.equal(guessEnvironment('/realtime.js', undefined), 'development');
  assert.equal(guessEnvironment('/realtime.min.js', undefined), 'production');
  assert.equal(guessEnvironment('/realtime.js#production', undefined), 'production');
  assert.equal(guessEnvironment('/realtime.js', 'staging'), 'production');
});

test('the version that is told to the server is that of the package', async () => {
  const { version: packaged } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  assert.equal(version, packaged);
});
