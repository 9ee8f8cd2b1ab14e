import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createIo } from '../src/io.js';
import { defaults, optionNames } from '../src/options.js';
import { Room } from '../src/room.js';

const read = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const fromSails = read('docs/getting-started/from-sails.md');
const table = fromSails.slice(fromSails.indexOf('\n## `io.socket`'));
const { sails } = createIo();
const socket = createIo({ url: 'http://fake' }).socket;

const named = (text: string, pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(match => match[1]!))];

test('what the documents name of a socket, of io.sails and of a room is there', () => {
  const text = [fromSails, read('docs/getting-started/run-the-service.md'), read('clients/js/README.md'), read('README.md')].join('\n');
  const [ofSocket, ofRoom] = [named(text, /\bio\.socket\.(\w+)/g), named(text, /\broom\.(\w+)\(/g)];
  const ofSails = named(text, /\bio\.sails\.(\w+)/g).filter(name => name !== 'strict' && name !== 'rejectUnauthorized');
  assert.ok(ofSocket.length > 10 && ofSails.length > 10 && ofRoom.length > 3);
  assert.deepEqual(ofSocket.filter(name => !(name in socket)), []);
  assert.deepEqual(ofSails.filter(name => !(name in sails)), []);
  assert.deepEqual(ofRoom.filter(name => !(name in Room.prototype)), []);
});

// Contract chapter 5: C-1 to C-20.
test('who comes from Sails finds every call, setting and event of its client in the table', () => {
  const ofSails = [
    'get', 'post', 'put', 'patch', 'delete', 'request', 'on', 'off', 'removeAllListeners', 'isConnected', 'isConnecting',
    'mightBeAboutToAutoConnect', 'disconnect', 'reconnect', 'connect', 'url', 'transports', 'path', 'query', 'headers',
    'initialConnectionHeaders', 'useCORSRouteToGetCookie', 'multiplex', 'reconnection', 'reconnectionAttempts', 'reconnectionDelay',
    'reconnectionDelayMax', 'randomizationFactor', 'timeout', 'rejectUnauthorized', 'autoConnect', 'environment', 'sdk', 'strict',
    'reconnecting', 'connect_error', 'error', 'statusCode', 'body', 'toPOJO',
  ];
  assert.deepEqual(ofSails.filter(name => !new RegExp(`\`[^\`\\n]*\\b${name}\\b[^\`\\n]*\``).test(table)), []);
});

test('the readme tells every setting with its default', () => {
  const rows = [...read('clients/js/README.md').matchAll(/^\| (`\w+`(?:, `\w+`)*) \| (.*?) \|/gm)].map(([, names, values]) => [names!, values!] as const);
  const told = new Map<string, string>(rows.flatMap(([names, values]) => {
    const [name, value] = [names.split(', '), values.split(', ')];
    return name.map((it, i) => [it.slice(1, -1), value.length === name.length ? value[i]! : values] as const);
  }));
  for (const name of optionNames) {
    const text = told.get(name);
    assert.notEqual(text, undefined, `${name} is not in the readme`);
    const literal = /^`([^`]*)`/.exec(text!)?.[1];
    if (literal !== undefined) assert.deepEqual(new Function(`return ${literal === '{}' ? '({})' : literal}`)(), defaults[name], name);
    else assert.equal(defaults[name], undefined, `${name} has a default that the readme does not tell`);
  }
});

test('its settings have the defaults that the table tells', () => {
  assert.deepEqual(
    [sails.transports, sails.path, sails.reconnection, sails.reconnectionAttempts, sails.reconnectionDelay, sails.reconnectionDelayMax, sails.randomizationFactor, sails.timeout],
    [['websocket'], '/realtime', true, Infinity, 1000, 5000, 0.5, 20_000]);
});
