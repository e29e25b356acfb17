import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { present, usePanes } from '../shell/panes.ts';
import { screenText } from '../text/screen.ts';
import { find } from './find.ts';
import styles from './search.module.css';
import { useAll } from './useAll.ts';

const text = screenText.search;

/** Settings, views, presets and runs by name: what is chosen opens. */
export function Search({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const all = useAll();
  const found = find(all, typed);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      // What was chosen may have taken the focus to itself.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);
  const choose = (index: number) => {
    const chosen = found[index];
    if (!chosen) return;
    dialog.current?.close();
    // What is chosen is on the page, not in a presentation of it.
    if (usePanes.getState().presenting !== null) present(null);
    chosen.open();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return choose(at);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || found.length === 0) return;
    event.preventDefault();
    setAt((at + by + found.length) % found.length);
  };
  return (
    <dialog ref={dialog} className={styles.search} aria-label={text.name} onClose={onClose}>
      <input
        type="text"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-activedescendant={found.length > 0 ? `${list}-${at}` : undefined}
        aria-label={text.name}
        placeholder={text.placeholder}
        value={typed}
        onKeyDown={press}
        onChange={({ target }) => {
          setTyped(target.value);
          setAt(0);
        }}
      />
      <div id={list} role="listbox" aria-label={text.found}>
        {found.map(({ kind, name }, index) => (
          // The field has the focus all along; its keys choose, and so does a press.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={`${kind} ${name} ${index}`}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onPointerMove={() => setAt(index)}
            onClick={() => choose(index)}
          >
            <span>{kind}</span> <b>{name}</b>
          </div>
        ))}
      </div>
      <p role="status">{found.length === 0 ? text.none(typed) : ''}</p>
    </dialog>
  );
}
