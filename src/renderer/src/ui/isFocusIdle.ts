/** Whether a list may take the focus: nobody chose a control since the screen opened. The title has it until the list is there. */
export function isFocusIdle(): boolean {
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) return true;
  return activeElement.closest('nav') !== null || activeElement.matches('main, main :is(h1, h2)');
}
