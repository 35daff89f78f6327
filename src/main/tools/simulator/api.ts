/** What the app uses of the virtual machines. */
export { SimulatorHost } from './host';
