import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The only accent colour: petrol, distinct from every colour of a state. */
const petrol: MantineColorsTuple = [
  '#eaf4f7',
  '#d2e6ed',
  '#a5cedb',
  '#76b6c9',
  '#52a2b9',
  '#2f8ba6',
  '#1a7490',
  '#14617a',
  '#0f4d62',
  '#0a3848',
];
const gray: MantineColorsTuple = [
  '#f7f8f9',
  '#f0f2f4',
  '#e4e7ea',
  '#d6dade',
  '#c2c8ce',
  '#98a1aa',
  '#5c6570',
  '#434a53',
  '#2e343b',
  '#1c2025',
];
const dark: MantineColorsTuple = [
  '#d5d9de',
  '#b4bac2',
  '#9aa1ac',
  '#6d747f',
  '#3b4048',
  '#2d3138',
  '#22262c',
  '#16181c',
  '#111316',
  '#0c0d0f',
];
/** For actions that can't be undone. White text on it is readable, unlike on Mantine's red. */
const red: MantineColorsTuple = [
  '#fdeeee',
  '#fad9d9',
  '#f3b0b0',
  '#ec8585',
  '#e26060',
  '#d84444',
  '#c22b2b',
  '#a82222',
  '#8e1b1b',
  '#6f1414',
];

const sans =
  'system-ui, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const mono =
  'ui-monospace, "Cascadia Mono", Consolas, Menlo, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace';

/** Dense: a technician's laptop has 768 lines. */
const small = { defaultProps: { size: 'xs' } };
/** [ours] Characters. Without a limit, a field would freeze the window for minutes if 50 MB were pasted. */
const field = { defaultProps: { size: 'xs', maxLength: 2_000 } };
/** The list scrolls itself (controls.css), with a visible bar. Inside Mantine's own area, screen readers would find a part without a name. */
const dropdown = { defaultProps: { ...field.defaultProps, withScrollArea: false } };
const noTransition = { defaultProps: { transitionProps: { duration: 0 } } };

/** Sizes come from tokens.css, and those of controls from controls.css. */
export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 6, dark: 6 },
  colors: { petrol, gray, dark, red },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  defaultRadius: 'var(--radius)',
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontSizes: {
    xs: 'var(--text-small)',
    sm: 'var(--text-body)',
    md: 'var(--text-body)',
    lg: 'var(--text-name)',
    xl: 'var(--text-title)',
  },
  fontWeights: { regular: '400', medium: '400', bold: 'var(--bold)' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.4', lg: '1.4', xl: '1.3' },
  spacing: {
    xs: 'var(--gap-1)',
    sm: 'var(--gap-2)',
    md: 'var(--gap-3)',
    lg: 'var(--gap-4)',
    xl: 'var(--gap-5)',
  },
  headings: {
    fontWeight: 'var(--bold)',
    sizes: {
      h1: { fontSize: 'var(--text-title)' },
      h2: { fontSize: 'var(--text-name)' },
      h3: { fontSize: 'var(--text-body)' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'filled' } },
    TextInput: field,
    // Its arrows are half a field high. Arrow keys step too.
    NumberInput: { defaultProps: { size: 'xs', maxLength: 40, hideControls: true } },
    PasswordInput: field,
    Textarea: field,
    Autocomplete: dropdown,
    TagsInput: field,
    Select: dropdown,
    NativeSelect: small,
    Checkbox: small,
    Radio: small,
    Switch: small,
    SegmentedControl: small,
    ActionIcon: { defaultProps: { size: 'sm', variant: 'subtle', color: 'gray' } },
    Menu: noTransition,
    Popover: noTransition,
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 0 } } },
  },
});

/** The colour of a field's error: Mantine's own can't be read on a dark page. */
const error = { '--mantine-color-error': 'var(--state-critical)' };

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-placeholder': gray[6], '--mantine-color-dimmed': gray[6], ...error },
  dark: { '--mantine-color-placeholder': dark[2], '--mantine-color-dimmed': dark[2], ...error },
});
