/**
 * Colours of the strategies, from their own facts, as `--strategy-…` beside the names in `tokens.css`. A sheet made by
 * script: the page's content policy allows no style in the page itself.
 */
import { STRATEGIES, STRATEGY_IDS } from '../../experiment/strategies.ts';

const colours = (theme: 'light' | 'dark'): string =>
  STRATEGY_IDS.map((id) => `--strategy-${id}: ${STRATEGIES[id].line[theme]};`).join(' ');

export function paintLines(): void {
  const sheet = new CSSStyleSheet();
  // Paper is light.
  sheet.replaceSync(
    `:root { ${colours('light')} } @media not print { :root[data-theme='dark'] { ${colours('dark')} } }`,
  );
  document.adoptedStyleSheets.push(sheet);
}
