/** The virtual machines. */
export { SimulatorHost } from './host';
