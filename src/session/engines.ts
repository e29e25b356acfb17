/** Which engine each device gets: asked once per choice, so that an answer never belongs to other settings. */
import type { EngineChoice } from '../engines/choose.ts';
import type { EngineId } from '../engines/contract.ts';

export type Choice = 'auto' | EngineId;
export type ChooseEngine = (choice: Choice) => Promise<Pick<EngineChoice, 'id' | 'why'>>;

export interface Settled {
  /** One for all devices or one per partition; null where nothing can run, and `why` says what to do. */
  readonly chosen: readonly EngineId[] | null;
  readonly why: string;
  /** Sentences about choices that could not be had. */
  readonly instead: readonly string[];
}

export class EngineDesk {
  private readonly answers = new Map<Choice, Pick<EngineChoice, 'id' | 'why'>>();
  private readonly asked = new Map<Choice, Promise<void>>();
  private readonly choose: ChooseEngine;

  constructor(choose: ChooseEngine) {
    this.choose = choose;
  }

  /** What is known of these choices; null while an answer is missing. */
  settled(choices: readonly Choice[]): Settled | null {
    const answers = choices.map((choice) => this.answers.get(choice));
    if (!answers.every((answer) => answer !== undefined)) return null;
    const ids = answers.map(({ id }) => id);
    const instead = answers.filter(({ id }, index) => choices[index] !== 'auto' && choices[index] !== id);
    return {
      chosen: ids.every((id) => id !== null) ? ids : null,
      why: [...new Set(answers.map(({ why }) => why))].join(' '),
      instead: [...new Set(instead.map(({ why }) => why))],
    };
  }

  /** Asks for what is not known yet. Where nothing could run, it is asked again. */
  async ask(choices: readonly Choice[]): Promise<void> {
    await Promise.all(
      [...new Set(choices)]
        .filter((choice) => (this.answers.get(choice)?.id ?? null) === null)
        .map((choice) => {
          const asked = this.asked.get(choice) ?? this.askOne(choice);
          this.asked.set(choice, asked);
          return asked;
        }),
    );
  }

  private async askOne(choice: Choice): Promise<void> {
    try {
      this.answers.set(choice, await this.choose(choice));
    } catch (error) {
      this.answers.set(choice, { id: null, why: error instanceof Error ? error.message : String(error) });
    } finally {
      this.asked.delete(choice);
    }
  }
}
