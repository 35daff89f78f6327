/** Standard error of a command that runs in the test's process. A separate process costs half a second of CPU time. */
import { vi } from 'vitest';

export async function withStandardError<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly stderr: string }> {
  let stderr = '';
  const written = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    stderr += String(chunk);
    return true;
  });
  try {
    const value = await work();
    return { value, stderr };
  } finally {
    written.mockRestore();
  }
}
