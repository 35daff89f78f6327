/** Replaces ajv in the bundle: conf imports ajv, but uses it only for schemas, and Crema passes none. */
export class Ajv2020 {
  constructor() {
    throw new Error('ajv is not part of Crema');
  }
}
export default { default: () => undefined };
