/** Charts of any screen. */

export const chart = {
  chart: {
    keys: 'Arrow keys go from one to the next.',
    copy: 'Copy “{{title}}” as a picture',
    copied: 'Copied',
    failed: 'The picture could not be copied',
  },
} as const;
