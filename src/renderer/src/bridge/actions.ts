/** Actions that the menu asks of this window. An action that arrives while the page starts is done as soon as the page is there. */
import type { Action } from '#shared/contract/actions';

const waiting: Action[] = [];
let take: (action: Action) => void = (action) => void waiting.push(action);

/** Call once per page. */
export function startActions(): void {
  window.crema.onAction((action) => take(action));
}

/** Returns a function that stops it. */
export function takeActions(act: (action: Action) => void): () => void {
  take = act;
  for (const action of waiting.splice(0)) act(action);
  return () => {
    take = (action) => void waiting.push(action);
  };
}
