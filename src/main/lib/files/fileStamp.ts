/** Times in file names, in local time, because users search for them in local time. */

/** `2026-11-27T07-14-05` */
export function fileStamp(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replaceAll(':', '-');
}

/** `2026-11-27 07-14`, for names suggested to users. */
export const fileMinute = (at: number): string => fileStamp(at).slice(0, 16).replace('T', ' ');
