/** Whether a text is a day of the calendar, such as 2026-12-01. */
export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  // A day that a month lacks would be a day of the next month.
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}
