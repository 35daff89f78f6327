/** Times in names of files, as the clock on the wall says them: who looks for the file of this morning looks for that. */

/** `2026-11-27T07-14-05` */
export function fileStamp(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replaceAll(':', '-');
}

/** `2026-11-27 07-14`: in names that people are offered. */
export const fileMinute = (at: number): string => fileStamp(at).slice(0, 16).replace('T', ' ');
