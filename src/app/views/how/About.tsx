import type { ReactNode } from 'react';
import { presetOf, type PresetId } from '../../../experiment/presets.ts';
import { aboutText as text } from '../../text/about.ts';
import styles from './about.module.css';
import { Sketch, STEPS } from './Sketch.tsx';

const PAPER = { title: 'arXiv 2403.11204', href: 'https://arxiv.org/abs/2403.11204' };
const EMNIST = { title: 'arXiv 1702.05373', href: 'https://arxiv.org/abs/1702.05373' };
const DECOUPLED = { title: 'arXiv 1901.08164', href: 'https://arxiv.org/abs/1901.08164' };
const LOCAL_ERRORS = { title: 'arXiv 1901.06656', href: 'https://arxiv.org/abs/1901.06656' };
const NO_PROP = { title: 'arXiv 2503.24322', href: 'https://arxiv.org/abs/2503.24322' };
const DIFFUSION_BLOCKS = { title: 'arXiv 2506.14202', href: 'https://arxiv.org/abs/2506.14202' };

/** The idea in four drawings, and what a newcomer asks. */
export function About() {
  const { lost, neighbours, source, ...plain } = text.questions;
  return (
    <footer className={styles.about} aria-labelledby="about-heading">
      <h2 id="about-heading">{text.heading}</h2>
      <p className={styles.lead}>{text.lead}</p>
      <ol className={styles.steps}>
        {STEPS.map((step) => (
          <li key={step} className={styles.step}>
            <Sketch step={step} />
            <h3>{text.steps[step].title}</h3>
            <p>{text.steps[step].body}</p>
          </li>
        ))}
      </ol>
      <div className={styles.questions}>
        {Object.values(plain).map(({ question, answer }) => (
          <Question key={question} question={question}>
            {answer}
          </Question>
        ))}
        <Question question={lost.question}>{lost.answer(preset('paper'), preset('early'))}</Question>
        <Question question={neighbours.question}>
          {neighbours.answer} {neighbours.sources} <a href={DECOUPLED.href}>{DECOUPLED.title}</a>,{' '}
          <a href={LOCAL_ERRORS.href}>{LOCAL_ERRORS.title}</a>. {neighbours.blocks}{' '}
          <a href={NO_PROP.href}>{NO_PROP.title}</a>,{' '}
          <a href={DIFFUSION_BLOCKS.href}>{DIFFUSION_BLOCKS.title}</a>.
        </Question>
        <Question question={source.question}>
          {source.answer} <a href={PAPER.href}>{PAPER.title}</a>. {source.data}{' '}
          <a href={EMNIST.href}>{EMNIST.title}</a>.
        </Question>
      </div>
    </footer>
  );
}

function Question({ question, children }: { readonly question: string; readonly children: ReactNode }) {
  return (
    <details>
      <summary>
        <h3>{question}</h3>
      </summary>
      <p>{children}</p>
    </details>
  );
}

const preset = (id: PresetId): string => presetOf(id).label;
