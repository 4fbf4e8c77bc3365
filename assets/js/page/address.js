// The page's address: which run it shows, and what the list of runs is narrowed to.

const listeners = new Set();

export function parameter(name) {
  return new URLSearchParams(location.search).get(name);
}

/** The whole address of `path`, which counts from where the application is. */
export function at(path) {
  return new URL(`../../${path}`, import.meta.url).href;
}

/** Put parameters into the address; null takes one out. `replace` leaves no step to go back to. */
export function go(parameters, { replace = false } = {}) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  if (address.href === location.href) return;
  history[replace ? "replaceState" : "pushState"](history.state, "", address);
  for (const listener of listeners) listener();
}

/** Call `listener` whenever the address changes, by us or by the reader going back. */
export function onChange(listener) {
  listeners.add(listener);
  addEventListener("popstate", listener);
}
