/** What a command says on the standard error when it runs in the test's own process: a process of its own costs half a second of the processor. */
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
