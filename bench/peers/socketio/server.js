'use strict';
// Socket.IO with its defaults: a room to join, and a broadcast to it.
const { createServer } = require('node:http');
const { Server } = require('socket.io');

const http = createServer();
const io = new Server(http);

io.on('connection', socket => {
  socket.on('join', (room, done) => {
    socket.join(room);
    done();
  });
  socket.on('broadcast', (room, event, data, done) => {
    io.to(room).emit(event, data);
    done();
  });
});

http.listen(Number(process.argv[2]), '127.0.0.1');
