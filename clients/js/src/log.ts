import type { StateChange } from './link.js';

/** Tells the console of a page under development what happens to the connection (contract C-4). */
export function logChange({ state, resumed, wait, error }: StateChange, id: string | undefined): void {
  if (state === 'connected') console.info(`Realtime: connected as ${id}${resumed ? ', session resumed' : ''}.`);
  else if (wait !== undefined) console.info(`Realtime: no connection (${error?.message}); next attempt in ${wait} ms.`);
}
