import type { ReactNode } from 'react';

interface GluedProps {
  readonly text: string;
  /** Icons, which stay on the line of the text's last character. */
  readonly children: ReactNode;
}

export function Glued({ text, children }: GluedProps) {
  const last = Array.from(text).at(-1) ?? '';
  return (
    <>
      {text.slice(0, text.length - last.length)}
      <span style={{ whiteSpace: 'nowrap' }}>
        {last} {children}
      </span>
    </>
  );
}
