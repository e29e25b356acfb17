import { useEffect, useState, type RefCallback } from 'react';

/** Whether an element is on the screen, or nearly. It may come and go: what it is put on is watched while it is there. */
export function useVisible<E extends Element>(): readonly [RefCallback<E>, boolean] {
  const [element, setElement] = useState<E | null>(null);
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => setVisible(entries[entries.length - 1].isIntersecting),
      { rootMargin: '200px' },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      setVisible(false);
    };
  }, [element]);
  return [setElement, visible];
}
