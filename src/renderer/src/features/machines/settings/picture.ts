/** Scales a picture for storage: small, a JPEG, and without metadata. */
import { photoLimits } from '#shared/limits';

/** JPEG qualities, best first: the first with a small enough file is used. */
const qualities = [0.85, 0.7, 0.5, 0.3];

export const photoAddress = (photo: string): string => `crema://app/photos/${photo}`;

/** The size scaled to the longest stored side, whole pixels. */
export function fitted(width: number, height: number): { readonly width: number; readonly height: number } {
  const by = Math.min(1, photoLimits.pixels / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) };
}

/** `null`: not readable as a picture. */
export async function smallerPicture(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return null;
  }
  const { width, height } = fitted(bitmap.width, bitmap.height);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) return null;
  // JPEG would turn transparent pixels black.
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  for (const quality of qualities) {
    const written = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (written.size <= photoLimits.bytes) return new Uint8Array(await written.arrayBuffer());
  }
  return null;
}
