/** Mean of the classes' accuracies, which a rare class counts in as much as a common one; NaN where none was measured. */
export function balancedAccuracy(classAccuracy: readonly (number | null)[]): number {
  const known = classAccuracy.filter((share) => share !== null);
  return known.reduce((sum, share) => sum + share, 0) / known.length;
}
