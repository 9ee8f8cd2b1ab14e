// A page with a script tag, as the compiler sees it: there is a global `io`. It is compiled, not run.
/// <reference types="@realtime/client/global" />

io.socket.on('user', ({ verb, id }) => `${verb} ${id}`);
io.socket.get('/user', users => users.length);
io.sails.connect('https://example.com', { reconnection: false });
io.createIo().sails.headers['x-a'] = '1';
const error: Error = new io.RealtimeError('usage', 'No.');
// @ts-expect-error There is no such thing.
io.sockets;
