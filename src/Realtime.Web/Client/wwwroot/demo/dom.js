/** The element with this id. */
export const byId = id => document.getElementById(id);

/** Makes an element: properties, `data-…` and `aria-…` attributes, `on…` listeners, children. Text is never read as markup. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.startsWith('aria')) element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/** Adds to the end of a list that scrolls, stays at its end if it was there, and lets go of the oldest. */
export function appendTo(list, item, most) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.append(item);
  while (list.children.length > most) list.firstElementChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const exactClock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const shortTime = at => clock.format(at);
export const exactTime = at => exactClock.format(at);
