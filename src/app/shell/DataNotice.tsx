import { useState } from 'react';
import type { DatasetState } from '../../session/state.ts';
import { useSession } from '../store/context.tsx';
import { screenText } from '../text/screen.ts';
import { Note } from './Note.tsx';
import { openSettings, usePanes } from './panes.ts';
import styles from './shell.module.css';

/** Data that did not come are spoken of where the settings do not say it already. */
export function DataNotice({ settings }: { readonly settings: boolean }) {
  const data = useSession((state) => state.data);
  const said = usePanes(({ settings: open }) => open !== false && open.section === 'data');
  const [dismissed, setDismissed] = useState<DatasetState | null>(null);
  if (data.status !== 'failed' || said || data === dismissed) return null;
  return (
    <div role="alert" className={styles.notices}>
      <Note message={data.message} onDismiss={() => setDismissed(data)}>
        {settings && (
          <button type="button" className="button" onClick={() => openSettings('data')}>
            {screenText.stage.otherData}
          </button>
        )}
      </Note>
    </div>
  );
}
