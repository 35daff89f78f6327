/** The direct link of the settings: other machines are closed, and the first machine that connects can take it. */
import { listensAt } from '#shared/model/listener';
import type { DirectLink } from '#shared/model/served';
import type { Choices } from '../requests/choices';
import type { ServerParts } from './serverParts';

interface ReservedLinkParts {
  readonly choices: Choices;
  /** `null`: the server is not open, so no machine is connected. */
  readonly parts: () => ServerParts | null;
  /** The link is for the first machine: this one. */
  readonly onFirst: (vmcNo: number) => void;
}

export class ReservedLink {
  readonly #parts: ReservedLinkParts;

  constructor(parts: ReservedLinkParts) {
    this.#parts = parts;
  }

  /** Closes other connections: a machine that is already connected has no claim to the direct link. */
  reserve(link: DirectLink): void {
    const { server, listener } = this.#parts.parts() ?? {};
    if (listener === undefined) return;
    const { state } = listener;
    server?.closeOthers(link, (address) => state.status !== 'listening' || listensAt(state, address));
  }

  /** A machine sent a frame. */
  heard(vmcNo: number): void {
    const { choices, onFirst } = this.#parts;
    const { settings } = choices;
    const { directLink } = settings;
    if (directLink?.vmcNo !== null) return;
    const link = { ...directLink, vmcNo };
    choices.change({ settings: { ...settings, directLink: link } });
    this.reserve(link);
    onFirst(vmcNo);
  }
}
