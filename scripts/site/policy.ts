/** The page's content security policy: what it may run, and whom it may talk to. Everything else the browser refuses. */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { DEFAULT_MIRROR } from '../../src/data/catalogue.ts';

/** Where the public mirror's answers come from in the end: it redirects to hosts of its own. */
const BEHIND_DEFAULT = ['https://*.huggingface.co', 'https://*.hf.co'];

/**
 * The policy of a page.
 *
 * Workers are not under it: a worker obeys the headers of its own script, and a static host sends none.
 *
 * @param html The whole page: its inline scripts are allowed by their hashes, the mirror that it names by its address.
 * @param serving Whether it is for the development server, which puts styles into the page.
 */
export function policyOf(html: string, serving = false): string {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, code]) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  );
  const named = /<meta[^>]*name="piecewise-mirror"[^>]*content="([^"]+)"/.exec(html)?.[1];
  const mirror = named ? [new URL(named).origin] : [new URL(DEFAULT_MIRROR).origin, ...BEHIND_DEFAULT];
  const rules: readonly (readonly string[])[] = [
    ['default-src', "'none'"],
    ['script-src', "'self'", "'wasm-unsafe-eval'", ...inline],
    ['style-src', "'self'", ...(serving ? ["'unsafe-inline'"] : [])],
    ['img-src', "'self'", 'data:', 'blob:'],
    ['connect-src', "'self'", ...mirror],
    ['worker-src', "'self'"],
    ['manifest-src', "'self'"],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
  ];
  return rules.map((rule) => rule.join(' ')).join('; ');
}

/** Writes the policy into the page, before anything that it rules. */
export function contentPolicy(): Plugin {
  return {
    name: 'content-policy',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { server }) =>
        html.replace(
          /(<meta charset="[^"]*"\s*\/?>)/,
          (charset) =>
            `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policyOf(html, server !== undefined)}" />`,
        ),
    },
  };
}
