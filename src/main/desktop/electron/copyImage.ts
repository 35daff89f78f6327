/** Copies a picture from the window to the clipboard, which pages may not write. */
import * as electron from 'electron';
import { isPng } from './png';

/** Electron's clipboard before it supported items. */
interface OlderClipboard {
  readonly writeImage?: (image: electron.NativeImage) => void;
}

/** Returns whether the bytes were a picture. */
export async function copyImage(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (!isPng(bytes)) return false;
  const { clipboard, nativeImage } = electron;
  const older = clipboard as OlderClipboard;
  if (older.writeImage === undefined) {
    const picture = new Blob([bytes], { type: 'image/png' });
    await clipboard.write([new electron.ClipboardItem({ 'image/png': picture })]);
    return true;
  }
  const image = nativeImage.createFromBuffer(Buffer.from(bytes));
  if (image.isEmpty()) return false;
  older.writeImage(image);
  return true;
}
