/** Points a line may have on screen: beyond that nobody sees a difference, and redraws get slow. */
export const MOST_POINTS = 500;

/**
 * Thins a line to at most `limit` points and keeps its extremes: the points are divided into buckets, of each the lowest
 * and the highest stay, in their order; the first and last point always stay.
 *
 * @param limit At least 4.
 */
export function decimate<P extends { readonly y: number }>(
  points: readonly P[],
  limit = MOST_POINTS,
): readonly P[] {
  if (points.length <= limit) return points;
  const inner = points.length - 2;
  const buckets = Math.floor((limit - 2) / 2);
  const kept: P[] = [points[0]];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = 1 + Math.floor((bucket * inner) / buckets);
    const to = 1 + Math.floor(((bucket + 1) * inner) / buckets);
    let low = from;
    let high = from;
    for (let i = from + 1; i < to; i++) {
      if (points[i].y < points[low].y) low = i;
      if (points[i].y > points[high].y) high = i;
    }
    kept.push(points[Math.min(low, high)]);
    if (low !== high) kept.push(points[Math.max(low, high)]);
  }
  kept.push(points[points.length - 1]);
  return kept;
}
