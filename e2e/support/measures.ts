/** What a person meets on a page, as numbers. Runs in the page. */
export interface Measures {
  readonly controls: number;
  /** Parted by white space, numbers and units too, but no signs. */
  readonly words: number;
  /** Height of the page in screens. */
  readonly screens: number;
  /** Texts with letters below 14 pixels (13 for ticks, keys and the matrix), with their size. */
  readonly small: readonly string[];
  /** Controls that answer to a press on less than a finger. */
  readonly narrow: readonly string[];
}

/** What the journey finds at a size; `npm run bench -- screen` reads it. */
export interface OneScreen extends Measures {
  /** Of the layout while training, as a share of the window. */
  readonly shift: number;
  /** From ▶ to the first curve that moves, on the CPU engine, in ms. */
  readonly curveMs: number;
}

/** Windows that are measured, with the screens that the page may be tall, and a finger's pixels where it is a phone. */
export const SIZES = [
  { width: 1440, height: 900, screens: 1.3, finger: 0 },
  { width: 1280, height: 720, screens: 1.3, finger: 0 },
  { width: 1024, height: 768, screens: 1.3, finger: 0 },
  { width: 390, height: 844, screens: 3, finger: 44 },
] as const;

const CONTROLS =
  'a[href], button, input, select, textarea, summary, [role="slider"], [role="option"], [role="gridcell"][tabindex]';
/** Where letters may be a pixel smaller: ticks, keys and numbers inside lanes. */
const FINE = '[class*="recharts"] text, text[font-size="13"], [class*="_ruler_"], [class*="_lane_"], kbd';

export function measure({
  controls,
  fine,
  finger,
}: {
  controls: string;
  fine: string;
  finger: number;
}): Measures {
  const shown = (element: Element): boolean => {
    const { width, height, bottom } = element.getBoundingClientRect();
    const there = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return there && width > 1 && height > 1 && bottom + scrollY > 0 && !element.closest('.visually-hidden');
  };
  const nameOf = (element: Element) =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40) ||
    element.outerHTML.slice(0, 80);

  const texts: { element: Element; text: string }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement!;
    const text = node.textContent!.trim();
    // Of a list of choices only the one that is chosen is seen.
    if (text && !element.closest('option, script, style, noscript') && shown(element))
      texts.push({ element, text });
  }
  for (const select of document.querySelectorAll('select'))
    if (shown(select)) texts.push({ element: select, text: select.selectedOptions[0]?.text ?? '' });

  // What answers to keys alone lies over something that is pressed.
  const pressed = [...document.querySelectorAll(controls)].filter(
    (element) => shown(element) && getComputedStyle(element).pointerEvents !== 'none',
  );
  const small = texts.flatMap(({ element, text }) => {
    const size = parseFloat(getComputedStyle(element).fontSize);
    return size >= (element.closest(fine) ? 13 : 14) ? [] : [`${size} px: ${text.slice(0, 40)}`];
  });
  const reached = (element: Element): boolean => {
    element.scrollIntoView({ block: 'center', inline: 'center' });
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const answers = (at: number, down: number) => {
      const hit = document.elementFromPoint(at, down);
      return !!hit && (element.contains(hit) || !!hit.closest('label')?.contains(element));
    };
    /** Pixels from the middle on in which a press is the element's. */
    const reach = (across: number, down: number): number => {
      let far = 0;
      while (far < finger && answers(x + across * (far + 1), y + down * (far + 1))) far += 1;
      return far;
    };
    // Steps between whole pixels, of which a page that rolled by a part of one shows one less.
    return Math.min(reach(-1, 0) + reach(1, 0), reach(0, -1) + reach(0, 1)) >= finger - 2;
  };
  const narrow = finger > 0 ? pressed.filter((element) => !reached(element)).map(nameOf) : [];
  scrollTo(0, 0);
  return {
    controls: pressed.length,
    words: texts.flatMap(({ text }) => text.split(/\s+/)).filter((word) => /[\p{L}\p{N}]/u.test(word)).length,
    screens: document.documentElement.scrollHeight / innerHeight,
    small,
    narrow,
  };
}

export const MEASURED = { controls: CONTROLS, fine: FINE };

declare global {
  interface Window {
    /** How far something moved that nobody moved, as a share of the window, and what it was. */
    shifts: { value: number; parts: string[] }[];
  }
}

/** Notes every shift of the layout from the start. Runs in the page. */
export function watchShifts(): void {
  window.shifts = [];
  interface Shift extends PerformanceEntry {
    readonly value: number;
    readonly sources: readonly {
      readonly node: Node | null;
      readonly previousRect: DOMRectReadOnly;
      readonly currentRect: DOMRectReadOnly;
    }[];
  }
  const place = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].map(Math.round).join(' ');
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries() as Shift[])
      window.shifts.push({
        value,
        parts: sources.map(({ node, previousRect, currentRect }) => {
          const element = node instanceof Element ? node : node?.parentElement;
          const tag = `${element?.tagName.toLowerCase()} ${element?.getAttribute('class') ?? ''}`;
          const said = node?.textContent?.slice(0, 40) ?? '';
          return `${tag} “${said}”: ${place(previousRect)} → ${place(currentRect)}`;
        }),
      });
  }).observe({ type: 'layout-shift', buffered: true });
}
