// A program with a bundler, or under Node, as the compiler sees it. It is compiled, not run.
import io, { createIo, type Frame, type Jwr, type ModelEvent, type Recovery, type Room, type SailsSocket } from '@realtime/client';
import { createIo as createPure, RealtimeError } from '@realtime/client/pure';
import whole from '@realtime/client/realtime.mjs';

interface User { id: number; name: string }

export async function use(): Promise<string> {
  const socket: SailsSocket = createIo({ url: 'https://example.com' }).sails.connect({ accessTokenFactory: async ({ attempt }) => `token ${attempt}` });
  const jwr: Jwr<User[]> = await socket.get<User[]>('/user');
  await socket.patch<User>('/user/7', { name: 'Ann' }, (user, answer) => user.name + answer.statusCode);
  socket.on<User>('user', (user, frame: Frame<User>) => user.name + frame.seq);
  socket.on<ModelEvent<User>>('user', event => {
    switch (event.verb) {
      case 'created': return event.data.name;
      case 'updated': return event.previous?.name !== event.data.name;
      // @ts-expect-error It has no data.
      case 'destroyed': return event.readersChanged === true ? socket.get<User>(`/user/${event.id}`) : event.data;
      case 'addedTo': return event.addedIds.length;
      case 'removedFrom': return event.removedId;
      case 'messaged': return event.data;
      // @ts-expect-error There is no other verb.
      default: return event.verb;
    }
  });
  socket.on('recovered', (recovery: Recovery) => recovery.recovered);
  socket.on('state', ({ wait }) => wait?.toFixed());
  const room: Room = socket.room('chat/lobby');
  const { seq } = await room.broadcast('chat', 'Hello!');
  room.roster<User>(it => [...it.members.values()].map(member => member.data?.name));
  // @ts-expect-error A number is no address.
  socket.url = 7;
  // @ts-expect-error There is no such setting.
  createPure({ reconection: true });
  if (jwr.error instanceof RealtimeError) return jwr.error.code;
  return `${jwr.body[0]?.name} ${seq} ${io.sails.sdk.version} ${whole.socket.id}`;
}
