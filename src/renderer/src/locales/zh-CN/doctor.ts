/** “检查本机”：各行内容在 shared/doctorWords.ts。 */
import type { doctor as en } from '../en/doctor';
import type { Shape } from '../shape';

export const doctor: Shape<typeof en> = {
  doctor: {
    title: '本机',
    note: '逐项检查 Crema 对本机的要求并给出处理办法，不做任何改动。',
    check: '检查本机',
    again: '重新检查',
    stop: '停止',
    progress: '已检查 {{done}} / {{all}}项',
    copy: '复制为文本',
    what: '检查结果',
    summary: {
      ok: '一切正常。',
      warning: '可以使用，请留意带 ! 的各行。',
      problem: '请按带 ✗ 的各行处理。',
    },
    level: { ok: '正常', warning: '注意', problem: '问题' },
  },
};
