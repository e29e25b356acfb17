import { describe, expect, it } from 'vitest';
import { section, withSection } from './sections.ts';

describe('sections of the benchmark notes', () => {
  const text = '# Benchmarks\n\nSome table.\n';

  it('are added at the end, replaced in place, and found again', () => {
    const once = withSection(text, 'page', '## The page\n\nold');
    expect(once.startsWith(text.trimEnd())).toBe(true);
    const longer = `${once}\nAfter.\n`;
    const twice = withSection(longer, 'page', '## The page\n\n$1 new');
    expect(twice).toContain('$1 new');
    expect(twice).not.toContain('old');
    expect(twice.endsWith('After.\n')).toBe(true);
    expect(section(twice, 'page')).toContain('## The page');
    expect(section(twice, 'other')).toBe('');
  });
});
