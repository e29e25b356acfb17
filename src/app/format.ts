/** How numbers are written on the page. Decimal units: 1 MB is 10⁶ bytes, as networks and shops count. */

/** A number with its unit, where text runs from right to left: it still reads `1.54 MB`, and not `MB 1.54`. */
let isolated = (text: string): string => text;
export function rightToLeft(): void {
  isolated = (text) => `\u2066${text}\u2069`;
}

const scaled = (value: number, units: readonly string[], digits: number): string => {
  let scale = 0;
  let rest = Math.abs(value);
  while (rest >= 999.5 && scale < units.length - 1) {
    rest /= 1000;
    scale++;
  }
  const places = scale === 0 ? 0 : rest < 10 ? digits : rest < 100 ? digits - 1 : 0;
  const sign = value < 0 ? '−' : '';
  return isolated(`${sign}${rest.toFixed(Math.max(0, places))}${units[scale] ? ` ${units[scale]}` : ''}`);
};

/** `4.20 MB`. */
export const bytes = (value: number): string => scaled(value, ['B', 'kB', 'MB', 'GB', 'TB'], 2);

/** The same on an axis, whose numbers are mostly round: `5 MB`. */
export const bytesOnAxis = (value: number): string =>
  bytes(value).replace(/\.(\d*?)0+(?= )/, (_, rest: string) => rest && `.${rest}`);

/** `1.46 M`; whole below a thousand. */
export const count = (value: number): string => scaled(value, ['', 'k', 'M', 'G', 'T'], 2);

/** `0.87 GFLOP`. */
export const flops = (value: number): string =>
  scaled(value, ['FLOP', 'kFLOP', 'MFLOP', 'GFLOP', 'TFLOP', 'PFLOP'], 2);

/** `97.9%`, from a share of 1. */
export const percent = (share: number): string =>
  Number.isFinite(share) ? `${(100 * share).toFixed(1)}%` : '–';

/** The same on an axis, whose numbers are mostly round: `75%`, `97.5%`. */
export const percentOnAxis = (share: number): string => `${Number((100 * share).toFixed(1))}%`;

/** `1,234`. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/** `0.8 s`, `12 s`, `3 min 20 s`, `1 h 05 min`. */
export const duration = (seconds: number): string => isolated(minutesAndSeconds(seconds));

/** Of what is to come, as exactly as it can be known: `8 s`, `75 s`, `3 min`, `1 h 10 min`. */
export const roughly = (seconds: number): string => {
  if (seconds < 90) return isolated(`${Math.max(1, Math.round(seconds))} s`);
  const minutes = Math.round(seconds / 60);
  return duration(minutes < 60 ? 60 * minutes : 600 * Math.round(minutes / 10));
};

function minutesAndSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  const rest = Math.round(seconds) % 60;
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Three significant digits, without trailing noise: `0.000334`, `1.52`, `24.1`; `1.16e-6`, `2.5e9` where zeros would hide them. */
export const significant = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  if (value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6))
    return String(Number(value.toPrecision(3)));
  const [digits, power] = value.toExponential(2).split('e');
  return `${Number(digits)}e${Number(power)}`;
};

/** `23 Nov 2026, 16:05` in the reader's own time and language, from an ISO date. */
export function moment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
