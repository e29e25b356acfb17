import { controlsOf, equalTo } from '../../session/controls.ts';
import { percent } from '../format.ts';
import { useOpenView } from '../shell/useView.ts';
import { useStrategies } from '../store/strategies.ts';
import { screenText } from '../text/screen.ts';

const text = screenText.ledger;

/** Which control is as good as all parts joined, or the question; a press opens the answer. */
export function WhoWorked() {
  const openView = useOpenView();
  const controls = controlsOf(useStrategies());
  if (!controls) return null;
  const [same] = equalTo(controls);
  return (
    <button type="button" className="link" data-screen="" onClick={() => openView('inside')}>
      {same ? text.equals[same](percent(controls.alone[same]!)) : text.work}
    </button>
  );
}
