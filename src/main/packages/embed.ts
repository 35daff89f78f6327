/** Parts of the package host that a tool runs in its own thread: the self-test of `doctor`, and the reader of uploaded files. */
export { PackageHost } from './host/host';
export { contentOf } from './uploads/content';
