import { controlsOf, equalTo, lastAlone } from '../../session/controls.ts';
import { percent } from '../format.ts';
import { useOpenView } from '../shell/useView.ts';
import { useSession } from '../store/context.tsx';
import { useStrategies } from '../store/strategies.ts';
import { screenText } from '../text/screen.ts';

const text = screenText.ledger;

/** Which control is as good as all parts joined, where there is one; a press opens the whole answer. */
export function WhoWorked() {
  const openView = useOpenView();
  const controls = controlsOf(useStrategies());
  const last = useSession((state) => lastAlone(state.plan));
  const [same] = controls ? equalTo(controls) : [];
  if (!controls || !same) return null;
  return (
    <button
      type="button"
      className="link"
      data-screen=""
      title={percent(controls.alone[same]!)}
      onClick={() => openView('inside')}
    >
      {same === 'frozen' && last ? text.equalsLast : text.equals[same]}
    </button>
  );
}
