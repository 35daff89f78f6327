/** Replaces ajv in the bundle: conf imports ajv, but uses it only for schemas, and Crema passes none. */
export const Ajv2020 = () => {
  throw new Error('ajv is not part of Crema');
};
export default { default: Ajv2020 };
