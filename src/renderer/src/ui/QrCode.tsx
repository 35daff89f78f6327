import { encode } from 'uqr';

interface QrCodeProps {
  readonly text: string;
  /** What it is and what it holds, for those that can't see it. */
  readonly label: string;
  /** CSS pixels of a side. */
  readonly size: number;
}

/** White around it, in modules: readers need four [ISO/IEC 18004]. */
const quiet = 4;

/** A QR code, black on white in every theme: readers expect that. */
export function QrCode({ text, label, size }: QrCodeProps) {
  const { data, size: side } = encode(text, { ecc: 'M', border: quiet });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      data-qr={text}
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path.join('')} fill="#000" />
    </svg>
  );
}
