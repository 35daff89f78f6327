import { encode } from 'uqr';

interface QrCodeProps {
  readonly text: string;
  /** An accessible description of the code and its content. */
  readonly label: string;
  /** Side length, CSS pixels. */
  readonly size: number;
}

/** White margin, in modules: readers need four [ISO/IEC 18004]. */
const quiet = 4;

/** A QR code, black on white in every theme, as readers expect. */
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
