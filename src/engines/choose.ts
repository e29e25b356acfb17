/** Which engine trains, and the sentence that tells a person why. */
import { ENGINE_FACTS } from '../experiment/engines.ts';
import { ENGINE_IDS, type Availability, type EngineId, type EngineProvider } from './contract.ts';
import { availabilities, ENGINES } from './registry.ts';
import { enginesText as text } from './words.ts';

export interface EngineChoice {
  /** `null` if nothing can run here. */
  readonly id: EngineId | null;
  /** For a person: the engine, what it runs on, and the reason. */
  readonly why: string;
  readonly availability: Readonly<Record<EngineId, Availability>>;
}

/**
 * Chooses an engine. `auto` takes one on a graphics card, otherwise one on the processor: a software adapter draws its
 * speed from the same processor and loses most of it on the way (about 20 times slower than the CPU engine).
 * An engine that was asked for and is not there falls back to `auto`'s choice, and `why` says so.
 */
export async function chooseEngine(
  choice: 'auto' | EngineId,
  engines: Readonly<Record<EngineId, Pick<EngineProvider, 'available'>>> = ENGINES,
): Promise<EngineChoice> {
  const availability = await availabilities(engines);
  if (choice === 'auto') return { ...automatic(availability), availability };
  const asked = availability[choice];
  const { label, runsOn } = ENGINE_FACTS[choice];
  if (asked.ok) {
    const slow = runsOn !== 'processor' && asked.software ? [text.noCardBehind] : [];
    return { id: choice, why: [text.asChosen(label, asked.name), ...slow].join(' '), availability };
  }
  const instead = automatic(availability);
  return {
    id: instead.id,
    why: instead.id
      ? text.askedFor(label, sentence(asked.why), instead.why)
      : `${text.askedFor(label, sentence(asked.why), null)} ${instead.why}`,
    availability,
  };
}

function automatic(availability: Readonly<Record<EngineId, Availability>>): Pick<EngineChoice, 'id' | 'why'> {
  const [cards, processors, libraries] = (['card', 'processor', 'library'] as const).map((runsOn) => {
    const ids = ENGINE_IDS.filter((id) => ENGINE_FACTS[id].runsOn === runsOn);
    const answers = ids.map((id) => ({ id, ...ENGINE_FACTS[id], ...availability[id] }));
    return {
      ready: answers.filter((answer) => answer.ok),
      whyNot: answers.flatMap((answer) => (answer.ok ? [] : [sentence(answer.why)])).join(' '),
    };
  });
  const card = cards.ready.find(({ software }) => !software);
  const [adapter] = cards.ready;
  const [processor] = processors.ready;
  const [library] = libraries.ready;
  if (card) return { id: card.id, why: text.onCard(card.label, card.name) };
  if (processor) {
    const reason = adapter ? text.onlySoftware(adapter.label, adapter.name) : cards.whyNot;
    return { id: processor.id, why: `${text.onProcessor(processor.name)} ${reason}` };
  }
  if (adapter)
    return { id: adapter.id, why: text.onSoftware(adapter.label, adapter.name, processors.whyNot) };
  if (library) {
    const why = text.onLibrary(library.label, library.name, `${cards.whyNot} ${processors.whyNot}`);
    return { id: library.id, why };
  }
  return { id: null, why: text.nothing(`${cards.whyNot} ${processors.whyNot} ${libraries.whyNot}`) };
}

function sentence(why: string): string {
  return /[.!?]$/.test(why.trim()) ? why.trim() : `${why.trim()}.`;
}
