/**
 * The JSX runtime of this window (`jsxImportSource`). Every displayed text passes through here, so that invisible characters from machines,
 * files and other programs are named on every screen.
 */
import { Fragment, jsx as draw, jsxs as drawAll } from 'react/jsx-runtime';
import { visibleProps } from './visible';

export type { JSX } from 'react/jsx-runtime';
export { Fragment };
export const jsx: typeof draw = (type, props, key) => draw(type, visibleProps(props), key);
export const jsxs: typeof drawAll = (type, props, key) => drawAll(type, visibleProps(props), key);
