/**
 * A page may share memory between threads (`src/engines/cpu/helpers.ts`) where its answer, and those of its workers'
 * scripts, carry two headers. Servers of ours send them; on a static host, which sends none, the service worker adds them.
 */
export const ISOLATING: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  // Everything is our own or fetched with CORS. Its gentler kin, `credentialless`, is known to Chromium alone.
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** What isolation is asked of: pages and workers. */
const ASKED: readonly RequestDestination[] = ['document', 'iframe', 'frame', 'worker'];

/** The answer as it is, or where it has to carry the headers a copy with them. */
export async function isolate(asked: RequestDestination, response: Response): Promise<Response> {
  // Opaque answers and redirects that the browser follows by itself cannot be copied.
  if (!ASKED.includes(asked) || response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATING)) headers.set(name, value);
  const { status, statusText, body } = response;
  // Whole, not as a stream: a stream that someone leaves half read keeps its service worker, and a newer one out.
  return new Response(body && (await response.blob()), { status, statusText, headers });
}
