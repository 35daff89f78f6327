/** What an import reads with: loaded while the thread starts that writes. */
export { importCapture } from '../journal/files/in/importCapture';
export { importJsonl } from '../journal/files/in/importJsonl';
export { Importer } from './importer';
