import { useEffect, useRef, type ReactNode } from 'react';
import { openSettings, shutSettings, usePanes, type Section } from '../shell/panes.ts';
import { useActions, useSession } from '../store/context.tsx';
import { screenText } from '../text/screen.ts';
import { DataPanel } from './DataPanel.tsx';
import styles from './drawer.module.css';
import { PresetField } from './PresetField.tsx';
import { LabelFields, LayerFields, MoreFields, StrategyFields, TrainingFields } from './Fields.tsx';
import { useValues } from './values.ts';
import { WeightsPanel } from './WeightsPanel.tsx';

const text = screenText.settings;

const SECTIONS: readonly (readonly [Section, () => ReactNode])[] = [
  ['start', () => <PresetField />],
  ['data', () => <DataPanel />],
  ['strategies', () => <StrategyFields />],
  ['layers', () => <LayerFields />],
  ['training', () => <TrainingFields />],
  ['labels', () => <LabelFields />],
  ['weights', () => <WeightsPanel />],
  ['more', () => <MoreFields />],
];

interface DrawerProps {
  /** Whether it can be shut; else it stands there for good. */
  readonly closable?: boolean;
}

/** All settings of the experiment: sections that open one at a time and say their value when shut. */
export function Drawer({ closable = true }: DrawerProps) {
  const drawer = useRef<HTMLElement>(null);
  const settings = usePanes((state) => state.settings);
  const section = settings === false ? null : settings.section;
  const values = useValues();
  const undoable = useSession((state) => state.canUndo);
  const { undo } = useActions();
  const field = settings === false ? undefined : settings.field;
  // Who opened it goes on in it: at what was asked for, at its section, else at its beginning.
  useEffect(() => {
    const root = drawer.current;
    if (!closable || !root) return;
    const labels = [...root.querySelectorAll('label')];
    const control = field && labels.find(({ textContent }) => textContent.startsWith(field))?.control;
    const button = section && root.querySelector<HTMLElement>(`#section-${section}`);
    if (control) control.focus();
    else if (!root.contains(document.activeElement)) (button || root).focus();
  }, [closable, section, field]);
  return (
    <aside
      id="settings"
      ref={drawer}
      className={`${styles.drawer} ${closable ? '' : styles.standing}`}
      tabIndex={-1}
      aria-label={text.name}
      data-screen=""
    >
      <header className={styles.head}>
        <h2>{text.name}</h2>
        {/* Not disabled where there is nothing: whoever pressed it keeps the focus. */}
        <button
          type="button"
          className="link"
          aria-disabled={!undoable}
          onClick={() => {
            if (undoable) undo();
          }}
        >
          {text.undo}
        </button>
        {closable && (
          <button type="button" className={styles.close} aria-label={text.close} onClick={shutSettings}>
            ×
          </button>
        )}
      </header>
      <div className={styles.sections}>
        {SECTIONS.map(([id, content]) => (
          <section key={id} className={styles.section}>
            <h3>
              <button
                type="button"
                id={`section-${id}`}
                aria-expanded={id === section}
                aria-controls={`fields-${id}`}
                onClick={() => openSettings(id === section ? null : id)}
              >
                <b>{text.sections[id]}</b> <span>{values[id]}</span>
              </button>
            </h3>
            <div id={`fields-${id}`} className={styles.fields} hidden={id !== section}>
              {id === section && content()}
            </div>
          </section>
        ))}
      </div>
      <p className={styles.foot}>{text.foot}</p>
    </aside>
  );
}
