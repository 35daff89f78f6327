/** A notification of the desktop. Where the system shows none nothing fails. */
import { Notification } from 'electron';

export interface Told {
  readonly title: string;
  readonly body: string;
  readonly onClick: () => void;
}

/** One that nobody keeps is collected, and its click with it. */
const shown = new Set<Notification>();
const kept = 50;

/** False: this system shows none. */
export function notify({ title, body, onClick }: Told, problem: (detail: string) => void): boolean {
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
