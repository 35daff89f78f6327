/** The interface of the package host and the package library for other threads. */
export { addressOf, originOf, type Offer } from './host/address';
export type { Hosted } from './host/hostCalls';
export { PackageHostClient, transferKey } from './host/hostClient';
export type { OfferCalls, OfferEvents } from './host/hostCalls';
export { hashFile } from './library/openFile';
export { PackageLibrary, type Expected } from './library/library';
export type { Refusal } from './library/messages';
export { fileErrorOf, SpoiltFiles } from './library/spoiltFiles';
export { updateXml } from './library/updateXml';
export { fetchedPath } from './uploads/fetchedPath';
export { endUnfinished, keptFiles, mostFetched, uploadError, type Asked } from './uploads/keep';
