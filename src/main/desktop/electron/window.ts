import { join } from 'node:path';
import { nativeTheme, screen, type BrowserWindow } from 'electron';
import { lockedWindow } from './lockedWindow';

export interface Place {
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

const smallest = { width: 900, height: 560 };
/** ms. A window that has not drawn by then is shown empty, because a hidden window helps nobody. */
const longestHidden = 5_000;
const usual: Place = { width: 1280, height: 760, maximized: false };

export interface WindowOptions {
  readonly outDirectory: string;
  readonly place: Place | null;
  readonly savePlace: (place: Place) => void;
}

/** Opens a window without loading its page. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const place = options.place !== null && isOnScreen(options.place) ? options.place : usual;
  const { maximized, x, y, width, height } = place;
  const window = lockedWindow(
    {
      width,
      height,
      ...(x === undefined || y === undefined ? {} : { x, y }),
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181c' : '#ffffff',
      // Other systems use the program's own icon.
      ...(process.platform === 'linux' && { icon: join(options.outDirectory, 'icon.png') }),
    },
    join(options.outDirectory, 'preload', 'index.cjs'),
  );
  if (maximized) window.maximize();
  const show = (): void => {
    clearTimeout(patience);
    if (!window.isDestroyed() && !window.isVisible()) window.show();
  };
  const patience = setTimeout(show, longestHidden);
  window.once('ready-to-show', show);
  let saving: NodeJS.Timeout | null = null;
  const save = (): void => {
    if (saving !== null) clearTimeout(saving);
    saving = null;
    if (!window.isDestroyed())
      options.savePlace({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const saveSoon = (): void => {
    if (saving !== null) clearTimeout(saving);
    saving = setTimeout(save, 400);
  };
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const)
    window.on(event as 'resize', saveSoon);
  window.on('close', () => {
    if (saving !== null) save();
  });
  return window;
}

/** A saved position may be on a screen that is no longer connected. */
function isOnScreen(place: Place): boolean {
  const { x, y } = place;
  if (x === undefined || y === undefined) return true;
  return screen
    .getAllDisplays()
    .some(
      ({ workArea }) =>
        x + place.width > workArea.x + 80 &&
        x < workArea.x + workArea.width - 80 &&
        y >= workArea.y - 10 &&
        y < workArea.y + workArea.height - 80,
    );
}
