import type { ReactNode } from 'react';
import { LIMITS } from '../../experiment/limits.ts';
import { widthAfter } from '../../network/spec.ts';
import { useActions, useSession } from '../store/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import { Stepper } from './Stepper.tsx';

/** One hidden layer fewer or more, at the end, as wide as the last one. Children are the count in words. */
export function LayerStepper({ children }: { readonly children: ReactNode }) {
  const layers = useSession((state) => state.experiment.layers);
  const { change } = useActions();
  return (
    <Stepper
      fewer={text.fewer}
      more={text.more}
      onFewer={layers.length > 1 ? () => change({ layers: layers.slice(0, -1) }) : undefined}
      onMore={
        layers.length < LIMITS.layers
          ? () => change({ layers: [...layers, widthAfter(layers, layers.length - 1)] })
          : undefined
      }
    >
      {children}
    </Stepper>
  );
}
