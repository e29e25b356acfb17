import { describe, expect, it } from 'vitest';
import { COURSES, moved, statusOf, type Course, type Move } from './course.ts';

const courses = Object.keys(COURSES) as Course[];
const walk = (...moves: Move[]) => moves.reduce<Course>(moved, 'idle');

describe('the course of a run', () => {
  it('leads from being asked for through recovery to its end', () => {
    expect(walk('ask', 'settle', 'open', 'train', 'pause', 'train', 'join', 'recover', 'finish')).toBe(
      'finished',
    );
    expect(walk('ask', 'withdraw')).toBe('idle');
  });

  it('comes to every state, and from each with devices to its end', () => {
    const reached = new Set<Course>(['idle']);
    for (const course of reached) for (const next of Object.values(COURSES[course])) reached.add(next);
    expect([...reached].sort()).toEqual([...courses].sort());
    const withDevices = courses.filter((course) => !['idle', 'asked'].includes(course));
    for (const course of withDevices) expect(moved(course, 'stop')).toBe('stopped');
  });

  it('trains nothing before it is settled, nor after it has stopped', () => {
    for (const course of ['idle', 'asked', 'stopped'] as const)
      for (const move of ['open', 'train', 'join', 'recover', 'finish'] as const)
        expect(() => moved(course, move)).toThrow(`A run that is ${course} cannot ${move}.`);
  });

  it('is idle on the page only where no run works', () => {
    expect(courses.filter((course) => statusOf(course) === 'idle')).toEqual(['idle', 'stopped']);
  });
});
