/** TODO */
export { readArguments } from './electron/openings';
