/** Shows a desktop notification. On a system without notifications nothing fails. */
import { Notification } from 'electron';

export interface Notice {
  readonly title: string;
  readonly body: string;
  readonly onClick: () => void;
}

/** Keeps references: without one, a notification and its click handler are garbage-collected. */
const shown = new Set<Notification>();
const kept = 50;

/** Returns false if this system shows no notifications. */
export function notify({ title, body, onClick }: Notice, problem: (detail: string) => void): boolean {
  if (!Notification.isSupported()) return false;
  const notification = new Notification({ title, body });
  const over = (): void => void shown.delete(notification);
  notification.on('click', () => {
    over();
    onClick();
  });
  notification.on('close', over);
  notification.on('failed', (_event, error) => {
    over();
    problem(`a notification was not shown: ${error}`);
  });
  shown.add(notification);
  const [oldest] = shown;
  if (shown.size > kept && oldest !== undefined) shown.delete(oldest);
  notification.show();
  return true;
}
