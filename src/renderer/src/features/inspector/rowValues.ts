import type { EditField, EditValue } from '#shared/filter/language/edit';
import type { FrameRow } from '#shared/model/frame';

/** A value of a row that the list can be filtered by. */
export interface RowValue {
  /** The cell that shows it. */
  readonly cell: string;
  readonly field: EditField;
  readonly value: EditValue;
}

const orderNumber = /"order_?no"\s*:\s*"?([^",}\s]+)/i;
const errorCode = /"error_?code"\s*:\s*"([^"]+)"/i;

export function rowValues(row: FrameRow, ofAll: boolean): readonly RowValue[] {
  const values: RowValue[] = [];
  if (ofAll) values.push({ cell: 'vmc', field: 'vmc', value: row.vmcNo });
  if (row.kind !== 'frame') values.push({ cell: 'cmd', field: 'kind', value: row.kind });
  else values.push({ cell: 'cmd', field: 'cmd', value: row.cmd });
  if (row.dir !== null) values.push({ cell: 'dir', field: 'dir', value: row.dir });
  for (const code of new Set(row.findings.map((finding) => finding.code)))
    values.push({ cell: 'finding', field: 'finding', value: code });
  const order = orderNumber.exec(row.text)?.[1];
  if (order !== undefined) values.push({ cell: 'text', field: 'order', value: order });
  const code = row.cmd === 'error' ? errorCode.exec(row.text)?.[1] : undefined;
  if (code !== undefined) values.push({ cell: 'text', field: 'code', value: code });
  if (row.dir !== null) values.push({ cell: 'size', field: 'size', value: row.size });
  values.push({ cell: 'conn', field: 'conn', value: row.conn });
  return values;
}
