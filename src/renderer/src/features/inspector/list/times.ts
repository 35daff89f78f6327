/** The origin of the times in the time column. */
export const timeModes = ['absolute', 'delta', 'relative'] as const;
export type TimeMode = (typeof timeModes)[number];
export const isTimeMode = (value: unknown): value is TimeMode => timeModes.some((mode) => mode === value);

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** `+0.003 s`, `-12.500 s`, `+1:02.250`, `+3:01:02.250`: minutes and hours only if needed. */
export function signedTime(ms: number): string {
  const all = Math.abs(Math.round(ms));
  const sign = ms < 0 ? '-' : '+';
  const hours = Math.floor(all / 3_600_000);
  const minutes = Math.floor(all / 60_000) % 60;
  const seconds = `${Math.floor(all / 1000) % 60}.${pad(all % 1000, 3)}`;
  if (hours > 0) return `${sign}${hours}:${pad(minutes)}:${seconds.padStart(6, '0')}`;
  return minutes > 0 ? `${sign}${minutes}:${seconds.padStart(6, '0')}` : `${sign}${seconds} s`;
}
