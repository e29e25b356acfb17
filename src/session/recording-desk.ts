/** Where recordings are shown: from a file or a kept run, from a link, or as what the page opens on. */
import { decode, encode } from '../experiment/link.ts';
import { sentence, type House } from './house.ts';
import { replay, type Recording } from './recording/recording.ts';
import * as worlds from './world.ts';

function shownAs(recorded: Recording) {
  const { machine, date, data, learningRateChanges, weights } = recorded;
  const origin = { machine, date, data, learningRateChanges, weights };
  return { kind: 'recording', origin, strategies: replay(recorded) } as const;
}

export class RecordingDesk {
  private readonly house: House;
  /** Counts what was opened, so that a recording that is unpacked late does not throw off what came after it. */
  private openings = 0;

  constructor(house: House) {
    this.house = house;
  }

  /** Something else was opened: recordings that are still on their way come too late. */
  pass(): void {
    this.openings++;
  }

  /** @param run The recording as it stood in a link, to be in the address again. */
  show(recorded: Recording, run?: string): void {
    this.pass();
    const { experiment, notices } = decode(recorded.fragment);
    const shown = shownAs(recorded);
    this.house.make((from) => worlds.sayAll(worlds.showRecording(from, experiment, shown, run), notices));
  }

  /** Shows a recording of the settings as they are, unless someone was faster: there is nothing to go back to. */
  async openOn(fetch: () => Promise<Recording>): Promise<void> {
    const mine = this.openings;
    const recorded = await fetch().catch(() => null);
    const { experiment, wish, shown, past } = this.house.world;
    if (!recorded || mine !== this.openings || wish || shown || past.length > 0) return;
    if (recorded.fragment !== encode(experiment)) return;
    this.house.make((from) => ({ ...from, shown: { ...shownAs(recorded), unasked: true } }));
  }

  /** A run that came with a link. Without it the settings are still good. */
  async showLinked(fragment: string, run: string): Promise<void> {
    const mine = ++this.openings;
    try {
      const { fromLink } = await import('./recording/link.ts');
      const recorded = fromLink(run, fragment);
      if (mine === this.openings) this.show(recorded, run);
    } catch (error) {
      this.house.say(sentence(error));
    }
  }
}
