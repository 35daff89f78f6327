/** A picture as it is kept of a machine: small, a JPEG, and with nothing in it but the picture. */
import { photoLimits } from '#shared/limits';

/** How well it is written, from well to badly: the first that is small enough. */
const qualities = [0.85, 0.7, 0.5, 0.3];

export const photoAddress = (photo: string): string => `crema://app/photos/${photo}`;

/** The size within the longest side that is kept, whole pixels. */
export function fitted(width: number, height: number): { readonly width: number; readonly height: number } {
  const by = Math.min(1, photoLimits.pixels / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) };
}

/** `null`: it can't be read as a picture. */
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
  // Where the picture is seen through, JPEG would be black.
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
