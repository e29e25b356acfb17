import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { policyOf } from './policy.ts';

const page = (head: string) => `<!doctype html><html><head><meta charset="utf-8" />${head}</head></html>`;

describe('the content security policy', () => {
  it('allows the inline scripts that are there, by their hashes, and no other', () => {
    const hash = createHash('sha256').update('\n  go();\n').digest('base64');
    const policy = policyOf(page('<script>\n  go();\n</script><script type="module" src="./a.js"></script>'));
    expect(policy).toContain(`script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}';`);
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain("'unsafe-eval'");
  });

  it('allows the mirror that the page names, in place of the public one', () => {
    expect(policyOf(page(''))).toContain("connect-src 'self' https://huggingface.co ");
    expect(
      policyOf(page('<meta name="piecewise-mirror" content="https://data.example.org/emnist" />')),
    ).toContain("connect-src 'self' https://data.example.org;");
  });
});
