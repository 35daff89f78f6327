/** The user of this computer. */
import { userInfo } from 'node:os';

/** The operating system has no name for some users. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
