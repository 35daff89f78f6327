/** Stands for ajv in the bundle: conf imports it, and uses it only for schemas that Crema does not pass. */
export class Ajv2020 {
  constructor() {
    throw new Error('ajv is not part of Crema');
  }
}
export default { default: () => undefined };
