// Telling the server to change something.

/**
 * POST `body` as JSON to `path` (from the application's root); what it answers. Throws an error with `status` where it refuses.
 * With `keepalive` a small request outlives the page.
 */
export async function send(path, body = {}, { keepalive = false } = {}) {
  const response = await fetch(new URL(`../../${path}`, import.meta.url), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    keepalive,
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(answer.detail ?? response.statusText), { status: response.status });
  return answer;
}
