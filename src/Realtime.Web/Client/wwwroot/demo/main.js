import { Cable } from './cable.js';
import { startChat } from './chat.js';
import { byId } from './dom.js';
import { inspect, note } from './inspector.js';
import { startRecords } from './records.js';

const cable = new Cable();
const socket = io.sails.connect({ WebSocket: cable.WebSocket, reconnectionDelay: 500, reconnectionDelayMax: 2000 });

inspect(socket);
showState();
offerToCut();
rememberTheme();
startChat(socket, note);
void startRecords(socket, note);

function showState() {
  socket.on('state', ({ state, wait }) => {
    byId('lamp').dataset.state = state;
    byId('state').textContent = {
      connected: 'Connected',
      connecting: 'Connecting…',
      reconnecting: 'Connection lost, trying again…',
      disconnected: 'Disconnected',
    }[state];
    byId('identity').textContent = state === 'connected' ? `${socket.id} on ${socket.node}` : wait === undefined ? '' : `in ${(wait / 1000).toFixed(1)} s`;
  });
}

function offerToCut() {
  const button = byId('cut');
  const draw = () => {
    button.disabled = !cable.isCut && !socket.isConnected();
    button.dataset.cut = String(cable.isCut);
    button.querySelector('.verb').textContent = cable.isCut ? 'Mend' : 'Cut';
  };
  button.addEventListener('click', () => {
    if (cable.isCut) {
      cable.mend();
      note('The cable is mended', { kind: 'good' });
      if (socket.state === 'reconnecting' && !socket.isConnecting()) socket.reconnect();
    } else {
      note('The cable is cut: the server knows nothing of it yet', { kind: 'cut' });
      cable.cut();
    }
    draw();
  });
  socket.on('state', draw);
}

function rememberTheme() {
  const select = byId('theme');
  const apply = () => { document.documentElement.style.colorScheme = select.value; };
  select.value = localStorage.getItem('theme') ?? 'light dark';
  select.addEventListener('change', () => {
    localStorage.setItem('theme', select.value);
    apply();
  });
  apply();
}
