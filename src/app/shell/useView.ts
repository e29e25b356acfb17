import { useMemo } from 'react';
import { create } from 'zustand';
import { useActions, useSession } from '../store/context.tsx';
import { readView, VIEWS, type View, type ViewId } from '../view.ts';

/** A frame shows what its link names; which of its views is open is no part of the link. */
const useOpened = create<{ readonly view: ViewId | null }>()(() => ({ view: null }));

/** What the link asks to see, and which view is open. */
export function useView(): View {
  const text = useSession(({ fragment }) => /(?:^|&)view=([^&]*)/.exec(fragment)?.[1]);
  const opened = useOpened((state) => state.view);
  return useMemo(() => {
    const view = readView(text === undefined ? undefined : decodeURIComponent(text));
    return view.embedded && opened && view.parts.has(opened) ? { ...view, open: opened } : view;
  }, [text, opened]);
}

/** Opens a view; its address is the page's from then on. */
export function useOpenView(): (view: ViewId) => void {
  const { embedded } = useView();
  const { setExtra } = useActions();
  return (view) => {
    if (embedded) useOpened.setState({ view });
    else setExtra('view', view === VIEWS[0] ? undefined : view);
  };
}
