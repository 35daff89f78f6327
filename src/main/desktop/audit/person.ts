/** Who uses this computer. */
import { userInfo } from 'node:os';

/** The operating system knows no name of some users. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
