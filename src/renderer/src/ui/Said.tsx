import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

/** What a screen reader says when it changes: the state alone, as times that go on stand beside it for the eye. It must be there before. */
export function Said({ children }: { readonly children: ReactNode }) {
  return (
    <VisuallyHidden component="span" role="status">
      {children}
    </VisuallyHidden>
  );
}
