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

/** Adds an item to a log that scrolls, at its end or before another one; the log stays at its end if it was there. */
export function append(log, item, before = null) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  log.insertBefore(item, before ?? null);
  if (atEnd) log.scrollTop = log.scrollHeight;
}

/** Shows other items in a log, without having them read aloud as if they had just come. */
export function replaceQuietly(log, items) {
  log.setAttribute('aria-busy', 'true');
  log.replaceChildren(...items);
  log.scrollTop = log.scrollHeight;
  requestAnimationFrame(() => log.removeAttribute('aria-busy'));
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const exactClock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const shortTime = at => clock.format(at);
export const exactTime = at => exactClock.format(at);
