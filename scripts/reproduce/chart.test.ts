import { afterAll, describe, expect, it } from 'vitest';
import { GlobalRegistrator } from '@happy-dom/global-registrator';
import { chartMaker } from './chart.tsx';

afterAll(() => GlobalRegistrator.unregister());

describe('charts outside the page', () => {
  it('are whole SVG documents with a curve per line', async () => {
    const draw = await chartMaker();
    const line = (key: string, color: string) => ({
      key,
      label: key,
      owner: key,
      color,
      dash: '0',
      secondary: false,
      points: [0, 1, 2].map((x) => ({ x, y: x / 4 })),
    });
    const svg = await draw('Accuracy', [line('a', 'var(--strategy-sil)'), line('b', 'var(--device-0)')]);
    expect(svg).toMatch(/^<svg xmlns/);
    expect(svg.match(/recharts-line-curve/g)).toHaveLength(2);
    expect(svg).toContain('#c2410c');
    expect(svg).not.toContain('var(--');
  });
});
