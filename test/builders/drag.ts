/** Files dragged onto the window as the system does it: by their paths. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export interface Dragged {
  readonly file: string;
  readonly x: number;
  readonly y: number;
  /** The text of the window while the file is held there. */
  readonly text: string;
}

/** Holds the file there. The result drops it. */
export async function drag(page: Page, { file, x, y, text }: Dragged): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  const drags = async (type: 'dragEnter' | 'dragOver' | 'drop'): Promise<void> => {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  };
  await drags('dragEnter');
  // Repeated while it is held there.
  await expect
    .poll(async () => {
      await drags('dragOver');
      return page.getByText(text).isVisible();
    })
    .toBe(true);
  await drags('dragOver');
  return () => drags('drop');
}
