import { byId, el } from './dom.js';

/** The live tables: what the blueprints return, kept true by the events of the models. */
export async function startRecords(socket, note) {
  const trouble = text => { byId('trouble').textContent = text; };

  async function call(method, url, data) {
    const begin = performance.now();
    const jwr = await socket.request({ method, url, ...(data === undefined ? {} : { data }), timeout: 15_000 });
    note(`${method.toUpperCase()} ${url} → ${jwr.statusCode || 'no answer'}`, {
      kind: jwr.error ? 'lost' : 'state', seq: `${Math.round(performance.now() - begin)} ms`,
    });
    trouble(jwr.error ? `${method.toUpperCase()} ${url}: ${jwr.error.message}` : '');
    return jwr;
  }

  const users = liveTable(socket, call, {
    model: 'user', body: byId('users'), empty: byId('no-users'), form: byId('add-user'), input: byId('user-name'),
    changed: () => pets.draw(),
  });
  const pets = liveTable(socket, call, {
    model: 'pet', body: byId('pets'), empty: byId('no-pets'), form: byId('add-pet'), input: byId('pet-name'),
    cells: pet => [ownerCell(pet)],
    changed: () => undefined,
  });

  function ownerCell(pet) {
    const owner = pet.owner && typeof pet.owner === 'object' ? pet.owner.id : pet.owner;
    return el('td', {}, el('select', {
      'aria-label': `Owner of ${pet.name}`,
      onchange: event => pets.change(pet, { owner: users.find(event.target.value)?.id ?? null }),
    },
    el('option', { value: '' }, 'nobody'),
    ...users.all().map(user => el('option', { value: String(user.id), selected: user.id === owner }, user.name))));
  }

  const load = async () => {
    await users.load();
    byId('pets-part').hidden = !await pets.load();
  };
  socket.on('state', ({ state, resumed, previous }) => {
    if (state === 'connected' && previous === 'reconnecting' && !resumed) void load();
  });
  socket.on('recovered', ({ topic, recovered }) => {
    if (topic !== null && !recovered) void load();
  });
  await load();
}

function liveTable(socket, call, { model, body, empty, form, input, cells = () => [], changed }) {
  const records = new Map();
  const rows = new Map();

  form.addEventListener('submit', async event => {
    event.preventDefault();
    const { body: record, error } = await call('post', `/${model}`, { name: input.value.trim() });
    if (error) return;
    input.value = '';
    put(record);
  });

  socket.on(model, ({ verb, id, data, attribute, addedId, removedId }) => {
    if (verb === 'created') put(data);
    else if (verb === 'updated') put({ ...records.get(String(id)), ...data, id });
    else if (verb === 'destroyed') remove(id);
    else if (verb === 'addedTo' || verb === 'removedFrom') flash(id, `${attribute}: ${verb === 'addedTo' ? `+${addedId}` : `−${removedId}`}`);
  });

  const sorted = () => [...records.values()].sort((a, b) => a.id < b.id ? -1 : 1);

  function put(record) {
    const before = records.get(String(record.id));
    if (before && JSON.stringify({ ...before, ...record }) === JSON.stringify(before)) return;
    records.set(String(record.id), { ...before, ...record });
    draw();
    flash(record.id);
    changed();
  }

  function remove(id) {
    if (!records.delete(String(id))) return;
    draw();
    changed();
  }

  function flash(id, title) {
    const row = rows.get(String(id));
    if (!row) return;
    if (title) row.title = title;
    row.classList.remove('changed');
    void row.offsetWidth; // so that the animation begins anew
    row.classList.add('changed');
  }

  async function change(record, values) {
    const { body: after, error } = await call('patch', `/${model}/${encodeURIComponent(record.id)}`, values);
    if (error) draw();
    else put(after);
  }

  async function destroy(record) {
    const { statusCode } = await call('delete', `/${model}/${encodeURIComponent(record.id)}`);
    if (statusCode === 200 || statusCode === 404) remove(record.id);
    (body.querySelector('input') ?? input).focus();
  }

  /** Draws what has changed. A row whose field has the focus keeps what is being typed. */
  function draw() {
    empty.hidden = records.size > 0;
    for (const [id, row] of rows) {
      if (records.has(id)) continue;
      row.remove();
      rows.delete(id);
    }
    sorted().forEach((record, index) => {
      const old = rows.get(String(record.id));
      const row = old?.contains(document.activeElement) && document.activeElement.matches('input, select') ? old : rowOf(record);
      if (old !== row) old?.remove();
      rows.set(String(record.id), row);
      if (body.children[index] !== row) body.insertBefore(row, body.children[index] ?? null);
    });
  }

  function rowOf(record) {
    const name = el('input', {
      value: record.name ?? '', maxLength: 80, 'aria-label': `Name of ${model} ${record.id}`,
      onchange: () => {
        const value = name.value.trim();
        if (value && value !== records.get(String(record.id))?.name) void change(record, { name: value });
        else name.value = records.get(String(record.id))?.name ?? '';
      },
      onkeydown: event => {
        if (event.key === 'Enter') name.blur();
        if (event.key === 'Escape') {
          name.value = records.get(String(record.id))?.name ?? '';
          name.blur();
        }
      },
    });
    return el('tr', {},
      el('td', {}, String(record.id)),
      el('td', {}, name),
      ...cells(record),
      el('td', {}, el('button', { type: 'button', className: 'small', 'aria-label': `Delete ${record.name}`, onclick: () => destroy(record) }, 'Delete')));
  }

  return {
    all: sorted,
    find: id => records.get(String(id)),
    change,
    draw,
    /** Reads all records, which subscribes to them, and watches for new ones. False when there is no such model. */
    async load() {
      await socket.watch(model).catch(() => undefined); // an unknown model says so again when it is read
      const { body: found, statusCode } = await call('get', `/${model}`);
      if (statusCode !== 200 || !Array.isArray(found)) return false;
      records.clear();
      for (const record of found) records.set(String(record.id), record);
      draw();
      changed();
      return true;
    },
  };
}
