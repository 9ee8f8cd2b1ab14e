import { byId, el } from './dom.js';
import { liveTable } from './liveTable.js';

/** The live tables: what the blueprints return, kept true by the events of the models. */
export async function startRecords(socket, note) {
  async function call(method, url, data) {
    const begin = performance.now();
    const jwr = await socket.request({ method, url, ...(data === undefined ? {} : { data }), timeout: 15_000 });
    note(`${method.toUpperCase()} ${url} → ${jwr.statusCode || 'no answer'}`, {
      kind: jwr.error ? 'lost' : 'state', seq: `${Math.round(performance.now() - begin)} ms`,
    });
    byId('trouble').textContent = jwr.error ? `${method.toUpperCase()} ${url}: ${jwr.error.message}` : '';
    return jwr;
  }

  const users = liveTable(socket, call, {
    model: 'user', body: byId('users'), empty: byId('no-users'), form: byId('add-user'), input: byId('user-name'),
    changed: () => pets.draw(),
  });
  const pets = liveTable(socket, call, {
    model: 'pet', body: byId('pets'), empty: byId('no-pets'), form: byId('add-pet'), input: byId('pet-name'),
    cell: ownerCell,
  });

  /** Who owns a pet, as a choice of the users that there are. */
  function ownerCell(pet) {
    const select = el('select', { onchange: () => pets.change(pet().id, { owner: users.find(select.value)?.id ?? null }) });
    const draw = () => {
      if (select === document.activeElement) return; // somebody is choosing
      const { name, owner } = pet();
      const id = owner && typeof owner === 'object' ? owner.id : owner;
      select.setAttribute('aria-label', `Owner of ${name}`);
      select.replaceChildren(
        el('option', { value: '' }, 'nobody'),
        ...users.all().map(user => el('option', { value: String(user.id), selected: user.id === id }, user.name)));
    };
    select.addEventListener('blur', draw);
    return { element: el('td', {}, select), draw };
  }

  const load = async () => {
    await users.load();
    byId('pets-part').hidden = !await pets.load();
  };
  let hasLoaded = false;
  socket.on('state', ({ state, resumed }) => {
    if (state === 'connected' && !resumed && hasLoaded) void load(); // another socket, which is subscribed to nothing
  });
  socket.on('recovered', ({ topic, recovered }) => {
    if (topic !== null && !recovered) void load();
  });
  await load();
  hasLoaded = true;
}
