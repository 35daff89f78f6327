/** The development variant of jsx-runtime.ts. */
import { Fragment, jsxDEV as draw } from 'react/jsx-dev-runtime';
import { visibleProps } from './visible';

export type { JSX } from 'react/jsx-dev-runtime';
export { Fragment };
export const jsxDEV: typeof draw = (type, props, ...rest) => draw(type, visibleProps(props), ...rest);
