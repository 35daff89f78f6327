/** What an import reads with: loaded while the thread starts that writes. */
export { importCapture } from '../../core/captures/in/importCapture';
export { importJsonl } from '../../core/captures/in/importJsonl';
export { Importer } from './importer';
