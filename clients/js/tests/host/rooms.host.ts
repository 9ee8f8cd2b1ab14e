import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SailsSocket } from '../../src/sailsSocket.js';
import { createHub } from '../../src/hub.js';
import { createIo } from '../../src/io.js';
import type { Recovery } from '../../src/memory.js';
import { event, until } from '../fakeHub.js';
import { Cable } from './cable.js';
import { HostProcess, skip } from './hostProcess.js';

let host: HostProcess;
const sockets: SailsSocket[] = [];

// All messages of a stream are kept: who publishes is quicker than who comes back.
before(async () => { if (!skip) host = await HostProcess.start({ Realtime__Rooms__HistoryMessages: '400' }); });
after(async () => {
  for (const socket of sockets) if (socket.state !== 'disconnected') await socket.disconnect();
  await host?.dispose();
});

async function connect(options = {}): Promise<SailsSocket> {
  const socket = createIo({ url: host.url, reconnectionDelay: 20, reconnectionDelayMax: 200, ...options }).sails.connect();
  sockets.push(socket);
  await event(socket, 'connect');
  return socket;
}

function collect(socket: SailsSocket, room: string): number[] {
  const heard: number[] = [];
  socket.room(room).on<number>('n', data => heard.push(data));
  return heard;
}

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

test('a broadcast over the HTTP API reaches who has joined, and nobody else', { skip }, async () => {
  const [member, other] = [await connect(), await connect()];
  const heard = collect(member, 'funSockets');
  const nothing = collect(other, 'funSockets');
  await member.room('funSockets').join();
  const receipt = await host.broadcast('funSockets', 'n', 1);
  await host.broadcast('elsewhere', 'n', 2);
  await member.room('funSockets').broadcast('n', 3);
  await until(() => heard.length === 2, 'both');
  assert.deepEqual(heard, [1, 3]);
  assert.deepEqual(nothing, []);
  assert.equal(receipt.members, 1);
});

test('members can be listed, and a room that was left is silent', { skip }, async () => {
  const socket = await connect();
  const room = socket.room('a/b ü');
  const heard = collect(socket, 'a/b ü');
  const joined = await room.join();
  assert.deepEqual((await room.members()).members.map(member => member.socketId), [socket.id]);
  assert.equal(joined.members, 1);
  await room.leave();
  await host.broadcast('a/b ü', 'n', 1);
  await room.join();
  await host.broadcast('a/b ü', 'n', 2);
  await until(() => heard.length > 0, 'the second');
  assert.deepEqual(heard, [2]);
});

test('a refusal of the hub comes with its code', { skip }, async () => {
  const socket = await connect();
  await assert.rejects(socket.room('x'.repeat(300)).join(), { code: 'invalid_room' });
  await assert.rejects(socket.room('a').broadcast('connect', 1), { code: 'invalid_event' });
});

test('a cut connection comes back as the same socket, and what was missed comes once, in order', { skip }, async () => {
  const cable = new Cable();
  const socket = await connect({ WebSocket: cable.WebSocket });
  const heard = collect(socket, 'cut');
  const recoveries: Recovery[] = [];
  socket.on('recovered', it => recoveries.push(it));
  await socket.room('cut').join();
  const { id } = socket;
  let said = 0;
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 3; i++) await host.broadcast('cut', 'n', said++);
    cable.cut();
    for (let i = 0; i < 10; i++) await host.broadcast('cut', 'n', said++);
    cable.mend();
    await event(socket, 'reconnect');
  }
  await until(() => heard.length >= said, 'all of them');
  assert.deepEqual(heard, numbers(0, said));
  assert.equal(socket.id, id);
  assert.deepEqual(recoveries.map(({ room, recovered }) => [room, recovered]), Array.from({ length: 5 }, () => ['cut', true]));
});

test('connections that are cut at any moment of a stream lose and double nothing', { skip }, async () => {
  const cable = new Cable();
  const socket = await connect({ WebSocket: cable.WebSocket });
  const heard = collect(socket, 'stream');
  await socket.room('stream').join();
  const total = 400;
  const publish = (async () => {
    for (let n = 0; n < total; n++) await host.broadcast('stream', 'n', n);
  })();
  for (let round = 0; round < 6; round++) {
    const target = heard.length + 20;
    await until(() => heard.length >= Math.min(target, total), 'more of the stream');
    cable.cut();
    cable.mend();
    if (socket.isConnected()) await event(socket, 'disconnect');
  }
  await publish;
  await until(() => heard.length >= total, 'the whole stream');
  assert.deepEqual(heard, numbers(0, total));
});

test('several tabs are several sockets', { skip }, async () => {
  const [one, two] = [await connect(), await connect()];
  assert.notEqual(one.id, two.id);
  const heard = [collect(one, 'tabs'), collect(two, 'tabs')];
  await Promise.all([one.room('tabs').join(), two.room('tabs').join()]);
  await host.broadcast('tabs', 'n', 1);
  await until(() => heard.every(it => it.length === 1), 'both');
});

test('history tells what was said before, page by page', { skip }, async () => {
  const room = (await connect()).room('past');
  for (let n = 0; n < 5; n++) await host.broadcast('past', 'n', n);
  const all = await room.history();
  assert.deepEqual([all.complete, all.seq, all.messages.map(it => it.data)], [true, 5, numbers(0, 5)]);
  const rest = await room.history({ epoch: all.epoch, seq: 3 });
  assert.deepEqual(rest.messages.map(it => [it.seq, it.event, it.data]), [[4, 'n', 3], [5, 'n', 4]]);
});

test('a connection that is given up is waited for, and one that says goodbye is not', { skip }, async () => {
  for (const end of ['abandon', 'stop'] as const) {
    const hub = createHub(createIo({ url: host.url }).sails, undefined);
    await hub.start();
    await hub.invoke('Join', end);
    const { socketId } = await hub.invoke('Hello');
    await hub[end]();
    const describe = async () => (await fetch(`${host.url}/api/sockets/${socketId}`)).json();
    await until(async () => (end === 'abandon' ? (await describe()).isConnected === false : (await describe()).status === 404), `the server has noticed: ${end}`);
  }
});
