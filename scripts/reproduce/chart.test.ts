import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GlobalRegistrator } from '@happy-dom/global-registrator';
import { chartMaker, type ChartMaker } from './chart.tsx';

afterAll(() => GlobalRegistrator.unregister());

describe('charts outside the page', () => {
  let draw: ChartMaker;
  beforeAll(async () => {
    draw = await chartMaker();
  });

  it('are whole SVG documents with a curve per line', async () => {
    const line = (key: string, color: string) => ({
      key,
      label: key,
      owner: key,
      color,
      dash: '0',
      secondary: false,
      points: [0, 1, 2].map((x) => ({ x, y: x / 4 })),
    });
    const svg = await draw.lines('Accuracy', [
      line('a', 'var(--strategy-sil)'),
      line('b', 'var(--device-0)'),
    ]);
    expect(svg).toMatch(/^<svg xmlns/);
    expect(svg.match(/recharts-line-curve/g)).toHaveLength(2);
    expect(svg).toContain('#c2410c');
    expect(svg).not.toContain('var(--');
  });

  it('are two pictures of what accuracy takes, side by side', async () => {
    const dot = (key: string, x: number) => ({
      key,
      x,
      y: 0.5,
      name: key,
      color: 'var(--strategy-sil)',
      title: key,
    });
    const svg = await draw.tradeOffs('Takes', {
      sent: [dot('SIL', 0), dot('Local losses', 2e6)],
      held: [dot('SIL', 1e6), dot('Local losses', 2e6)],
      head: { sent: 'bytes sent', held: 'memory' },
      rows: { full: 'three parts', hollow: 'six parts' },
    });
    expect(svg).toMatch(/^<svg xmlns/);
    expect(svg.match(/<circle/g)).toHaveLength(4);
    expect(svg).toContain('bytes sent');
    // What full and hollow dots are stands in the picture itself.
    expect(svg).toContain('● three parts   ○ six parts');
    expect(svg).not.toContain('var(--');
  });
});
