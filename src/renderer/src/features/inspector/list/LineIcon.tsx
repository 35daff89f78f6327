import type { FrameRow } from '#shared/model/frame';

/** Tabler Icons (MIT) as single paths: their components have up to seven nodes each, which is too much for thousands of lines. */
const arrow = 'M5 12h14M13 18l6-6M13 6l6 6';
const plug =
  'M7 12l5 5l-1.5 1.5a3.536 3.536 0 1 1-5-5l1.5-1.5M17 12l-5-5l1.5-1.5a3.536 3.536 0 1 1 5 5l-1.5 1.5M3 21l2.5-2.5M18.5 5.5l2.5-2.5M10 11l-2 2M13 14l-2 2';
const icons = {
  frame: arrow,
  junk: arrow,
  opened: plug,
  closed: `${plug}M20 16l-4 4M16 16l4 4`,
  finding: 'M5 5a5 5 0 0 1 7 0a5 5 0 0 0 7 0v9a5 5 0 0 1-7 0a5 5 0 0 0-7 0v-9M5 21v-7',
  foldOpen: 'M6 9l6 6l6-6',
  foldClosed: 'M9 6l6 6l-6 6',
} as const satisfies Readonly<Record<FrameRow['kind'] | 'foldOpen' | 'foldClosed', string>>;

export type LineIconName = keyof typeof icons;

interface LineIconProps {
  readonly name: LineIconName;
  readonly label: string;
  readonly className: string | undefined;
}

/** The icon at the beginning of a line. */
export function LineIcon({ name, label, className }: LineIconProps) {
  return (
    <svg
      width={14}
      height={14}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      role="img"
      aria-label={label}
      className={className}
      data-cell="dir"
    >
      <path d={icons[name]} />
    </svg>
  );
}
