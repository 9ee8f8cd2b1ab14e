import { el } from './dom.js';

/** A table of the records of a model, which shows each change as it happens, whoever makes it. */
export function liveTable(socket, call, { model, body, empty, form, input, cell, changed = () => undefined }) {
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
    const row = rows.get(String(id))?.element;
    if (!row) return;
    if (title) row.title = title;
    row.classList.remove('changed');
    void row.offsetWidth; // so that the animation begins anew
    row.classList.add('changed');
  }

  async function change(id, values) {
    const { body: after, error } = await call('patch', `/${model}/${encodeURIComponent(id)}`, values);
    if (error) draw();
    else put(after);
  }

  async function destroy(id) {
    const { statusCode } = await call('delete', `/${model}/${encodeURIComponent(id)}`);
    if (statusCode === 200 || statusCode === 404) remove(id);
  }

  /** Draws what has changed. Rows stay what they are, so that nobody loses the place that the focus is in. */
  function draw() {
    empty.hidden = records.size > 0;
    for (const [id, { element }] of rows) {
      if (records.has(id)) continue;
      const hadFocus = element.contains(document.activeElement);
      const neighbour = element.nextElementSibling ?? element.previousElementSibling;
      element.remove();
      rows.delete(id);
      if (hadFocus) (neighbour?.querySelector('button') ?? input).focus();
    }
    sorted().forEach((record, index) => {
      const id = String(record.id);
      if (!rows.has(id)) rows.set(id, rowOf(id));
      const row = rows.get(id);
      row.draw();
      if (body.children[index] !== row.element) body.insertBefore(row.element, body.children[index] ?? null);
    });
  }

  function rowOf(id) {
    const record = () => records.get(id);
    const reset = () => { name.value = record()?.name ?? ''; };
    const name = el('input', {
      maxLength: 80, 'aria-label': `Name of ${model} ${id}`,
      onchange: () => {
        const value = name.value.trim();
        if (value && value !== record()?.name) void change(id, { name: value });
        else reset();
      },
      onkeydown: event => {
        if (event.key === 'Escape') reset();
        if (event.key === 'Enter' || event.key === 'Escape') name.blur();
      },
    });
    const more = cell?.(record);
    const remover = el('button', { type: 'button', className: 'small', onclick: () => destroy(id) }, 'Delete');
    return {
      element: el('tr', {}, el('td', {}, id), el('td', {}, name), more?.element, el('td', {}, remover)),
      draw: () => {
        if (name !== document.activeElement) reset(); // somebody is typing
        remover.setAttribute('aria-label', `Delete ${record().name}`);
        more?.draw();
      },
    };
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
