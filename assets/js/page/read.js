// Asking the server for what the pages show.

/** GET something under `record/`, as JSON. Throws an error with `status` where the server refuses. */
export async function read(path, signal) {
  const response = await fetch(new URL(`../../record/${path}`, import.meta.url), { signal });
  if (!response.ok) {
    const reason = await response.json().catch(() => ({}));
    throw Object.assign(new Error(reason.detail ?? response.statusText), { status: response.status });
  }
  return response.json();
}
