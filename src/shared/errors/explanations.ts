/**
 * The meaning of codes for the machine, and the usual causes. The texts are ours, based on the titles in the tables [field]. Like the
 * remedies they are unverified suggestions, and the window marks them as such.
 */
import type { Words } from '../words';

export interface Explanation {
  readonly meaning: Words;
  readonly cause: Words;
}

type Row = readonly [codes: RegExp, meaning: Words, cause: Words];
const words = (en: string, zh: string): Words => ({ en, zh });

/** `codes` match a whole code without its prefix. The first match counts. */
const rows: readonly Row[] = [
  [
    /^0000$/,
    words('Something failed that the machine has no code for.', '机器内部出错，但没有对应的代码。'),
    words(
      'The code does not show it. Check the records just before it.',
      '代码本身说明不了，请看它之前的记录。',
    ),
  ],
  [
    /^52[01][0-9A-F]$/,
    words(
      'The board has switched an output off, because too much current went through it.',
      '某一路输出电流过大，电路板已将其关断。',
    ),
    words('A shorted motor, valve or wire, or a motor that is held.', '电机、阀或线路短路，或电机堵转。'),
  ],
  [
    /^5300$/,
    words(
      'The cup sensor sees no cup: drinks that need one can’t be made.',
      '杯子传感器检测不到杯子，需要出杯的饮品无法制作。',
    ),
    words('The tubes are empty, or the sensor is dirty or unplugged.', '杯桶已空，或传感器脏污、插头松动。'),
  ],
  [
    /^5406$/,
    words('A cup was to be dropped several times, and none arrived.', '多次分杯，杯托上都没有检测到杯子。'),
    words(
      'Cups that stick together or are of another size, or a worn dispenser.',
      '杯子粘连、规格不符，或分杯器磨损。',
    ),
  ],
  [
    /^5500$/,
    words('The cup holder did not reach its end switch in time.', '杯托在规定时间内没有到达到位开关。'),
    words(
      'Something lies on the rail, or a carrier switch or the motor fails.',
      '导轨上有异物，或运杯开关、电机故障。',
    ),
  ],
  [
    /^5600$/,
    words('A cup stands where the next one is to be put.', '出杯位置已经有杯子。'),
    words('The last drink was not taken, or the cup sensor is dirty.', '上一杯未取走，或杯子传感器脏污。'),
  ],
  [
    /^5700$/,
    words('The machine gets no beans: coffee can’t be ground.', '豆盒无豆，无法研磨咖啡。'),
    words(
      'An empty hopper, a closed slide, or beans that form a bridge.',
      '豆盒已空、插板未打开，或豆子架空。',
    ),
  ],
  [
    /^590[0-2]$/,
    words('There is too little water: hot and cold drinks can’t be made.', '供水不足，饮品无法制作。'),
    words(
      'The tank or bucket is empty, its float hangs, or its pipe sucks air.',
      '水箱或水桶已空、浮子卡住，或吸水管进气。',
    ),
  ],
  [
    /^3B00$/,
    words('The cup tube turns without being seen in its positions.', '杯桶旋转时检测不到到位信号。'),
    words('A dirty or unplugged sensor, or a tube that is held.', '传感器脏污或插头松动，或杯桶卡住。'),
  ],
  [
    /^9998$/,
    words('By its own count no product can be made any more.', '按机器自己的余量计算，所有产品都无法制作。'),
    words(
      'Materials are used up, or were refilled without entering the amounts.',
      '物料用尽，或补料后没有录入余量。',
    ),
  ],
  [
    /^0EE0$/,
    words(
      'The cup lid unit has failed, and the machine does not report how.',
      '落盖器出错，机器没有说明原因。',
    ),
    words('Unknown. Check first for jammed lids.', '原因不明，先看杯盖是否卡住。'),
  ],
  [
    /^5A00$/,
    words(
      'The machine stops, because waste would overflow or fall beside the bin.',
      '为避免废水、咖啡渣溢出，机器停止制作。',
    ),
    words(
      'A full waste water barrel, a bin that is missing, or a wet probe.',
      '废水桶满、渣桶未到位，或水位探针潮湿。',
    ),
  ],
  [
    /^5A02$/,
    words('The waste bin was taken out and is not seen to be back.', '废料桶取出后没有检测到放回。'),
    words('It is not pushed in completely, or its switch fails.', '没有推到位，或到位开关故障。'),
  ],
  [
    /^5B00$/,
    words('The drip tray is not seen in its place.', '检测不到接水盘。'),
    words('It is not put in, or its switch or magnet fails.', '未装回，或到位开关、磁铁故障。'),
  ],
  [
    /^5C(?:00|05|07|FF)$/,
    words('Less or more water ran than the machine asked for.', '实际流过的水量与要求不符。'),
    words(
      'No water pressure, a blocked filter, scale, a weak pump, or the flow meter.',
      '水压不足、滤芯堵塞、水垢、水泵无力或流量计故障。',
    ),
  ],
  [
    /^5D(?:00|FF)$/,
    words(
      'The boiler’s temperature can’t be read: it is not heated any more.',
      '读不到锅炉温度，已停止加热。',
    ),
    words('A loose plug, a broken wire, or a sensor that has failed.', '插头松动、断线或传感器损坏。'),
  ],
  [
    /^6100$/,
    words('The boiler is too cold for drinks.', '锅炉温度不够，不能制作饮品。'),
    words(
      'It was just switched on; else the heater or its thermal cut-out.',
      '刚开机；否则是加热管或温控保护器的问题。',
    ),
  ],
  [
    /^6D00$/,
    words(
      'A part did not do its step, and the drink was given up.',
      '某个部件没有完成动作，本次制作已中止。',
    ),
    words('The part is named by another code that comes with it.', '具体部件见同时上报的其他故障码。'),
  ],
  [
    /^7000$/,
    words(
      'The main board has lost the cup board: cups can’t be dropped.',
      '主板与 CUP 板失去通讯，无法落杯。',
    ),
    words(
      'A loose cable, no power on that board, or a wrong address.',
      '通讯线松动、该板无电，或地址设置错误。',
    ),
  ],
  [
    /^7600$/,
    words(
      'The main board has lost the brewer board: coffee can’t be brewed.',
      '主板与 Brewer 板失去通讯，无法冲煮。',
    ),
    words(
      'A loose cable, no power on that board, or a wrong address.',
      '通讯线松动、该板无电，或地址设置错误。',
    ),
  ],
  [
    /^7100$/,
    words('The boiler was not full when it should have been.', '锅炉在规定时间内没有注满水。'),
    words(
      'Little water pressure, a closed inlet, a weak pump, or a scaled probe.',
      '水压低、进水未开、水泵无力或探针结垢。',
    ),
  ],
  [
    /^7200$/,
    words('The air-break tank was not full when it should have been.', '水盒在规定时间内没有补满水。'),
    words(
      'Little water pressure, an inlet valve that stays closed, or a scaled probe.',
      '水压低、进水阀打不开或探针结垢。',
    ),
  ],
  [
    /^7300$/,
    words('The machine finds no boiler.', '机器检测不到锅炉。'),
    words('An unplugged cable, or the boiler board.', '插头脱落，或锅炉板故障。'),
  ],
  [
    /^770[0-8]$/,
    words('The coffee brewer did not reach a position in time.', '咖啡酿造器在规定时间内没有运动到位。'),
    words(
      'Coffee grounds and dry seals hold it, or one of its motors is weak.',
      '咖啡渣堆积、密封圈干涩，或电机无力。',
    ),
  ],
  [
    /^790[26]$/,
    words('The tea brewer did not reach a position in time.', '泡茶器在规定时间内没有运动到位。'),
    words('Leaves hold the wiper, or one of its motors is weak.', '茶渣卡住刮片，或电机无力。'),
  ],
  [
    /^7A(?:20|A5|A7)$/,
    words('The pressure in the water path is not what can be.', '水路压力读数不合理。'),
    words(
      'A loose plug, a failed sensor, or scale that blocks the path.',
      '插头松动、传感器损坏，或水路被水垢堵塞。',
    ),
  ],
  [
    /^CUP_01$/,
    words('The finished drink still stands in the machine.', '做好的饮品还留在取货口。'),
    words('The guest has left it, or the cup sensor is dirty.', '顾客未取走，或杯子传感器脏污。'),
  ],
  [
    /^(?:Z0005|0A)$/,
    words(
      'The machine’s door is open; whether it sells meanwhile it does not say.',
      '机器大门打开；期间是否出货，机器不上报。',
    ),
    words('Somebody works on it, or the door switch fails.', '有人正在维护，或门控开关故障。'),
  ],
  [
    /^01$/,
    words('By the machine’s count there is little sugar left.', '按机器计算，糖快用完了。'),
    words(
      'Sold since the last filling, or refilled without entering the amount.',
      '补料后正常消耗，或补料后没有录入余量。',
    ),
  ],
  [
    /^02$/,
    words('By the machine’s count there is little water left.', '按机器计算，水快用完了。'),
    words(
      'Used since the last filling, or refilled without entering the amount.',
      '加水后正常消耗，或加水后没有录入余量。',
    ),
  ],
  [
    /^03$/,
    words('By the machine’s count there are few cups left.', '按机器计算，杯子快用完了。'),
    words(
      'Sold since the last filling, or refilled without entering the amount.',
      '补杯后正常消耗，或补杯后没有录入余量。',
    ),
  ],
  [
    /^Z0040$/,
    words('The waste water barrel is full.', '废水桶已满。'),
    words('It was not emptied, or its float hangs.', '没有及时倒空，或浮子卡住。'),
  ],
  [
    /^Z0050$/,
    words('Machines have sent it. Its meaning is not known.', '现场机器上报过，含义没有资料。'),
    words('Not known.', '原因不明。'),
  ],
  [
    /^0E0[1-5]$/,
    words(
      'The cup lid unit warns. The manufacturer does not explain of what.',
      '落盖器发出预警，厂家没有说明含义。',
    ),
    words('Not known; few lids left, or lids that jam, come first.', '原因不明，先看杯盖是否不足或卡住。'),
  ],
  [
    /^20000$/,
    words('For a while the machine had no connection to its server.', '机器有一段时间与服务器断开。'),
    words(
      'Its network was away, or no server of its list answered.',
      '网络中断，或服务器列表中没有一个应答。',
    ),
  ],
  [
    /^Z00(?:09|1[0-8]|20)$/,
    words('Boards inside the machine misunderstood each other.', '机器内部各板之间通讯出错。'),
    words(
      'A loose cable, interference, or boards with programs that don’t fit.',
      '通讯线松动、干扰，或各板程序版本不匹配。',
    ),
  ],
  [
    /^Z0023$/,
    words(
      'It did not do what it was asked, as somebody works at its screen.',
      '有人正在机器屏幕上操作，指令没有执行。',
    ),
    words('Its management screen is open.', '管理界面处于打开状态。'),
  ],
  [
    /^Z0024$/,
    words('It did not do what it was asked, as it makes a drink.', '机器正在制作饮品，指令没有执行。'),
    words('The order came while a drink was being made.', '指令下发时正在制作。'),
  ],
  [
    /^Z002[25-8]$/,
    words('The machine did not carry out the command.', '机器没有执行指令。'),
    words('The machine was not in a state to do it when it came.', '指令到达时，机器的状态不允许执行。'),
  ],
  [
    /^Z0047$/,
    words('The payment failed, so no drink was made.', '支付失败，没有制作饮品。'),
    words('The customer or the payment service ended the payment.', '顾客取消支付，或支付服务拒绝。'),
  ],
  [
    /^EC_2$/,
    words('The screen’s computer finds no I/O board: nothing can be made.', '工控机找不到 IO 板，无法制作。'),
    words('The cable or the power of the I/O board.', 'IO 板通讯线或供电有问题。'),
  ],
  [
    /^EC_3$/,
    words('The machine is not ready to sell yet.', '机器尚未就绪，不能销售。'),
    words(
      'It is starting or heating; else a part of it does not come up.',
      '正在启动或加热；否则是某个部件启动失败。',
    ),
  ],
  [
    /^EC_4$/,
    words('No payment device answers: drinks can’t be paid for there.', '支付设备无应答，无法在机器上付款。'),
    words(
      'The payment setting does not fit the device, or the MDB cable.',
      '支付设置与设备不符，或 MDB 线有问题。',
    ),
  ],
  [
    /^(?:EC_6|INT_1)$/,
    words('The machine has no network, so no online payment either.', '机器没有网络，也无法线上支付。'),
    words('The cable, the Wi-Fi, or a SIM card without data.', '网线、Wi-Fi 或流量卡有问题。'),
  ],
  [
    /^EC_7$/,
    words('The machine reaches no server with the settings it has.', '按现有网络参数，机器连不上服务器。'),
    words(
      'A wrong address, port or machine number, or a login that was refused.',
      'IP、端口或机器编号错误，或登录被拒绝。',
    ),
  ],
  [
    /^ECB_03$/,
    words(
      'Circuit 3 was switched off, because too much current went through it.',
      '电路 3 电流过大，已关断。',
    ),
    words('A short in a part or wire of that circuit.', '该路部件或线路短路。'),
  ],
  [
    /^ECE_2$/,
    words(
      'The second I/O board does not answer: its parts stand still.',
      'IO 板 2 无应答，其所带部件不工作。',
    ),
    words('Its cable or its power.', '通讯线或供电有问题。'),
  ],
  [
    /^EI_2$/,
    words('Two parts of the machine did not understand each other.', '机器内部通讯出错。'),
    words('A loose cable, or a protocol setting that does not fit.', '通讯线松动，或协议设置不符。'),
  ],
  [
    /^EJA_01$/,
    words('The motor of the door is not found: the door can’t be moved.', '检测不到大门电机，门无法动作。'),
    words(
      'Its plug, or a machine without such a motor that is set up to have one.',
      '插头松动，或机器没有该电机而设置为有。',
    ),
  ],
  [
    /^EJA_02$/,
    words('The motor of the door does not move it as it should.', '大门电机动作异常。'),
    words('The plug, the motor, or a door that is held.', '插头、电机有问题，或门被卡住。'),
  ],
  [
    /^HOPPER_2$/,
    words('The coin hopper gives no change.', '退币器无法找零。'),
    words('Jammed coins, an empty hopper, or its plug.', '卡币、缺币或插头松动。'),
  ],
];

/** `code`: canonical spelling. `null`: no explanation exists. */
export function explanationOf(code: string): Explanation | null {
  const name = code.replace(/^(?:ERROR|WARNING):/, '');
  const row = rows.find(([codes]) => codes.test(name));
  return row === undefined ? null : { meaning: row[1], cause: row[2] };
}
