import { ofLabels } from '../../experiment/strategies.ts';
import { useSession } from '../store/context.tsx';

/** What is wrong with the labels or the boundary, in sentences. */
export function LabelWarnings() {
  const warnings = useSession((state) => ofLabels(state.strategies)?.warnings);
  return warnings?.map((warning) => (
    <p key={warning} role="alert">
      {warning}
    </p>
  ));
}
