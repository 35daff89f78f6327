import { createContext } from 'react';
import { oneLine } from '#shared/visible';

/** Characters. */
const longestTitle = 200;

/** Copies a PNG to the clipboard through the main process; resolves to whether this succeeded. The window may not write there. */
export type CopyImage = (png: Uint8Array<ArrayBuffer>) => Promise<boolean>;
export const CopyImageContext = createContext<CopyImage>(() => Promise.resolve(false));

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The chart with its title, on the theme's background, so that the picture is self-contained. */
export async function pictureOf(
  title: string,
  drawn: HTMLCanvasElement,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const ratio = window.devicePixelRatio;
  const head = Math.round(28 * ratio);
  const canvas = document.createElement('canvas');
  canvas.width = drawn.width;
  canvas.height = drawn.height + head;
  const ctx = canvas.getContext('2d');
  if (ctx === null) return null;
  ctx.fillStyle = colour('--mantine-color-body');
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.fillStyle = colour('--mantine-color-text');
  ctx.font = `600 ${Math.round(13 * ratio)}px ${colour('--mantine-font-family')}`;
  ctx.textBaseline = 'middle';
  ctx.fillText(oneLine(title, longestTitle), 10 * ratio, head / 2);
  ctx.drawImage(drawn, 0, head);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
}
