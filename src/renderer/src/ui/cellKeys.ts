import type { KeyboardEvent } from 'react';

/** For an input in a table: Enter goes to the next cell, with Shift to the previous one. It never sends the form. */
export function moveOnEnter(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  const { currentTarget } = event;
  const cells = [
    ...(currentTarget.closest('table')?.querySelectorAll<HTMLInputElement>('input:enabled') ?? []),
  ];
  const next = cells[cells.indexOf(currentTarget) + (event.shiftKey ? -1 : 1)];
  next?.focus();
  next?.select();
}
