import { querysupplies_r } from '#shared/messages/querysupplies';
import { on } from './on';
import { reported } from './status';

export const apply = on(querysupplies_r, reported);
