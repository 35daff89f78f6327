/** All messages of both directions (docs/protocol/messages.md), those of machines first. */
import { checkorder, checkorder_r } from './checkorder';
import { clearwarning } from './clearwarning';
import { discount } from './discount';
import { error, error_r } from './error';
import { feedrecord, feedrecord_r } from './feedrecord';
import { hb, hb_out } from './hb';
import { login, login_r } from './login';
import { machinestatus } from './machinestatus';
import { door_open, opendoor } from './opendoor';
import {
  barcode,
  bottommenu,
  clearscreensaver,
  facepay,
  openminidoor,
  passwords,
  screensaver,
  shutdown,
  url_r,
} from './onlyNamed';
import { pay_done, paydone_r } from './pay_done';
import { priceset } from './priceset';
import { productdone, productdone_r } from './productdone';
import { products, products_r } from './products';
import { qrcode, qrcode_r } from './qrcode';
import { querysupplies, querysupplies_r } from './querysupplies';
import { reboot } from './reboot';
import { remoteOf } from './remote';
import { rinsing } from './rinsing';
import { rinsingrecord, rinsingrecord_r } from './rinsingrecord';
import { statusquery, statusquery_r } from './statusquery';
import { upgrade } from './upgrade';
import { upordrecipe, upordrecipe_r } from './upordrecipe';

/** Includes the messages that android receives wrapped in it. android's bare reboot is a separate message. */
export const remote = remoteOf([opendoor, rinsing, products]);

export const messages = [
  hb,
  hb_out,
  login,
  login_r,
  machinestatus,
  error,
  error_r,
  clearwarning,
  qrcode,
  qrcode_r,
  productdone,
  productdone_r,
  checkorder,
  checkorder_r,
  rinsingrecord,
  rinsingrecord_r,
  feedrecord,
  feedrecord_r,
  upordrecipe,
  upordrecipe_r,
  pay_done,
  paydone_r,
  statusquery,
  statusquery_r,
  querysupplies,
  querysupplies_r,
  products,
  products_r,
  reboot,
  opendoor,
  door_open,
  rinsing,
  priceset,
  discount,
  upgrade,
  remote,
  barcode,
  facepay,
  url_r,
  openminidoor,
  bottommenu,
  screensaver,
  clearscreensaver,
  passwords,
  shutdown,
] as const;
