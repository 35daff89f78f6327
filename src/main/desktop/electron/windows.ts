/** The open windows. The first opens at its last position; others are for further screens. All show the same app. */
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

/** Pixels by which another window is moved, so that it does not hide the one it came from. */
const offset = 32;
/** Limit, so that a held key does not open windows without end. */
const maxWindows = 8;

export class Windows {
  readonly #options: WindowsOptions;
  readonly #windows = new Set<BrowserWindow>();
  /** Where windows were told to go and have not said yet that they are on their way. */
  readonly #places = new WeakMap<BrowserWindow, readonly OutsidePlace[]>();

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  /** One that is being closed is gone before it says so, and whatever it is asked then fails. */
  get #open(): readonly BrowserWindow[] {
    return [...this.#windows].filter((window) => !window.isDestroyed() && !window.webContents.isDestroyed());
  }

  openFirst(): void {
    if (this.#open.length === 0) this.#add(this.#options.place());
  }

  /** One more window; at most eight. */
  open(): void {
    if (this.#open.length >= maxWindows) return this.toFront();
    const bounds = this.#open.at(-1)?.getNormalBounds();
    this.#add(
      bounds === undefined
        ? this.#options.place()
        : { ...bounds, x: bounds.x + offset, y: bounds.y + offset, maximized: false },
    );
  }

  /** Opens one where there is none. */
  toFront(): void {
    this.openFirst();
    const window = this.#open.at(-1);
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  }

  /** Brings a window to the front and to a place of the app. One that is still loading goes to all that it was told, in their order. */
  show(place: OutsidePlace): void {
    this.toFront();
    const window = this.#open.at(-1);
    if (window === undefined) return;
    const places = [...(this.#places.get(window) ?? []), place];
    this.#places.set(window, places);
    const hash = outsideHash(places);
    const contents = window.webContents;
    contents.loadURL(`${this.#options.url}${hash}`).catch((error: unknown) => {
      // The page was on its way: it is asked for with the place now.
      if (!/ERR_ABORTED/.test(String(error)) && !contents.isDestroyed())
        this.#options.problem(`the window could not be brought to ${hash}: ${String(error)}`);
    });
  }

  /** Has a window do what one of its keys or buttons does: the one in front. */
  act(action: Action): void {
    const inFront = this.#open.find((window) => window.isFocused());
    if (inFront === undefined) this.toFront();
    const contents = (inFront ?? this.#open.at(-1))?.webContents;
    const send = (): void => {
      if (contents?.isDestroyed() === false) contents.send(actionChannel, action);
    };
    // A page that is on its way hears nothing yet.
    if (contents?.isLoadingMainFrame() === true) contents.once('did-finish-load', send);
    else send();
  }

  /** The screen that each shows, and nothing of what is on it. */
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
