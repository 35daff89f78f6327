/** The open windows. The first opens at its last position; more windows are for additional screens. All show the same app. */
import type { BrowserWindow, WebContents } from 'electron';
import type { Action } from '#shared/contract/actions';
import { actionChannel } from '#shared/contract/channels';
import { outsideHash, parseOutsideHash, type OutsidePlace } from '#shared/outside';
import { keepAlive, type KeepAliveOptions } from './keepAlive';
import { openWindow, type Place } from './window';

export interface WindowsOptions extends KeepAliveOptions {
  readonly outDirectory: string;
  readonly place: () => Place | null;
  readonly savePlace: (place: Place) => void;
  readonly onOpened: (contents: WebContents) => void;
}

/** Pixels by which a new window is moved, so that it does not cover the previous one. */
const offset = 32;
/** Limits the windows that a held key can open. */
const maxWindows = 8;

export class Windows {
  readonly #options: WindowsOptions;
  readonly #windows = new Set<BrowserWindow>();
  /** Places sent to windows that have not begun to navigate yet. */
  readonly #places = new WeakMap<BrowserWindow, readonly OutsidePlace[]>();

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  /** Without windows that are being closed: their web contents are already destroyed and every call fails. */
  get #open(): readonly BrowserWindow[] {
    return [...this.#windows].filter((window) => !window.isDestroyed() && !window.webContents.isDestroyed());
  }

  openFirst(): void {
    if (this.#open.length === 0) this.#add(this.#options.place());
  }

  /** Opens another window, at most eight. */
  open(): void {
    if (this.#open.length >= maxWindows) return this.toFront();
    const bounds = this.#open.at(-1)?.getNormalBounds();
    this.#add(
      bounds === undefined
        ? this.#options.place()
        : { ...bounds, x: bounds.x + offset, y: bounds.y + offset, maximized: false },
    );
  }

  /** Opens a window if none is open. */
  toFront(): void {
    this.openFirst();
    const window = this.#open.at(-1);
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  }

  /** Brings a window to the front and to a place of the app. A loading window visits all requested places in order. */
  show(place: OutsidePlace): void {
    this.toFront();
    const window = this.#open.at(-1);
    if (window === undefined) return;
    const places = [...(this.#places.get(window) ?? []), place];
    this.#places.set(window, places);
    const hash = outsideHash(places);
    const contents = window.webContents;
    contents.loadURL(`${this.#options.url}${hash}`).catch((error: unknown) => {
      // The page was still loading. It is loaded again with the place.
      if (!/ERR_ABORTED/.test(String(error)) && !contents.isDestroyed())
        this.#options.problem(`the window could not be brought to ${hash}: ${String(error)}`);
    });
  }

  /** Sends the action of a key or button to the front window. */
  act(action: Action): void {
    const inFront = this.#open.find((window) => window.isFocused());
    if (inFront === undefined) this.toFront();
    const contents = (inFront ?? this.#open.at(-1))?.webContents;
    const send = (): void => {
      if (contents?.isDestroyed() === false) contents.send(actionChannel, action);
    };
    // A loading page does not receive messages yet.
    if (contents?.isLoadingMainFrame() === true) contents.once('did-finish-load', send);
    else send();
  }

  /** The name of each window's screen, without its content. */
  screens(): readonly string[] {
    return this.#open.map(({ webContents }) => /#\/(\w+)/.exec(webContents.getURL())?.[1] ?? '');
  }

  #add(place: Place | null): void {
    const { outDirectory, savePlace, onOpened } = this.#options;
    const window = openWindow({ outDirectory, place, savePlace });
    this.#windows.add(window);
    window.on('closed', () => this.#windows.delete(window));
    window.webContents.on('did-navigate-in-page', (_event, url) => {
      if (parseOutsideHash(new URL(url).hash) === null) this.#places.delete(window);
    });
    onOpened(window.webContents);
    keepAlive(window, this.#options);
  }
}
