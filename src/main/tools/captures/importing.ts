/** The importer, loaded while the writing thread starts. */
export { importCapture } from '../../core/captures/in/importCapture';
export { importJsonl } from '../../core/captures/in/importJsonl';
export { Importer } from './importer';
