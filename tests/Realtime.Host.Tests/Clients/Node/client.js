// The stock JavaScript client, driven line by line: node client.js <hub> <json|messagepack> <event>...
//   stdin   {"id": 1, "method": "Join", "arguments": ["lobby"]}; its end disconnects
//   stdout  {"connected": true} | {"id": 1, "result": …} | {"id": 1, "error": "…"} | {"event": "hello", "data": …}
import { createInterface } from 'node:readline';
import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';

const [hub, protocol, ...events] = process.argv.slice(2);
const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const builder = new HubConnectionBuilder().withUrl(hub).configureLogging(LogLevel.None);
if (protocol === 'messagepack') builder.withHubProtocol(new MessagePackHubProtocol());
const connection = builder.build();
for (const event of events) connection.on(event, (data) => write({ event, data }));

await connection.start();
write({ connected: true });

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, arguments: args } = JSON.parse(line);
  connection.invoke(method, ...args).then(
    (result) => write({ id, result }),
    (error) => write({ id, error: error.message }),
  );
}
await connection.stop();
