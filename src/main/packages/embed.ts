/**
 * Parts of the package host for tools, which run them in their own thread: the
 * self-test of `doctor`, and the reader of uploaded files.
 */
export { PackageHost } from './host/host';
export { contentOf } from './uploads/content';
