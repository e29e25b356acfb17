/** Every chart that is on the page, for saving them all at once. */
import { useEffect, useRef } from 'react';
import type { CurvesProps } from './Curves.tsx';
import type { TableData } from './table.ts';

export interface Saveable {
  readonly name: string;
  /** Made only when it is looked at or saved. */
  readonly table: () => TableData;
  /** What is drawn, where that is lines. */
  readonly curves?: CurvesProps | undefined;
}

const charts = new Set<{ readonly current: Saveable }>();

/** Lets a chart be saved with all the others, as long as it is there. */
export function useSaveable(saveable: Saveable): void {
  const latest = useRef(saveable);
  useEffect(() => {
    latest.current = saveable;
  });
  useEffect(() => {
    charts.add(latest);
    return () => void charts.delete(latest);
  }, []);
}

export const saveables = (): Saveable[] => [...charts].map(({ current }) => current);

/** The name of a chart's file, without its ending. */
export const fileOf = (name: string): string => `piecewise-${name.toLowerCase().replaceAll(' ', '-')}`;
