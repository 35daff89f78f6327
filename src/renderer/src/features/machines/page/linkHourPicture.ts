/** The picture of a connection's last hour: the shapes of each minute, and a canvas for the clipboard. */
import type { MinuteShown } from '#shared/model/linkMinutes';

/** In units of the picture: width of a minute, height of a heartbeat, and the number of heartbeats that fit. */
const [width, height, room] = [4, 6, 5];
const base = height * room;
export const hourSize = { width: 60 * width, height: base + 6 } as const;

/** The last minute is at the right. */
export const placeOf = (index: number, count: number): number => (60 - count + index) * width;

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Corner = readonly [x: number, y: number];

/** Received heartbeats are filled, missing ones hollow, and an opened connection is a triangle below. */
export function minuteShapes(
  { beats, missing, opened }: Pick<MinuteShown, 'beats' | 'missing' | 'opened'>,
  x: number,
): { readonly beats: Rect; readonly missing: Rect; readonly opened: readonly Corner[] } {
  const heard = Math.min(beats, room) * height;
  const gone = Math.min(missing, room - Math.min(beats, room)) * height;
  return {
    beats: { x: x + 0.5, y: base - heard, width: width - 1, height: heard },
    missing: {
      x: x + 0.9,
      y: base - heard - gone + 0.4,
      width: width - 1.8,
      height: Math.max(0, gone - 0.8),
    },
    opened:
      opened > 0
        ? [
            [x, base + 6],
            [x + width, base + 6],
            [x + width / 2, base + 1],
          ]
        : [],
  };
}

/** px for a unit of the picture. */
const scale = 4;

/** In the page's colours. */
export function hourCanvas(minutes: readonly MinuteShown[]): HTMLCanvasElement | null {
  const canvas = document.createElement('canvas');
  canvas.width = hourSize.width * scale;
  canvas.height = hourSize.height * scale;
  const ctx = canvas.getContext('2d');
  if (ctx === null) return null;
  const style = getComputedStyle(document.documentElement);
  const [heard, gone, opened] = ['--state-online', '--state-fault', '--accent-text'].map((name) =>
    style.getPropertyValue(name).trim(),
  );
  ctx.scale(scale, scale);
  ctx.lineWidth = 0.8;
  ctx.strokeStyle = gone ?? '';
  for (const [index, one] of minutes.entries()) {
    const drawn = minuteShapes(one, placeOf(index, minutes.length));
    const { beats, missing } = drawn;
    ctx.fillStyle = heard ?? '';
    ctx.fillRect(beats.x, beats.y, beats.width, beats.height);
    if (missing.height > 0) ctx.strokeRect(missing.x, missing.y, missing.width, missing.height);
    ctx.fillStyle = opened ?? '';
    ctx.beginPath();
    for (const corner of drawn.opened) ctx.lineTo(...corner);
    ctx.fill();
  }
  return canvas;
}
