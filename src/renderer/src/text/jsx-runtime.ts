/**
 * What the compiler makes of JSX in this window (`jsxImportSource`): every text that is drawn passes here, so that what a machine, a
 * file or another program wrote is shown with its unseen characters named, on every screen, whoever draws it.
 */
import { Fragment, jsx as draw, jsxs as drawAll } from 'react/jsx-runtime';
import { visibleProps } from './visible';

export type { JSX } from 'react/jsx-runtime';
export { Fragment };
export const jsx: typeof draw = (type, props, key) => draw(type, visibleProps(props), key);
export const jsxs: typeof drawAll = (type, props, key) => drawAll(type, visibleProps(props), key);
