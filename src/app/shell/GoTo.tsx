import { useState } from 'react';
import { Menu } from '../controls/Menu.tsx';
import { scrollTo } from '../scroll.ts';
import { shellText as text } from '../text/shell.ts';

/** Goes to a part of the page by its heading: the page is long, most of all on a phone. */
export function GoTo() {
  const [parts, setParts] = useState<readonly HTMLElement[]>([]);
  return (
    <Menu label="☰" name={text.goTo} onUnfold={() => setParts(partsOfPage())}>
      {parts.map((part, index) => (
        <button key={index} type="button" onClick={() => goTo(part)}>
          {part.ariaLabel ?? part.textContent}
        </button>
      ))}
    </Menu>
  );
}

/** What is there now, in its order: parts arrive one by one, and a link can leave some out. */
function partsOfPage(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main h2, aside[aria-label], footer h2')].filter(
    // Settings that stay beside the page are at hand already.
    (part) => part.checkVisibility() && getComputedStyle(part).position !== 'sticky',
  );
}

/** What comes after '#' in the address is the experiment, so parts have no links of their own. */
function goTo(part: HTMLElement): void {
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
  scrollTo(part);
}
