import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIo } from '../../src/io.js';
import type { Recovery } from '../../src/memory.js';
import { event, until } from '../fakeHub.js';
import { Cable } from './cable.js';
import { HostProcess, skip } from './hostProcess.js';

for (const [durable, promise] of [[false, 'and what is missing was told'], [true, 'and in a durable room nothing is missing']] as const) {
  test(`after kill -9 in the middle of a stream nothing comes twice, ${promise}`, { skip }, async t => {
    const host = await HostProcess.start({
      Realtime__Rooms__Patterns__0__Pattern: 'crash',
      Realtime__Rooms__Patterns__0__Durable: String(durable),
      Realtime__Rooms__Patterns__0__HistoryMessages: '100000', // what is said until the socket has tried again
    });
    t.after(() => host.dispose());
    const socket = createIo({ url: host.url, reconnectionDelay: 20, reconnectionDelayMax: 200 }).sails.connect();
    t.after(() => socket.disconnect());
    const heard: number[] = [];
    const recoveries: Recovery[] = [];
    socket.room('crash').on<number>('n', data => heard.push(data));
    socket.on('recovered', it => recoveries.push(it));
    await socket.room('crash').join();
    const id = socket.id;

    const acknowledged: number[] = [];
    let stop = false;
    const publish = (async () => {
      for (let n = 0; !stop; n++) {
        for (let done = false; !done && !stop;) {
          done = await host.broadcast('crash', 'n', n, `n${n}`).then(() => true, () => false);
          if (done) acknowledged.push(n);
          else await new Promise(resolve => setTimeout(resolve, 10)); // the Host is not there: try again, as a publisher does
        }
      }
    })();
    await until(() => heard.length >= 50, 'the stream');
    await host.kill();
    const back = event(socket, 'reconnect');
    await host.startAgain();
    await back;
    const before = heard.length;
    await until(() => heard.length >= before + 50, 'more of the stream');
    stop = true;
    await publish;
    await until(() => heard.includes(acknowledged.at(-1)!), 'the last one');

    assert.equal(socket.id, id, 'membership outlives the process');
    assert.deepEqual(recoveries.map(it => it.room), ['crash']);
    const seen = new Set(heard);
    const missing = acknowledged.filter(n => !seen.has(n));
    if (durable) assert.equal(recoveries[0]!.recovered, true);
    if (recoveries[0]!.recovered) assert.deepEqual(missing, []);
    // A message whose receipt was lost with the Host is said again by the publisher. A durable room knows its key; another may not.
    const doubled = heard.filter((n, i) => heard.indexOf(n) !== i);
    assert.ok(doubled.length <= (durable ? 0 : 1), `heard twice: ${doubled}`);
    assert.deepEqual(heard, [...heard].sort((a, b) => a - b));
  });
}

test('who comes back after the resume window joins again by itself, and is told of the loss', { skip }, async t => {
  const host = await HostProcess.start({ Realtime__ResumeWindow: '00:00:01' });
  t.after(() => host.dispose());
  const cable = new Cable();
  const socket = createIo({ url: host.url, reconnectionDelay: 20, reconnectionDelayMax: 200, WebSocket: cable.WebSocket }).sails.connect();
  t.after(() => socket.disconnect());
  const heard: number[] = [];
  const recoveries: Recovery[] = [];
  socket.room('late').on<number>('n', data => heard.push(data));
  socket.on('recovered', it => recoveries.push(it));
  await socket.room('late').join();
  cable.cut();
  const gone = async (): Promise<boolean> => (await (await fetch(`${host.url}/api/rooms/late/members`)).json()).total === 0;
  for (const end = Date.now() + 20_000; !await gone();) assert.ok(Date.now() < end, 'the member was never removed');
  await host.broadcast('late', 'n', 1);
  cable.mend();
  await event(socket, 'recovered');
  await host.broadcast('late', 'n', 2);
  await until(() => heard.length > 0, 'the message after');
  assert.deepEqual(heard, [2]);
  assert.deepEqual(recoveries, [{ room: 'late', topic: null, recovered: false, member: true }]);
});
