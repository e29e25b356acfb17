import { ENGINE_FACTS } from '../../experiment/engines.ts';
import { useSession } from '../store/context.tsx';
import { screenText } from '../text/screen.ts';
import { shellText as text } from '../text/shell.ts';
import { AboutMachine } from './AboutMachine.tsx';
import { Dialog } from './Dialog.tsx';
import { openDialog, usePanes } from './panes.ts';

/** Which engine trains and why, and what is known of the machine. */
export function Machine() {
  const open = usePanes(({ dialog }) => dialog === 'machine');
  const { chosen, why } = useSession((state) => state.engine);
  if (!open) return null;
  const name = chosen
    ? [...new Set(chosen)].map((id) => ENGINE_FACTS[id].label).join(' + ')
    : why
      ? text.engineNone
      : text.engineSearching;
  return (
    <Dialog heading={screenText.machine} onClose={() => openDialog(null)}>
      <p>
        <strong>{text.engine(name)}</strong>
      </p>
      <p>{why || text.engineSearching}</p>
      <AboutMachine />
    </Dialog>
  );
}
