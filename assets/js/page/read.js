// Asking the server for what the pages show.

/** GET `path` (from the application's root), as JSON. Throws an error with `status` where the server refuses. */
export async function get(path, signal) {
  const response = await fetch(new URL(`../../${path}`, import.meta.url), { signal });
  if (!response.ok) {
    const reason = await response.json().catch(() => ({}));
    throw Object.assign(new Error(reason.detail ?? response.statusText), { status: response.status });
  }
  return response.json();
}

/** GET something of the record. */
export const read = (path, signal) => get(`record/${path}`, signal);
