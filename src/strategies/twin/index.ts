import { conventional } from '../conventional/index.ts';
import type { Strategy } from '../contract.ts';
import { layFeatures } from '../sil/features.ts';
import { startParameters } from '../start.ts';

/**
 * The control of a cut at which features stand: conventional training that begins with them. They say something of
 * images before anybody has trained, which a comparison with conventional training from a random start would count as
 * the work of parts. Without features it is conventional training.
 */
export const fairTwin: Strategy<'twin'> = {
  ...conventional,
  id: 'twin',

  async open(context) {
    const { plan } = context;
    const parameters = await startParameters(context, plan.network, plan.initScales);
    await layFeatures(context, plan.network, parameters);
    return conventional.open({ ...context, weights: { firstLayer: 0, parameters } });
  },
};
