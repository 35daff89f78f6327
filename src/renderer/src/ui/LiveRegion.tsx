import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

/** Announces a state to screen readers when it changes, without the running times beside it. The element must exist before the change. */
export function LiveRegion({ children }: { readonly children: ReactNode }) {
  return (
    <VisuallyHidden component="span" role="status">
      {children}
    </VisuallyHidden>
  );
}
