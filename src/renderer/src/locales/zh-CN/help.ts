/** 菜单打开的内容：关于 Crema、许可证。快捷键的文字另有一份。 */
import type { help as en } from '../en/help';
import type { Shape } from '../shape';

export const help: Shape<typeof en> = {
  help: {
    notDone: '没有成功',
    about: {
      title: '关于 Crema',
      what: 'Jetinno 咖啡机现场维护工具，采用 MIT 许可证。独立项目，与 Jetinno 公司无关。',
      version: '版本',
      kind: {
        release: '正式版',
        test: '测试版，使用旧版运行环境，仅供试用',
        development: '从源代码运行',
      },
      commit: '源代码',
      changed: '之后有改动',
      unknown: '未知',
      committed: '提交时间',
      system: '系统',
      folder: '数据目录',
      open: '打开数据目录',
      copy: '全部复制',
      copyWhat: '全部内容',
      copyFolder: '数据目录的路径',
    },
    licences: {
      title: '许可证',
      note: '随 Crema 一起提供的全部组件，各有自己的许可证。',
      search: '搜索名称、许可证和正文',
      clear: '清空搜索',
      list: '随 Crema 提供的组件',
      found: '共{{all, number}}项，显示{{count, number}}项',
      nothing: '没有找到。',
      text: '{{name}} 的许可证正文',
      apart: '数量多、篇幅长，另存为程序旁边的一个网页文件。',
      open: '在浏览器中打开',
      copyWhat: '这份许可证的正文',
      copy: '复制',
    },
  },
};
