<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
 <context>
  <name>Acting</name>
  <message>
   <source>正在下达</source>
   <translation>Ordering</translation>
  </message>
  <message>
   <source>正在发出</source>
   <translation>Sending</translation>
  </message>
  <message>
   <source>正在变更级别</source>
   <translation>Changing the level</translation>
  </message>
  <message>
   <source>正在复核</source>
   <translation>Approving</translation>
  </message>
  <message>
   <source>正在撤回</source>
   <translation>Withdrawing</translation>
  </message>
 </context>
 <context>
  <name>ActionArea</name>
  <message>
   <source>{0} 内须确认，已超 {1}</source>
   <translation>goal {0}, {1} over</translation>
  </message>
  <message>
   <source>{0} 内须确认，还剩 {1}</source>
   <translation>goal {0}, {1} left</translation>
  </message>
  <message>
   <source>{0} 已确认</source>
   <translation>{0} acknowledged</translation>
  </message>
  <message>
   <source>告警已结束，不用再操作</source>
   <translation>The alarm has ended; nothing to do any more</translation>
  </message>
  <message>
   <source>已发送</source>
   <translation>Sent</translation>
  </message>
  <message>
   <source>已发送 {0} 没有答复，结果未知；正在用同一编号查询，不会重复执行</source>
   <translation>Sent {0} ago without an answer, result unknown; asking again under the same number, it is never done twice</translation>
  </message>
  <message>
   <source>已发送，等平台回执 {0}</source>
   <translation>Sent, waiting for the platform {0}</translation>
  </message>
  <message>
   <source>已搁置或抑制，不用确认</source>
   <translation>Shelved or suppressed: no acknowledgement needed</translation>
  </message>
  <message>
   <source>已确认</source>
   <translation>Acknowledged</translation>
  </message>
  <message>
   <source>已确认，处置结束后平台收起</source>
   <translation>Acknowledged; leaves when the handling has ended</translation>
  </message>
  <message>
   <source>已确认，等现场恢复</source>
   <translation>Acknowledged; waiting for the site to return to normal</translation>
  </message>
  <message>
   <source>平台已受理，等平台回执 {0}</source>
   <translation>Accepted, waiting for the platform's event {0}</translation>
  </message>
  <message>
   <source>应急调度</source>
   <translation>Emergency dispatch</translation>
  </message>
  <message>
   <source>数据链路进程未连接，正在重启，连上即可确认</source>
   <translation>The link is restarting; acknowledge when it is back</translation>
  </message>
  <message>
   <source>未登录，不能确认</source>
   <translation>Not signed in: cannot acknowledge</translation>
  </message>
  <message>
   <source>未确认 {0}</source>
   <translation>Unacknowledged {0}</translation>
  </message>
  <message>
   <source>确认告警</source>
   <translation>Acknowledge</translation>
  </message>
  <message>
   <source>证据、预案、派队、通知，一次发出（Ctrl+Shift+E）</source>
   <translation>Evidence, plan, crews, messages: sent in one act (Ctrl+Shift+E)</translation>
  </message>
 </context>
 <context>
  <name>AlarmDetailPanel</name>
  <message>
   <source>在左侧列表、地图或时间轴上选一条</source>
   <translation>Select one in the list, on the map or on the timeline</translation>
  </message>
  <message>
   <source>未知类型 {0}</source>
   <translation>Unknown kind {0}</translation>
  </message>
  <message>
   <source>正在取历史…</source>
   <translation>Fetching history…</translation>
  </message>
  <message>
   <source>水位</source>
   <translation>Water level</translation>
  </message>
  <message>
   <source>没有选中告警</source>
   <translation>No alarm selected</translation>
  </message>
  <message>
   <source>走势</source>
   <translation>Course</translation>
  </message>
  <message>
   <source>这条告警已不在未结清单</source>
   <translation>This alarm is no longer among the open ones</translation>
  </message>
 </context>
 <context>
  <name>AlarmLayer</name>
  <message>
   <source>已停用</source>
   <translation>Out of service</translation>
  </message>
  <message>
   <source>已恢复 处置中</source>
   <translation>Normal, handling</translation>
  </message>
  <message>
   <source>已恢复 待复位</source>
   <translation>Normal, to be reset</translation>
  </message>
  <message>
   <source>已抑制</source>
   <translation>Suppressed</translation>
  </message>
  <message>
   <source>已搁置</source>
   <translation>Shelved</translation>
  </message>
  <message>
   <source>已确认</source>
   <translation>Acknowledged</translation>
  </message>
  <message>
   <source>恢复未确认</source>
   <translation>Normal, unacknowledged</translation>
  </message>
  <message>
   <source>未确认</source>
   <translation>Unacknowledged</translation>
  </message>
 </context>
 <context>
  <name>AlarmListPanel</name>
  <message>
   <source>{0} 条/10 min</source>
   <translation>{0} / 10 min</translation>
  </message>
  <message>
   <source>↑ {0} 条新告警</source>
   <translation>↑ {0} new alarms</translation>
  </message>
  <message>
   <source>≥{0} 条/10 min</source>
   <translation>≥{0} / 10 min</translation>
  </message>
  <message>
   <source>停用 {0}</source>
   <translation>Out of service {0}</translation>
  </message>
  <message>
   <source>列出 {0} 条 · 级别、时间排序</source>
   <translation>{0} · level, time</translation>
  </message>
  <message>
   <source>列表空不等于没有告警</source>
   <translation>An empty list does not mean no alarms</translation>
  </message>
  <message>
   <source>只列 {0}</source>
   <translation>Only {0}</translation>
  </message>
  <message>
   <source>告警</source>
   <translation>Alarms</translation>
  </message>
  <message>
   <source>告警列表</source>
   <translation>Alarm list</translation>
  </message>
  <message>
   <source>定位并看视频</source>
   <translation>Locate and watch</translation>
  </message>
  <message>
   <source>实时通道中断</source>
   <translation>Live channel down</translation>
  </message>
  <message>
   <source>展开从属 {0}</source>
   <translation>Members {0}</translation>
  </message>
  <message>
   <source>抑制 {0}</source>
   <translation>Suppressed {0}</translation>
  </message>
  <message>
   <source>搁置 {0}</source>
   <translation>Shelved {0}</translation>
  </message>
  <message>
   <source>搁置、抑制、停用</source>
   <translation>Shelved, suppressed, out of service</translation>
  </message>
  <message>
   <source>搜索告警</source>
   <translation>Search alarms</translation>
  </message>
  <message>
   <source>收起从属 {0}</source>
   <translation>Fold {0}</translation>
  </message>
  <message>
   <source>新告警会自动出现在这里</source>
   <translation>New alarms appear here by themselves</translation>
  </message>
  <message>
   <source>有起因的黄、蓝告警由起因一行代表；红、橙始终单列，搜索也找得到</source>
   <translation>Yellow and blue alarms with an open cause are represented by its row; red and orange stand alone, and a search finds all</translation>
  </message>
  <message>
   <source>未列出的未确认 {0} 条</source>
   <translation>{0} unacknowledged not listed</translation>
  </message>
  <message>
   <source>未确认</source>
   <translation>Unacknowledged</translation>
  </message>
  <message>
   <source>未确认 {0} / {1}</source>
   <translation>Unacked {0} / {1}</translation>
  </message>
  <message>
   <source>正在取告警</source>
   <translation>Fetching alarms</translation>
  </message>
  <message>
   <source>没有未结告警</source>
   <translation>No open alarms</translation>
  </message>
  <message>
   <source>没有符合筛选的告警</source>
   <translation>No alarm matches the filter</translation>
  </message>
  <message>
   <source>洪峰线 {0}</source>
   <translation>Flood line {0}</translation>
  </message>
  <message>
   <source>洪峰：只有红、橙发声</source>
   <translation>Flood: only red and orange sound</translation>
  </message>
  <message>
   <source>清除筛选</source>
   <translation>Clear filter</translation>
  </message>
  <message>
   <source>等数据链路送来未结告警全表</source>
   <translation>Waiting for the full list of open alarms</translation>
  </message>
 </context>
 <context>
  <name>AppealsDialog</name>
  <message>
   <source>单位</source>
   <translation>Unit</translation>
  </message>
  <message>
   <source>时间</source>
   <translation>Time</translation>
  </message>
  <message>
   <source>案卷号</source>
   <translation>Case no.</translation>
  </message>
  <message>
   <source>理由</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>申诉</source>
   <translation>Appeals</translation>
  </message>
  <message>
   <source>申诉与剔除</source>
   <translation>Appeals and removals</translation>
  </message>
  <message>
   <source>申诉成立的案件不计超期，保留“曾超时”标记</source>
   <translation>A case whose appeal was upheld does not count as overdue; the mark “was overdue” stays</translation>
  </message>
  <message>
   <source>经办</source>
   <translation>By</translation>
  </message>
  <message>
   <source>结果</source>
   <translation>Outcome</translation>
  </message>
 </context>
 <context>
  <name>Appearance</name>
  <message>
   <source>下次启动时生效</source>
   <translation>Takes effect at the next start</translation>
  </message>
  <message>
   <source>文字大小</source>
   <translation>Text size</translation>
  </message>
  <message>
   <source>本屏幕最多放得下 {0} %，已按 {0} % 显示</source>
   <translation>This screen has room for {0} % at most; {0} % is used</translation>
  </message>
 </context>
 <context>
  <name>BarsPanel</name>
  <message>
   <source>另有 {0} 项</source>
   <translation>{0} more</translation>
  </message>
  <message>
   <source>没有数据 {0}：{1}</source>
   <translation>No data {0}: {1}</translation>
  </message>
 </context>
 <context>
  <name>BoardWindow</name>
  <message>
   <source>综合考评</source>
   <translation>Assessment</translation>
  </message>
 </context>
 <context>
  <name>BridgeDialog</name>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>桥梁监测</source>
   <translation>Bridge monitoring</translation>
  </message>
  <message>
   <source>没有看得到这座桥的摄像机</source>
   <translation>No camera looks at this bridge</translation>
  </message>
 </context>
 <context>
  <name>BulletinDialog</name>
  <message>
   <source>共 {0} 页</source>
   <translation>{0} pages</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>存为 PDF</source>
   <translation>Save as PDF</translation>
  </message>
  <message>
   <source>打印</source>
   <translation>Print</translation>
  </message>
  <message>
   <source>打印  ▾</source>
   <translation>Print  ▾</translation>
  </message>
  <message>
   <source>本机没有设置打印机：可存为 PDF 再打印</source>
   <translation>No printer is set up here: save as PDF and print that</translation>
  </message>
  <message>
   <source>正在排版…</source>
   <translation>Laying out…</translation>
  </message>
  <message>
   <source>第 {0} 页</source>
   <translation>Page {0}</translation>
  </message>
  <message>
   <source>预览</source>
   <translation>Preview</translation>
  </message>
  <message>
   <source>，预览前 {0} 页</source>
   <translation>, the first {0} pages are shown</translation>
  </message>
 </context>
 <context>
  <name>CameraDirectory</name>
  <message>
   <source>{0} 路摄像机</source>
   <translation>{0} cameras</translation>
  </message>
  <message>
   <source>名称、拼音、标签、地点、编号</source>
   <translation>Name, pinyin, tag, place, number</translation>
  </message>
  <message>
   <source>地图上的位置</source>
   <translation>Place on the map</translation>
  </message>
  <message>
   <source>平台、区、街道目录</source>
   <translation>Platforms, districts, streets</translation>
  </message>
  <message>
   <source>摄像机列表</source>
   <translation>List of cameras</translation>
  </message>
  <message>
   <source>摄像机目录</source>
   <translation>Camera directory</translation>
  </message>
  <message>
   <source>正在读取摄像机目录</source>
   <translation>Reading the camera directory</translation>
  </message>
  <message>
   <source>登录后可查看摄像机目录</source>
   <translation>Sign in to see the camera directory</translation>
  </message>
 </context>
 <context>
  <name>Cards</name>
  <message>
   <source>{} · 停滞</source>
   <translation>{} · stale</translation>
  </message>
  <message>
   <source>{} 前</source>
   <translation>{} ago</translation>
  </message>
  <message>
   <source>{}（{} 前）</source>
   <translation>{} ({} ago)</translation>
  </message>
  <message>
   <source>位置</source>
   <translation>Position</translation>
  </message>
  <message>
   <source>停</source>
   <translation>Stopped</translation>
  </message>
  <message>
   <source>全桥测点</source>
   <translation>All sensors of the bridge</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Department</translation>
  </message>
  <message>
   <source>在线</source>
   <translation>Online</translation>
  </message>
  <message>
   <source>尚无读数</source>
   <translation>No reading yet</translation>
  </message>
  <message>
   <source>所属</source>
   <translation>Belongs to</translation>
  </message>
  <message>
   <source>时间</source>
   <translation>Time</translation>
  </message>
  <message>
   <source>最后位置 {}（{}）</source>
   <translation>Last seen {} ({})</translation>
  </message>
  <message>
   <source>未命名区域</source>
   <translation>Unnamed area</translation>
  </message>
  <message>
   <source>权属人</source>
   <translation>Owner</translation>
  </message>
  <message>
   <source>来源</source>
   <translation>Source</translation>
  </message>
  <message>
   <source>正常</source>
   <translation>Good</translation>
  </message>
  <message>
   <source>看画面</source>
   <translation>Watch</translation>
  </message>
  <message>
   <source>离线</source>
   <translation>Offline</translation>
  </message>
  <message>
   <source>类别</source>
   <translation>Class</translation>
  </message>
  <message>
   <source>编号</source>
   <translation>ID</translation>
  </message>
  <message>
   <source>编码</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>行政区</source>
   <translation>District</translation>
  </message>
  <message>
   <source>警戒线</source>
   <translation>Warning lines</translation>
  </message>
  <message>
   <source>责任人</source>
   <translation>Person in charge</translation>
  </message>
  <message>
   <source>责任网格</source>
   <translation>Grid</translation>
  </message>
  <message>
   <source>速度</source>
   <translation>Speed</translation>
  </message>
  <message>
   <source>采集员</source>
   <translation>Collector</translation>
  </message>
 </context>
 <context>
  <name>Carriers</name>
  <message>
   <source>位置 {0} 前</source>
   <translation>position {0} ago</translation>
  </message>
  <message>
   <source>佩戴人 {0}</source>
   <translation>worn by {0}</translation>
  </message>
  <message>
   <source>停住</source>
   <translation>Halted</translation>
  </message>
  <message>
   <source>向{0}</source>
   <translation>heading {0}</translation>
  </message>
  <message>
   <source>悬停</source>
   <translation>Hovering</translation>
  </message>
  <message>
   <source>没有上报位置</source>
   <translation>No position told</translation>
  </message>
  <message>
   <source>没有登记随带的人员或车辆</source>
   <translation>No person or vehicle registered</translation>
  </message>
  <message>
   <source>电量 {0:.0f} %</source>
   <translation>battery {0:.0f} %</translation>
  </message>
  <message>
   <source>观看已记入审计</source>
   <translation>viewing is audited</translation>
  </message>
  <message>
   <source>高 {0:.0f} m</source>
   <translation>height {0:.0f} m</translation>
  </message>
 </context>
 <context>
  <name>CaseCard</name>
  <message>
   <source>办理环节</source>
   <translation>Steps</translation>
  </message>
  <message>
   <source>在一张图上看</source>
   <translation>Show on the map</translation>
  </message>
  <message>
   <source>时间</source>
   <translation>Time</translation>
  </message>
  <message>
   <source>案卷</source>
   <translation>Case file</translation>
  </message>
  <message>
   <source>案卷 PDF</source>
   <translation>Case file PDF</translation>
  </message>
  <message>
   <source>案卷号 {0}</source>
   <translation>Case no. {0}</translation>
  </message>
  <message>
   <source>环节</source>
   <translation>Step</translation>
  </message>
  <message>
   <source>经办</source>
   <translation>By</translation>
  </message>
  <message>
   <source>超时</source>
   <translation>Over</translation>
  </message>
  <message>
   <source>附近摄像机</source>
   <translation>Cameras nearby</translation>
  </message>
 </context>
 <context>
  <name>CaseList</name>
  <message>
   <source>案件</source>
   <translation>Cases</translation>
  </message>
 </context>
 <context>
  <name>CasePictures</name>
  <message>
   <source>正在取照片…</source>
   <translation>Fetching photographs…</translation>
  </message>
 </context>
 <context>
  <name>CellMenu</name>
  <message>
   <source>保持比例	A</source>
   <translation>Keep aspect	A</translation>
  </message>
  <message>
   <source>取消固定	H</source>
   <translation>Release	H</translation>
  </message>
  <message>
   <source>取消放大</source>
   <translation>Zoom out</translation>
  </message>
  <message>
   <source>固定此格	H</source>
   <translation>Hold this cell	H</translation>
  </message>
  <message>
   <source>在地图上看	G</source>
   <translation>Show on map	G</translation>
  </message>
  <message>
   <source>填满此格，裁去边缘	A</source>
   <translation>Fill the cell, edges cut	A</translation>
  </message>
  <message>
   <source>截图	S</source>
   <translation>Snapshot	S</translation>
  </message>
  <message>
   <source>拆分此格	X</source>
   <translation>Split this cell	X</translation>
  </message>
  <message>
   <source>撤销上一步	Ctrl+Z</source>
   <translation>Undo the last step	Ctrl+Z</translation>
  </message>
  <message>
   <source>放大到全墙	Enter</source>
   <translation>Enlarge to the whole wall	Enter</translation>
  </message>
  <message>
   <source>清空全部（固定的不动）</source>
   <translation>Clear all (held ones stay)</translation>
  </message>
  <message>
   <source>清空此格	Del</source>
   <translation>Clear this cell	Del</translation>
  </message>
  <message>
   <source>画面布局</source>
   <translation>Layout</translation>
  </message>
  <message>
   <source>画面遮挡…</source>
   <translation>Privacy masks…</translation>
  </message>
  <message>
   <source>码流：主</source>
   <translation>Stream: main</translation>
  </message>
  <message>
   <source>码流：子</source>
   <translation>Stream: sub</translation>
  </message>
  <message>
   <source>码流：按大小</source>
   <translation>Stream: by size</translation>
  </message>
  <message>
   <source>还原	Enter</source>
   <translation>Restore	Enter</translation>
  </message>
 </context>
 <context>
  <name>CellTiles</name>
  <message>
   <source>· Esc 还原</source>
   <translation>· Esc back</translation>
  </message>
  <message>
   <source>没有画面</source>
   <translation>no picture</translation>
  </message>
  <message>
   <source>非低延迟：{0}</source>
   <translation>not low latency: {0}</translation>
  </message>
 </context>
 <context>
  <name>ChangesPanel</name>
  <message>
   <source>{0} 日均值对前 {0} 日，p &lt; 0.05</source>
   <translation>Mean of {0} days against the {0} before, p &lt; 0.05</translation>
  </message>
  <message>
   <source>{0} 项天数不足</source>
   <translation>{0} with too few days</translation>
  </message>
  <message>
   <source>{0} 项无显著变化</source>
   <translation>{0} without significant change</translation>
  </message>
  <message>
   <source>历史只有 {0} 天，满 {1} 天起比较</source>
   <translation>Only {0} days of history; compared from {1} days on</translation>
  </message>
  <message>
   <source>另有 {0} 项</source>
   <translation>{0} more</translation>
  </message>
  <message>
   <source>无显著变化</source>
   <translation>No significant change</translation>
  </message>
  <message>
   <source>近 {0} 天对前 {0} 天</source>
   <translation>Last {0} days against the {0} before</translation>
  </message>
  <message>
   <source>近 {0} 日恶化</source>
   <translation>Worse in {0} days</translation>
  </message>
  <message>
   <source>近 {0} 日改善</source>
   <translation>Better in {0} days</translation>
  </message>
 </context>
 <context>
  <name>ChecklistPanel</name>
  <message>
   <source>检查单</source>
   <translation>Checklist</translation>
  </message>
  <message>
   <source>预案没有检查单</source>
   <translation>The plan has no checklist</translation>
  </message>
 </context>
 <context>
  <name>Chooser</name>
  <message>
   <source>查找驾驶舱</source>
   <translation>Find a cockpit</translation>
  </message>
  <message>
   <source>（共 {0} 处）</source>
   <translation> ({0} places)</translation>
  </message>
 </context>
 <context>
  <name>CityMap</name>
  <message>
   <source>下班</source>
   <translation>Off duty</translation>
  </message>
  <message>
   <source>下班的</source>
   <translation>Off duty</translation>
  </message>
  <message>
   <source>下穿通道积水</source>
   <translation>Underpass</translation>
  </message>
  <message>
   <source>云台摄像机</source>
   <translation>PTZ cam</translation>
  </message>
  <message>
   <source>井盖</source>
   <translation>Manholes</translation>
  </message>
  <message>
   <source>井盖监测</source>
   <translation>Manholes</translation>
  </message>
  <message>
   <source>交通护栏</source>
   <translation>Guardrails</translation>
  </message>
  <message>
   <source>位置停滞</source>
   <translation>Stale fix</translation>
  </message>
  <message>
   <source>作业车辆</source>
   <translation>Vehicles</translation>
  </message>
  <message>
   <source>供水压力</source>
   <translation>Pressure</translation>
  </message>
  <message>
   <source>供电</source>
   <translation>Power</translation>
  </message>
  <message>
   <source>全市</source>
   <translation>Whole city</translation>
  </message>
  <message>
   <source>公交站亭</source>
   <translation>Bus stops</translation>
  </message>
  <message>
   <source>公共厕所</source>
   <translation>Toilets</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>勤</source>
   <translation>O</translation>
  </message>
  <message>
   <source>单兵画面</source>
   <translation>Bodycam</translation>
  </message>
  <message>
   <source>台</source>
   <translation>R</translation>
  </message>
  <message>
   <source>回到选中告警</source>
   <translation>Back to the selected alarm</translation>
  </message>
  <message>
   <source>固定摄像机</source>
   <translation>Fixed cam</translation>
  </message>
  <message>
   <source>图例</source>
   <translation>Legend</translation>
  </message>
  <message>
   <source>图层</source>
   <translation>Layers</translation>
  </message>
  <message>
   <source>在途作业</source>
   <translation>On task</translation>
  </message>
  <message>
   <source>地图引擎已停止，要随窗口一起恢复：约 5 秒，告警和声音随后照常</source>
   <translation>The map engine has stopped and comes back with the window: about 5 seconds, alarms and sound go on after it</translation>
  </message>
  <message>
   <source>地图正在恢复</source>
   <translation>The map is coming back</translation>
  </message>
  <message>
   <source>地图正在打开</source>
   <translation>The map is opening</translation>
  </message>
  <message>
   <source>地图页一分钟内三次停止，已不再自动打开</source>
   <translation>The map stopped three times in a minute and is no longer opened by itself</translation>
  </message>
  <message>
   <source>地图页没有生成，程序文件可能不全；告警和视频照常，请告知管理员</source>
   <translation>The map page could not be made; program files may be missing. Alarms and video go on. Please tell the administrator</translation>
  </message>
  <message>
   <source>垃圾箱</source>
   <translation>Bins</translation>
  </message>
  <message>
   <source>实时告警中断 · 图上不是现在的告警</source>
   <translation>Live alarms are down · the map does not show the present</translation>
  </message>
  <message>
   <source>实时告警中断 · 图上告警是 {} 前的</source>
   <translation>Live alarms are down · alarms on the map are {} old</translation>
  </message>
  <message>
   <source>审图号 {}</source>
   <translation>Map approval {}</translation>
  </message>
  <message>
   <source>审图号 未填 · 演示底图</source>
   <translation>Map approval not set · demo base map</translation>
  </message>
  <message>
   <source>已确认</source>
   <translation>Acked</translation>
  </message>
  <message>
   <source>底图</source>
   <translation>Base map</translation>
  </message>
  <message>
   <source>底图与分区</source>
   <translation>Areas</translation>
  </message>
  <message>
   <source>底图尚未取得</source>
   <translation>No base map yet</translation>
  </message>
  <message>
   <source>底图尚未取得 · 从平台取得后自动显示</source>
   <translation>No base map yet · shown as soon as the platform has given it</translation>
  </message>
  <message>
   <source>待命</source>
   <translation>Standby</translation>
  </message>
  <message>
   <source>恢复未确认</source>
   <translation>RTN unack</translation>
  </message>
  <message>
   <source>户外广告</source>
   <translation>Billboards</translation>
  </message>
  <message>
   <source>执法队员</source>
   <translation>Officers</translation>
  </message>
  <message>
   <source>抢险队伍</source>
   <translation>Teams</translation>
  </message>
  <message>
   <source>换热站</source>
   <translation>Heating</translation>
  </message>
  <message>
   <source>摄像机</source>
   <translation>Cameras</translation>
  </message>
  <message>
   <source>放大</source>
   <translation>Zoom in</translation>
  </message>
  <message>
   <source>放大到 17 级以上显示</source>
   <translation>Shown from zoom 17 on</translation>
  </message>
  <message>
   <source>故障</source>
   <translation>Faulty</translation>
  </message>
  <message>
   <source>无人机</source>
   <translation>Drones</translation>
  </message>
  <message>
   <source>无人机画面</source>
   <translation>Drone cam</translation>
  </message>
  <message>
   <source>未关闭告警</source>
   <translation>Open alarms</translation>
  </message>
  <message>
   <source>桥梁监测</source>
   <translation>Bridges</translation>
  </message>
  <message>
   <source>气象</source>
   <translation>Weather</translation>
  </message>
  <message>
   <source>水质</source>
   <translation>Quality</translation>
  </message>
  <message>
   <source>河道水位</source>
   <translation>River level</translation>
  </message>
  <message>
   <source>泵站</source>
   <translation>Pumps</translation>
  </message>
  <message>
   <source>流量</source>
   <translation>Flow</translation>
  </message>
  <message>
   <source>消火栓</source>
   <translation>Hydrants</translation>
  </message>
  <message>
   <source>满溢</source>
   <translation>Overflowing</translation>
  </message>
  <message>
   <source>照明控制箱</source>
   <translation>Lighting</translation>
  </message>
  <message>
   <source>燃气监测</source>
   <translation>Gas</translation>
  </message>
  <message>
   <source>特 未确认</source>
   <translation>Red unack</translation>
  </message>
  <message>
   <source>监测点</source>
   <translation>Points</translation>
  </message>
  <message>
   <source>破损</source>
   <translation>Broken</translation>
  </message>
  <message>
   <source>离线</source>
   <translation>Offline</translation>
  </message>
  <message>
   <source>离线的</source>
   <translation>Offline</translation>
  </message>
  <message>
   <source>移位</source>
   <translation>Displaced</translation>
  </message>
  <message>
   <source>管网液位</source>
   <translation>Sewers</translation>
  </message>
  <message>
   <source>维修中</source>
   <translation>In repair</translation>
  </message>
  <message>
   <source>缩小</source>
   <translation>Zoom out</translation>
  </message>
  <message>
   <source>缺失</source>
   <translation>Missing</translation>
  </message>
  <message>
   <source>般 未确认</source>
   <translation>Blue unack</translation>
  </message>
  <message>
   <source>行政区划</source>
   <translation>Districts</translation>
  </message>
  <message>
   <source>行道树</source>
   <translation>Trees</translation>
  </message>
  <message>
   <source>视频识别</source>
   <translation>AI video</translation>
  </message>
  <message>
   <source>责任网格</source>
   <translation>Grids</translation>
  </message>
  <message>
   <source>路名牌</source>
   <translation>Signs</translation>
  </message>
  <message>
   <source>路灯</source>
   <translation>Lamps</translation>
  </message>
  <message>
   <source>车</source>
   <translation>V</translation>
  </message>
  <message>
   <source>车载画面</source>
   <translation>Dashcam</translation>
  </message>
  <message>
   <source>车辆人员</source>
   <translation>Units</translation>
  </message>
  <message>
   <source>较 未确认</source>
   <translation>Yellow unack</translation>
  </message>
  <message>
   <source>选中的告警没有位置，地图未移动</source>
   <translation>The selected alarm has no position; the map stays</translation>
  </message>
  <message>
   <source>通讯交接箱</source>
   <translation>Telecom</translation>
  </message>
  <message>
   <source>道路积水</source>
   <translation>Road water</translation>
  </message>
  <message>
   <source>部件</source>
   <translation>Components</translation>
  </message>
  <message>
   <source>重 未确认</source>
   <translation>Orange unack</translation>
  </message>
  <message>
   <source>重启窗口</source>
   <translation>Restart window</translation>
  </message>
  <message>
   <source>重新打开</source>
   <translation>Open again</translation>
  </message>
  <message>
   <source>队</source>
   <translation>T</translation>
  </message>
  <message>
   <source>防汛手台</source>
   <translation>Radios</translation>
  </message>
  <message>
   <source>雨水箅子</source>
   <translation>Gullies</translation>
  </message>
  <message>
   <source>飞</source>
   <translation>D</translation>
  </message>
 </context>
 <context>
  <name>ClassBar</name>
  <message>
   <source>其他</source>
   <translation>Other</translation>
  </message>
 </context>
 <context>
  <name>ClockPanel</name>
  <message>
   <source>{0} {1} 起</source>
   <translation>{0} since {1}</translation>
  </message>
  <message>
   <source>剩 {0}</source>
   <translation>{0} left</translation>
  </message>
  <message>
   <source>另有 {0} 起</source>
   <translation>{0} more</translation>
  </message>
  <message>
   <source>已 {0} min，目标 {1:g} min</source>
   <translation>{0} min, target {1:g} min</translation>
  </message>
  <message>
   <source>已超 {0}</source>
   <translation>{0} over</translation>
  </message>
  <message>
   <source>平台没有应急响应接口</source>
   <translation>The platform has no interface for responses</translation>
  </message>
  <message>
   <source>应急</source>
   <translation>Emergency</translation>
  </message>
  <message>
   <source>应急待复核 {0} 起</source>
   <translation>{0} responses to be approved</translation>
  </message>
  <message>
   <source>应急进行中</source>
   <translation>Response under way</translation>
  </message>
  <message>
   <source>没有进行中的应急</source>
   <translation>No response under way</translation>
  </message>
  <message>
   <source>演练进行中 {0} 起</source>
   <translation>{0} drills under way</translation>
  </message>
  <message>
   <source>目标 {0:g} min 到场</source>
   <translation>Target: on scene in {0:g} min</translation>
  </message>
  <message>
   <source>进行中的应急尚未取得</source>
   <translation>Responses under way not fetched yet</translation>
  </message>
  <message>
   <source>链路断开</source>
   <translation>Link lost</translation>
  </message>
  <message>
   <source>首到 {0} 未达标</source>
   <translation>First on scene {0}, target missed</translation>
  </message>
  <message>
   <source>首到 {0} 达标</source>
   <translation>First on scene {0}, target met</translation>
  </message>
 </context>
 <context>
  <name>CockpitGrid</name>
  <message>
   <source>本版本没有 {0} 面板</source>
   <translation>This version has no panel {0}</translation>
  </message>
 </context>
 <context>
  <name>CockpitPage</name>
  <message>
   <source>文件 {0} {1} 有错，改好保存后自动恢复</source>
   <translation>File {0} {1} has a mistake; it comes back once mended and saved</translation>
  </message>
  <message>
   <source>正在读取驾驶舱文件</source>
   <translation>Reading the cockpit files</translation>
  </message>
  <message>
   <source>没有可用的驾驶舱文件</source>
   <translation>No usable cockpit file</translation>
  </message>
  <message>
   <source>没有名为 {0} 的驾驶舱，可用：{1}</source>
   <translation>No cockpit named {0}; there are: {1}</translation>
  </message>
  <message>
   <source>第 {0} 行</source>
   <translation>line {0}</translation>
  </message>
 </context>
 <context>
  <name>CockpitWall</name>
  <message>
   <source>正在读取驾驶舱文件</source>
   <translation>Reading the cockpit files</translation>
  </message>
  <message>
   <source>没有名为 {0} 的驾驶舱</source>
   <translation>No cockpit named {0}</translation>
  </message>
 </context>
 <context>
  <name>CockpitWindow</name>
  <message>
   <source>命令行投屏到屏 {0}</source>
   <translation>Shown on screen {0} by the command line</translation>
  </message>
  <message>
   <source>没有第 {0} 块屏，现有 {1} 块</source>
   <translation>There is no screen {0}; there are {1}</translation>
  </message>
  <message>
   <source>驾驶舱</source>
   <translation>Cockpit</translation>
  </message>
 </context>
 <context>
  <name>ConditionList</name>
  <message>
   <source>成立</source>
   <translation>holds</translation>
  </message>
  <message>
   <source>未成立</source>
   <translation>does not hold</translation>
  </message>
  <message>
   <source>未知</source>
   <translation>unknown</translation>
  </message>
 </context>
 <context>
  <name>ConfirmDialog</name>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>复核密码</source>
   <translation>Confirm with password</translation>
  </message>
  <message>
   <source>本人密码</source>
   <translation>Your password</translation>
  </message>
  <message>
   <source>此操作须再输入一次本人密码，只对这一次有效，并记入审计。</source>
   <translation>This order asks for your password again. It counts for this one time and is written to the audit.</translation>
  </message>
  <message>
   <source>确认</source>
   <translation>Confirm</translation>
  </message>
  <message>
   <source>请输入密码</source>
   <translation>Enter the password</translation>
  </message>
  <message>
   <source>（还可试 {0} 次）</source>
   <translation>({0} tries left)</translation>
  </message>
 </context>
 <context>
  <name>Control</name>
  <message>
   <source>窗口不认识这个请求</source>
   <translation>The window does not know this request</translation>
  </message>
  <message>
   <source>窗口内部出错：{error}，详见日志</source>
   <translation>Error inside the window: {error}, see the log</translation>
  </message>
 </context>
 <context>
  <name>CoursePanel</name>
  <message>
   <source>{0} · {1} 近 {2} 期</source>
   <translation>{0} · {1}, last {2} periods</translation>
  </message>
  <message>
   <source>{0} 期</source>
   <translation>{0} periods</translation>
  </message>
  <message>
   <source>▼ 未达标　— 组中位数</source>
   <translation>▼ target missed　— league median</translation>
  </message>
  <message>
   <source>同比 {0}  {1}</source>
   <translation>Year ago {0}  {1}</translation>
  </message>
  <message>
   <source>环比 {0}  {1}</source>
   <translation>Before {0}  {1}</translation>
  </message>
  <message>
   <source>趋势</source>
   <translation>Trend</translation>
  </message>
  <message>
   <source>距目标 {0:g}</source>
   <translation>To target {0:g}</translation>
  </message>
  <message>
   <source>距组中位数 {0}</source>
   <translation>To league median {0}</translation>
  </message>
  <message>
   <source>连续未达标</source>
   <translation>Missed in a row</translation>
  </message>
 </context>
 <context>
  <name>CrewMap</name>
  <message>
   <source>方向键选队伍，Enter 拿起，方向键选点位，Enter 放下，Esc 取消</source>
   <translation>Arrows choose a crew, Enter takes it, arrows choose a site, Enter puts it down, Esc cancels</translation>
  </message>
  <message>
   <source>没有派出的队伍</source>
   <translation>No crew has been sent</translation>
  </message>
  <message>
   <source>派队地图</source>
   <translation>Map of crews</translation>
  </message>
  <message>
   <source>还没有方案</source>
   <translation>No proposal yet</translation>
  </message>
  <message>
   <source>队伍位置图</source>
   <translation>Map of crews' places</translation>
  </message>
 </context>
 <context>
  <name>DemoAccounts</name>
  <message>
   <source>模拟城市的五个席位，点一下即可入席</source>
   <translation>Five seats of the stand-in city: one click takes a seat</translation>
  </message>
  <message>
   <source>演示账号</source>
   <translation>Demo accounts</translation>
  </message>
 </context>
 <context>
  <name>DeskKeeping</name>
  <message>
   <source>值班台的个人设置和通知没有存下：{0}。告警和命令不受影响</source>
   <translation>Settings and notices of this desk were not saved: {0}. Alarms and orders are not affected</translation>
  </message>
 </context>
 <context>
  <name>DocumentFiles</name>
  <message>
   <source>已存：{0}（SHA-256 {1}…）</source>
   <translation>Saved: {0} (SHA-256 {1}…)</translation>
  </message>
  <message>
   <source>文件没有存下：{0}</source>
   <translation>The file was not saved: {0}</translation>
  </message>
 </context>
 <context>
  <name>DrillPanel</name>
  <message>
   <source>95% 区间 {0} 至 {1}（Wilson）</source>
   <translation>95% interval {0} to {1} (Wilson)</translation>
  </message>
  <message>
   <source>{0} 件</source>
   <translation>{0} cases</translation>
  </message>
  <message>
   <source>← 返回指标</source>
   <translation>← Back to the figure</translation>
  </message>
  <message>
   <source>▼ 低于目标 {0}，差 {1}</source>
   <translation>▼ below target {0} by {1}</translation>
  </message>
  <message>
   <source>▼ 略未达目标 {0}</source>
   <translation>▼ just short of target {0}</translation>
  </message>
  <message>
   <source>▼ 高于目标 {0}，差 {1}</source>
   <translation>▼ above target {0} by {1}</translation>
  </message>
  <message>
   <source>已剔除，申诉成立</source>
   <translation>Removed, appeal upheld</translation>
  </message>
  <message>
   <source>数据截至 · 来源</source>
   <translation>As of · source</translation>
  </message>
  <message>
   <source>本期未上报，不按 0 计</source>
   <translation>Not reported for this period; does not count as 0</translation>
  </message>
  <message>
   <source>本期没有应办，不计入得分</source>
   <translation>Nothing was due in this period; not scored</translation>
  </message>
  <message>
   <source>本期计数互相矛盾，已剔除</source>
   <translation>Counts of this period contradict each other; left out</translation>
  </message>
  <message>
   <source>案件</source>
   <translation>Cases</translation>
  </message>
  <message>
   <source>正在目标 {0} 上</source>
   <translation>exactly on target {0}</translation>
  </message>
  <message>
   <source>此岗位不考这项指标</source>
   <translation>This post is not assessed by this indicator</translation>
  </message>
  <message>
   <source>申诉与剔除</source>
   <translation>Appeals and removals</translation>
  </message>
  <message>
   <source>责任人</source>
   <translation>Accountable</translation>
  </message>
  <message>
   <source>达到目标 {0}，余 {1}</source>
   <translation>Target {0} reached, {1} to spare</translation>
  </message>
  <message>
   <source>选择一个单位和指标</source>
   <translation>Choose a unit and an indicator</translation>
  </message>
  <message>
   <source>，n = {0:.0f} 小样本</source>
   <translation>, n = {0:.0f}: small sample</translation>
  </message>
  <message>
   <source>，全在目标一侧，非抽样波动</source>
   <translation>, all on one side of the target: not by chance</translation>
  </message>
  <message>
   <source>，列出前 {0} 件</source>
   <translation>, first {0} listed</translation>
  </message>
  <message>
   <source>，区间跨过目标，可能是抽样波动</source>
   <translation>; spans the target, may be chance</translation>
  </message>
 </context>
 <context>
  <name>DrillStamp</name>
  <message>
   <source>演练</source>
   <translation>Drill</translation>
  </message>
 </context>
 <context>
  <name>EditionDialog</name>
  <message>
   <source>{0} 自 {1} 并入 {2}，以前各月一并计入：{3}</source>
   <translation>{0} is part of {2} since {1}, its earlier months are counted there: {3}</translation>
  </message>
  <message>
   <source>{0}：{1} 至 {2}，{3}</source>
   <translation>{0}: {1} to {2}, {3}</translation>
  </message>
  <message>
   <source>今后</source>
   <translation>on</translation>
  </message>
  <message>
   <source>公式</source>
   <translation>Formula</translation>
  </message>
  <message>
   <source>指标</source>
   <translation>Indicator</translation>
  </message>
  <message>
   <source>权重</source>
   <translation>Weight</translation>
  </message>
  <message>
   <source>来源</source>
   <translation>Source</translation>
  </message>
  <message>
   <source>目标</source>
   <translation>Target</translation>
  </message>
  <message>
   <source>编号</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>考评口径</source>
   <translation>Rules of assessment</translation>
  </message>
  <message>
   <source>责任人</source>
   <translation>Accountable</translation>
  </message>
 </context>
 <context>
  <name>EmergencyPage</name>
  <message>
   <source>{0} 级响应：{1}。派 {2} 个调度令，通知 {3} 人</source>
   <translation>Response level {0}: {1}. {2} orders, {3} people told</translation>
  </message>
  <message>
   <source>发起人撤回</source>
   <translation>Withdrawn by who began it</translation>
  </message>
  <message>
   <source>复核 {0} 的 {1} 级响应：{2}</source>
   <translation>Approve the level {1} response of {0}: {2}</translation>
  </message>
  <message>
   <source>复核人退回</source>
   <translation>Sent back by the second person</translation>
  </message>
  <message>
   <source>演练 </source>
   <translation>Drill </translation>
  </message>
 </context>
 <context>
  <name>EventFacts</name>
  <message>
   <source>发生</source>
   <translation>Raised</translation>
  </message>
  <message>
   <source>告警要点</source>
   <translation>Facts of the alarm</translation>
  </message>
  <message>
   <source>地点</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>存在</source>
   <translation>Active</translation>
  </message>
  <message>
   <source>已恢复</source>
   <translation>Back to normal</translation>
  </message>
  <message>
   <source>未确认</source>
   <translation>Not acknowledged</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>Condition</translation>
  </message>
  <message>
   <source>确认</source>
   <translation>Acknowledged</translation>
  </message>
  <message>
   <source>警戒线 {0}</source>
   <translation>Warning line {0}</translation>
  </message>
  <message>
   <source>读数</source>
   <translation>Reading</translation>
  </message>
  <message>
   <source>近 {0} min · {1}</source>
   <translation>Last {0} min · {1}</translation>
  </message>
 </context>
 <context>
  <name>EvidenceList</name>
  <message>
   <source>还没有依据</source>
   <translation>No evidence yet</translation>
  </message>
 </context>
 <context>
  <name>EvidencePanel</name>
  <message>
   <source> · 停滞 {0}</source>
   <translation> · stale {0}</translation>
  </message>
  <message>
   <source>{0} 条</source>
   <translation>{0} lines</translation>
  </message>
  <message>
   <source>事件与证据</source>
   <translation>Event and evidence</translation>
  </message>
  <message>
   <source>数据龄</source>
   <translation>Age</translation>
  </message>
 </context>
 <context>
  <name>ExecutionBoard</name>
  <message>
   <source>剩余时间按路网，绕开封闭和积水路段 {0} 处（×）；粗 = 晚于承诺或无应答</source>
   <translation>Time left by the street graph, round {0} closed and flooded stretches (×); bold = later than promised or no answer</translation>
  </message>
  <message>
   <source>剩余时间按路网；粗 = 晚于承诺或无应答</source>
   <translation>Time left by the street graph; bold = later than promised or no answer</translation>
  </message>
  <message>
   <source>发起并复核之后，这里显示每支队伍的回执和到达</source>
   <translation>After activation and approval each crew's receipts and arrival stand here</translation>
  </message>
  <message>
   <source>正在按路网计算剩余时间…</source>
   <translation>Working out the time left by the street graph…</translation>
  </message>
  <message>
   <source>没有执行中的响应</source>
   <translation>No response is being carried out</translation>
  </message>
  <message>
   <source>没有路网：剩余时间按直线 × 1.3、25 km/h 估算；粗 = 晚于承诺或无应答</source>
   <translation>No street graph: time left estimated by straight line × 1.3 at 25 km/h; bold = later than promised or no answer</translation>
  </message>
  <message>
   <source>队伍与到达</source>
   <translation>Crews and arrival</translation>
  </message>
 </context>
 <context>
  <name>Figures</name>
  <message>
   <source>RTSP 桥接</source>
   <translation>RTSP bridge</translation>
  </message>
  <message>
   <source>{0} 帧/s</source>
   <translation>{0} fps</translation>
  </message>
  <message>
   <source>丢 {0} 帧</source>
   <translation>{0} lost</translation>
  </message>
  <message>
   <source>没有实时画面</source>
   <translation>No live picture</translation>
  </message>
  <message>
   <source>积压 {0} ms</source>
   <translation>{0} ms waiting</translation>
  </message>
  <message>
   <source>缓冲 {0} ms</source>
   <translation>{0} ms buffer</translation>
  </message>
  <message>
   <source>软解</source>
   <translation>Software decoding</translation>
  </message>
 </context>
 <context>
  <name>FilterBar</name>
  <message>
   <source>清除筛选</source>
   <translation>Clear filter</translation>
  </message>
 </context>
 <context>
  <name>FirstStart</name>
  <message>
   <source>Enter 进入演示城市；{0} s 后自动进入，按任意键停住</source>
   <translation>Enter opens the demo city; it opens by itself in {0} s, any key stops that</translation>
  </message>
  <message>
   <source>← → 选择，Enter 进入</source>
   <translation>← → choose, Enter opens</translation>
  </message>
  <message>
   <source>← → 选择，Enter 进入，Esc 返回</source>
   <translation>← → choose, Enter opens, Esc goes back</translation>
  </message>
  <message>
   <source>城瞰</source>
   <translation>Chengkan</translation>
  </message>
  <message>
   <source>接入平台</source>
   <translation>Connect to a platform</translation>
  </message>
  <message>
   <source>接入本市的城市运行平台，用平台的账号登录。
需要平台地址，自建证书还要机构文件（CA）。

适合正式值班，接入前逐步测试连接。</source>
   <translation>Connect to your city's platform and sign in with its accounts.
Needs the address, and the CA file for a private certificate.

For real duty; the connection is tested step by step first.</translation>
  </message>
  <message>
   <source>演示城市</source>
   <translation>Demo city</translation>
  </message>
  <message>
   <source>虚构的澄江市，画面、传感器和告警都在本机模拟。
不需要网络，账号点一下就能用。

适合培训、演练和试用。</source>
   <translation>The fictional city of Chengjiang: pictures, sensors and alarms are simulated here.
Needs no network; one click takes an account.

For training, drills and trials.</translation>
  </message>
  <message>
   <source>这个席位看哪座城市？</source>
   <translation>Which city does this seat watch?</translation>
  </message>
 </context>
 <context>
  <name>FloodWatch</name>
  <message>
   <source>报警洪峰</source>
   <translation>Alarm flood</translation>
  </message>
  <message>
   <source>洪峰已过，提示音恢复逐条响起。还有 {0} 条未确认</source>
   <translation>The flood is over, each alarm sounds again. {0} not acknowledged</translation>
  </message>
  <message>
   <source>洪峰已过，没有未确认的告警</source>
   <translation>The flood is over, nothing is left to acknowledge</translation>
  </message>
  <message>
   <source>还有 {0} 条未确认。提示音不再逐条响起，红色和橙色按节奏继续</source>
   <translation>Another {0} not acknowledged. Single cues are off, red and orange go on in their rhythm</translation>
  </message>
 </context>
 <context>
  <name>FocusSeat</name>
  <message>
   <source>低延迟</source>
   <translation>low latency</translation>
  </message>
  <message>
   <source>打不开：{0}</source>
   <translation>does not open: {0}</translation>
  </message>
  <message>
   <source>本机太慢</source>
   <translation>this machine is too slow</translation>
  </message>
 </context>
 <context>
  <name>FrozenCover</name>
  <message>
   <source>已冻结 {0} 起</source>
   <translation>Frozen since {0}</translation>
  </message>
 </context>
 <context>
  <name>GoingOut</name>
  <message>
   <source>　有视频墙，先收回</source>
   <translation> has a video wall, take that back first</translation>
  </message>
  <message>
   <source>只接了一台显示器；接上大屏后可投屏</source>
   <translation>One monitor only; with the big screen connected the ranking can be shown there</translation>
  </message>
  <message>
   <source>城市综合考评绩效通报</source>
   <translation>Bulletin of the city's assessment</translation>
  </message>
  <message>
   <source>大屏</source>
   <translation>Wall</translation>
  </message>
  <message>
   <source>大屏：投屏中</source>
   <translation>Wall: shown</translation>
  </message>
  <message>
   <source>存为 PDF</source>
   <translation>Save as PDF</translation>
  </message>
  <message>
   <source>存为 PNG</source>
   <translation>Save as PNG</translation>
  </message>
  <message>
   <source>存图</source>
   <translation>Save</translation>
  </message>
  <message>
   <source>屏 {0}　{1}×{2}</source>
   <translation>Screen {0} {1}×{2}</translation>
  </message>
  <message>
   <source>把这一屏存为 PNG 或 PDF，留审计记录</source>
   <translation>Save this screen as PNG or PDF; it is audited</translation>
  </message>
  <message>
   <source>投到大屏：轮播、暂停、冻结、收回</source>
   <translation>To the wall: rotate, pause, freeze, take back</translation>
  </message>
  <message>
   <source>投屏到屏 {0}</source>
   <translation>Show on screen {0}</translation>
  </message>
  <message>
   <source>收回投屏</source>
   <translation>Take back from the screen</translation>
  </message>
  <message>
   <source>文件没有生成（{0}）；请告知管理员</source>
   <translation>The file was not made ({0}); tell the administrator</translation>
  </message>
  <message>
   <source>案卷</source>
   <translation>Case file</translation>
  </message>
  <message>
   <source>案卷-{0}</source>
   <translation>case-file-{0}</translation>
  </message>
  <message>
   <source>正在保存…</source>
   <translation>Saving…</translation>
  </message>
  <message>
   <source>正在生成 Excel…</source>
   <translation>Making the workbook…</translation>
  </message>
  <message>
   <source>演示数据</source>
   <translation>Demonstration data</translation>
  </message>
  <message>
   <source>绩效通报</source>
   <translation>Performance bulletin</translation>
  </message>
  <message>
   <source>绩效通报-{0}-{1}</source>
   <translation>bulletin-{0}-{1}</translation>
  </message>
  <message>
   <source>综合考评-{0}-{1}</source>
   <translation>assessment-{0}-{1}</translation>
  </message>
  <message>
   <source>驾驶舱-{0}</source>
   <translation>cockpit-{0}</translation>
  </message>
 </context>
 <context>
  <name>Guide</name>
  <message>
   <source>上一步</source>
   <translation>Back</translation>
  </message>
  <message>
   <source>下一步</source>
   <translation>Next</translation>
  </message>
  <message>
   <source>做到了</source>
   <translation>Done</translation>
  </message>
  <message>
   <source>完成</source>
   <translation>Finish</translation>
  </message>
  <message>
   <source>新手引导</source>
   <translation>First steps</translation>
  </message>
  <message>
   <source>离开  Esc</source>
   <translation>Leave  Esc</translation>
  </message>
 </context>
 <context>
  <name>Header</name>
  <message>
   <source>{0} 项要处理：{1}</source>
   <translation>{0} to deal with: {1}</translation>
  </message>
  <message>
   <source>、</source>
   <translation>, </translation>
  </message>
  <message>
   <source>体检</source>
   <translation>Check up</translation>
  </message>
  <message>
   <source>体检中…</source>
   <translation>Checking…</translation>
  </message>
  <message>
   <source>各子系统正常</source>
   <translation>All subsystems good</translation>
  </message>
  <message>
   <source>平台</source>
   <translation>Platform</translation>
  </message>
  <message>
   <source>故障 {0} / {1} 项</source>
   <translation>{0} / {1} faults</translation>
  </message>
  <message>
   <source>本机</source>
   <translation>This machine</translation>
  </message>
  <message>
   <source>本机与平台</source>
   <translation>Machine and platform</translation>
  </message>
  <message>
   <source>没有故障；{0} 未就绪</source>
   <translation>No fault; not ready: {0}</translation>
  </message>
  <message>
   <source>系统健康</source>
   <translation>System health</translation>
  </message>
  <message>
   <source>逐项检查本机与平台，各给出处理办法；约 15 s，不影响值班</source>
   <translation>Checks this machine and the platform item by item and says what to do; about 15 s, does not disturb the duty</translation>
  </message>
  <message>
   <source>，</source>
   <translation>, </translation>
  </message>
 </context>
 <context>
  <name>HealthPage</name>
  <message>
   <source>{0} / {1} 个在线</source>
   <translation>{0} / {1} online</translation>
  </message>
  <message>
   <source>{0} / {1} 路在线</source>
   <translation>{0} / {1} online</translation>
  </message>
  <message>
   <source>传感器在线率 · 3 个周期内有上报</source>
   <translation>Sensors online · reported within 3 periods</translation>
  </message>
  <message>
   <source>名册</source>
   <translation>Registers</translation>
  </message>
  <message>
   <source>名册核对于 {0}</source>
   <translation>Register checked {0}</translation>
  </message>
  <message>
   <source>城市之感</source>
   <translation>City senses</translation>
  </message>
  <message>
   <source>城市之眼</source>
   <translation>City eyes</translation>
  </message>
  <message>
   <source>子系统</source>
   <translation>Subsystems</translation>
  </message>
  <message>
   <source>实时通道停滞，不是现状</source>
   <translation>Live channel stale: not the present</translation>
  </message>
  <message>
   <source>摄像机在线率</source>
   <translation>Cameras online</translation>
  </message>
  <message>
   <source>数据源</source>
   <translation>Feeds</translation>
  </message>
  <message>
   <source>未注明</source>
   <translation>Not stated</translation>
  </message>
  <message>
   <source>每 5 min 向平台核对一次</source>
   <translation>Checked with the platform every 5 min</translation>
  </message>
  <message>
   <source>登录后由平台下载，约 1 min；一直没有请做体检</source>
   <translation>Fetched after sign-in, about 1 min; if it stays empty, run a check-up</translation>
  </message>
  <message>
   <source>自数据链路启动以来的条数</source>
   <translation>Counts since the link started</translation>
  </message>
  <message>
   <source>还没有传感器上报</source>
   <translation>No sensor has reported yet</translation>
  </message>
  <message>
   <source>还没有名册</source>
   <translation>No registers yet</translation>
  </message>
  <message>
   <source>还没有摄像机名册</source>
   <translation>No register of cameras yet</translation>
  </message>
  <message>
   <source>进程</source>
   <translation>Processes</translation>
  </message>
 </context>
 <context>
  <name>HoldBar</name>
  <message>
   <source>按住鼠标、Enter 或空格 2 秒；松开即取消</source>
   <translation>Hold mouse, Enter or space for 2 s; letting go cancels</translation>
  </message>
  <message>
   <source>正在按住 {0:.1f} / {1:.1f} s</source>
   <translation>Holding {0:.1f} / {1:.1f} s</translation>
  </message>
  <message>
   <source>鼠标、Enter 或空格；松手即取消</source>
   <translation>Mouse, Enter or space; letting go cancels</translation>
  </message>
 </context>
 <context>
  <name>IncidentBadge</name>
  <message>
   <source>应急 {0}</source>
   <translation>Emergency {0}</translation>
  </message>
  <message>
   <source>演练 {0}</source>
   <translation>Drill {0}</translation>
  </message>
  <message>
   <source>进行中的响应：{0}</source>
   <translation>Responses under way: {0}</translation>
  </message>
 </context>
 <context>
  <name>IncidentWatch</name>
  <message>
   <source>{0} 提请 {1} 级变更为 {2} 级，{3} 前有效：{4}
到「应急」页复核</source>
   <translation>{0} asks to change level {1} to {2}, valid until {3}: {4}
Approve on the page “Emergency”</translation>
  </message>
  <message>
   <source>{0} 请求复核 {1} 级响应，{2} 前有效：{3}
到「应急」页复核</source>
   <translation>{0} asks to approve a level {1} response, valid until {2}: {3}
Approve it on the page “Emergency”</translation>
  </message>
  <message>
   <source>{0} 退回，维持 {1} 级：{2}</source>
   <translation>{0} sent it back, level {1} stays: {2}</translation>
  </message>
  <message>
   <source>应急启动已作废</source>
   <translation>The activation has expired</translation>
  </message>
  <message>
   <source>应急启动已退回</source>
   <translation>The activation was sent back</translation>
  </message>
  <message>
   <source>无人复核，已作废，没有发出任何命令：{0}</source>
   <translation>Nobody approved; it has expired and nothing was sent: {0}</translation>
  </message>
  <message>
   <source>无人复核，维持 {0} 级：{1}</source>
   <translation>Nobody approved, level {0} stays: {1}</translation>
  </message>
  <message>
   <source>演练 </source>
   <translation>Drill </translation>
  </message>
  <message>
   <source>等你复核</source>
   <translation>Waits for your approval</translation>
  </message>
  <message>
   <source>级别变更已作废</source>
   <translation>Change of level expired</translation>
  </message>
  <message>
   <source>级别变更已退回</source>
   <translation>Change of level sent back</translation>
  </message>
 </context>
 <context>
  <name>KeySheet</name>
  <message>
   <source>全部按键</source>
   <translation>All keys</translation>
  </message>
  <message>
   <source>关闭  Esc</source>
   <translation>Close  Esc</translation>
  </message>
  <message>
   <source>新手引导</source>
   <translation>First steps</translation>
  </message>
  <message>
   <source>没有一个单独的按键会造成不可撤销的后果</source>
   <translation>No single key does anything that cannot be undone</translation>
  </message>
 </context>
 <context>
  <name>LadderWatch</name>
  <message>
   <source>{0}（{1}）第 {2} 步催办没有发出：{3}</source>
   <translation>{0} ({1}): step {2} of the ladder was not sent: {3}</translation>
  </message>
  <message>
   <source>催办没有发出</source>
   <translation>A reminder was not sent</translation>
  </message>
 </context>
 <context>
  <name>LastResort</name>
  <message>
   <source>告警仍在后台接收。请立即用电话联系：</source>
   <translation>Alarms are still being received. Use the telephone now:</translation>
  </message>
  <message>
   <source>城瞰无法显示</source>
   <translation>Chengkan cannot be shown</translation>
  </message>
  <message>
   <source>城瞰的窗口多次异常退出，安全模式也无法打开。</source>
   <translation>The window failed several times, and safe mode does not open either.</translation>
  </message>
  <message>
   <source>最后的记录：</source>
   <translation>Last words:</translation>
  </message>
  <message>
   <source>退出城瞰</source>
   <translation>Quit Chengkan</translation>
  </message>
  <message>
   <source>重新启动窗口</source>
   <translation>Start the window again</translation>
  </message>
  <message>
   <source>（未设置电话：请在 settings.toml 的 contacts 中填写）</source>
   <translation>(no telephone set: fill in contacts in settings.toml)</translation>
  </message>
 </context>
 <context>
  <name>LayerPanel</name>
  <message>
   <source>图层</source>
   <translation>Layers</translation>
  </message>
  <message>
   <source>收起图层</source>
   <translation>Hide layers</translation>
  </message>
  <message>
   <source>数量</source>
   <translation>Count</translation>
  </message>
  <message>
   <source>类</source>
   <translation>Layer</translation>
  </message>
  <message>
   <source>龄</source>
   <translation>Age</translation>
  </message>
 </context>
 <context>
  <name>Legend</name>
  <message>
   <source>中</source>
   <translation>middle</translation>
  </message>
  <message>
   <source>单位 %，时长 h 或 min，←→ 看其余指标</source>
   <translation>In %, times in h or min; ←→ for more</translation>
  </message>
  <message>
   <source>图例</source>
   <translation>Legend</translation>
  </message>
  <message>
   <source>轻</source>
   <translation>slight</translation>
  </message>
  <message>
   <source>达标不着底；未达标 ▼</source>
   <translation>Target met: plain; missed ▼</translation>
  </message>
  <message>
   <source>连续 3 期重度未达</source>
   <translation>far off 3 periods in a row</translation>
  </message>
  <message>
   <source>重</source>
   <translation>far</translation>
  </message>
 </context>
 <context>
  <name>LevelCount</name>
  <message>
   <source>{0}：未结 {1}，其中未确认 {2}</source>
   <translation>{0}: {1} open, {2} of them unacknowledged</translation>
  </message>
 </context>
 <context>
  <name>LevelCounts</name>
  <message>
   <source>未确认：红 {0}，橙 {1}，黄 {2}</source>
   <translation>Not acknowledged: red {0}, orange {1}, yellow {2}</translation>
  </message>
 </context>
 <context>
  <name>LevelDialog</name>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>变更级别</source>
   <translation>Change the level</translation>
  </message>
  <message>
   <source>条件已达</source>
   <translation>Condition met</translation>
  </message>
  <message>
   <source>现行</source>
   <translation>Present</translation>
  </message>
  <message>
   <source>现行 {0}，选要变更到的级别</source>
   <translation>Present: {0}. Choose the level to change to</translation>
  </message>
  <message>
   <source>还没有选级别</source>
   <translation>No level chosen yet</translation>
  </message>
  <message>
   <source>预案没有</source>
   <translation>Not in the plan</translation>
  </message>
 </context>
 <context>
  <name>LevelLine</name>
  <message>
   <source>{0} 未结，{1} 条未确认</source>
   <translation>{0}, open; {1} unacknowledged</translation>
  </message>
 </context>
 <context>
  <name>LevelPanel</name>
  <message>
   <source>没有预案</source>
   <translation>No plan</translation>
  </message>
  <message>
   <source>选预案</source>
   <translation>Choose a plan</translation>
  </message>
  <message>
   <source>预案与级别</source>
   <translation>Plan and level</translation>
  </message>
 </context>
 <context>
  <name>LevelStrip</name>
  <message>
   <source>剩 {0:.0f} s</source>
   <translation>{0:.0f} s left</translation>
  </message>
  <message>
   <source>变更级别…</source>
   <translation>Change the level…</translation>
  </message>
  <message>
   <source>撤回提请</source>
   <translation>Withdraw the request</translation>
  </message>
  <message>
   <source>补派…</source>
   <translation>Send more…</translation>
  </message>
  <message>
   <source>退回</source>
   <translation>Send back</translation>
  </message>
 </context>
 <context>
  <name>LevelWatch</name>
  <message>
   <source>{0}
{1}
现行 {2} 级，是否提级请指挥人员决定</source>
   <translation>{0}
{1}
In force: level {2}; the command decides whether to raise it</translation>
  </message>
  <message>
   <source>应急响应已达到 {0} 级条件</source>
   <translation>The conditions of response level {0} are reached</translation>
  </message>
 </context>
 <context>
  <name>LimitBar</name>
  <message>
   <source>余 {0}</source>
   <translation>{0} left</translation>
  </message>
  <message>
   <source>已用 {0:.0f}%</source>
   <translation>{0:.0f}% used</translation>
  </message>
  <message>
   <source>提前 {0} 办结</source>
   <translation>done {0} early</translation>
  </message>
  <message>
   <source>时限不能计算：{0}</source>
   <translation>The limit cannot be worked out: {0}</translation>
  </message>
  <message>
   <source>红灯，已超时限</source>
   <translation>Red: past its limit</translation>
  </message>
  <message>
   <source>绿灯</source>
   <translation>Green</translation>
  </message>
  <message>
   <source>超 {0}</source>
   <translation>{0} over</translation>
  </message>
  <message>
   <source>超 {0} 办结</source>
   <translation>done {0} late</translation>
  </message>
  <message>
   <source>黄灯，已过 80%</source>
   <translation>Yellow: past 80 %</translation>
  </message>
 </context>
 <context>
  <name>LinkageBar</name>
  <message>
   <source> 等 {0} 条</source>
   <translation>, {0} in all</translation>
  </message>
  <message>
   <source>{0} · {1} 处 {2} 条</source>
   <translation>{0} · {1} places, {2} alarms</translation>
  </message>
  <message>
   <source>{0} 条 · {1}</source>
   <translation>{0} · {1}</translation>
  </message>
  <message>
   <source>{0} 条在等预留格</source>
   <translation>{0} wait for a reserved cell</translation>
  </message>
  <message>
   <source>{0}级 {1} 条没有画面</source>
   <translation>{0}: {1} without picture</translation>
  </message>
  <message>
   <source>告警联动：哪些格预留，何时自动上墙</source>
   <translation>Alarm linkage: reserved cells, and when alarms take them</translation>
  </message>
  <message>
   <source>按下看：{0}（右键选其他）</source>
   <translation>Press to see: {0} (right click for others)</translation>
  </message>
  <message>
   <source>联动</source>
   <translation>Linkage</translation>
  </message>
  <message>
   <source>还有 {0} 处</source>
   <translation>{0} more places</translation>
  </message>
 </context>
 <context>
  <name>LinkageDialog</name>
  <message>
   <source>{0} min</source>
   <translation>{0} min</translation>
  </message>
  <message>
   <source>不播放</source>
   <translation>Do not play</translation>
  </message>
  <message>
   <source>仅红级</source>
   <translation>Red only</translation>
  </message>
  <message>
   <source>原画面恢复</source>
   <translation>Former picture returns</translation>
  </message>
  <message>
   <source>告警前 10 s 录像</source>
   <translation>10 s before the alarm</translation>
  </message>
  <message>
   <source>告警结束即恢复；未确认的红级不按时间恢复</source>
   <translation>It returns when the alarm ends; an unacknowledged red never by time</translation>
  </message>
  <message>
   <source>告警联动</source>
   <translation>Alarm linkage</translation>
  </message>
  <message>
   <source>完成</source>
   <translation>Done</translation>
  </message>
  <message>
   <source>并排播放</source>
   <translation>Play beside it</translation>
  </message>
  <message>
   <source>恢复默认预留格</source>
   <translation>Default reserved cells</translation>
  </message>
  <message>
   <source>红级和橙级</source>
   <translation>Red and orange</translation>
  </message>
  <message>
   <source>自动上墙</source>
   <translation>Automatic</translation>
  </message>
  <message>
   <source>预留格：告警画面只占这些格，固定的格从不占用</source>
   <translation>Reserved cells: alarms take only these, never a held one</translation>
  </message>
 </context>
 <context>
  <name>LinkageRunner</name>
  <message>
   <source>{0} 号格：{1}</source>
   <translation>Cell {0}: {1}</translation>
  </message>
  <message>
   <source>刚刚</source>
   <translation>just now</translation>
  </message>
  <message>
   <source>告警前 {0} s · {1}</source>
   <translation>{0} s before the alarm · {1}</translation>
  </message>
  <message>
   <source>已 {0} h</source>
   <translation>for {0} h</translation>
  </message>
  <message>
   <source>已 {0} min</source>
   <translation>for {0} min</translation>
  </message>
  <message>
   <source>未确认</source>
   <translation>Not acknowledged</translation>
  </message>
  <message>
   <source>，线 {0}</source>
   <translation>, line {0}</translation>
  </message>
 </context>
 <context>
  <name>ListHeading</name>
  <message>
   <source>上墙 {0} 路</source>
   <translation>{0} to the wall</translation>
  </message>
  <message>
   <source>把列表里前 {0} 路在线的放上大屏；也可拖到格子上</source>
   <translation>Puts the first {0} online ones on the wall; or drag them onto cells</translation>
  </message>
 </context>
 <context>
  <name>LivePlayer</name>
  <message>
   <source>5 秒内没有画面</source>
   <translation>No picture within 5 s</translation>
  </message>
  <message>
   <source>平台没有给出播放地址</source>
   <translation>The platform gave no address</translation>
  </message>
  <message>
   <source>无</source>
   <translation>none</translation>
  </message>
  <message>
   <source>未显示，已停止取流</source>
   <translation>Not shown, stream stopped</translation>
  </message>
  <message>
   <source>未选摄像机</source>
   <translation>No camera selected</translation>
  </message>
  <message>
   <source>本机不能播放此摄像机的流：</source>
   <translation>Cannot play this camera's streams here: </translation>
  </message>
  <message>
   <source>正在连接摄像机</source>
   <translation>Connecting to the camera</translation>
  </message>
  <message>
   <source>画面停滞：收不到数据</source>
   <translation>Picture stalled: no data</translation>
  </message>
  <message>
   <source>画面停滞：有数据，画面不动</source>
   <translation>Picture stalled: data but no motion</translation>
  </message>
  <message>
   <source>视频服务器上没有这路画面（{0}）</source>
   <translation>The video server has no such picture ({0})</translation>
  </message>
  <message>
   <source>视频服务器拒绝取流（{0}）：没有权限，或地址已失效</source>
   <translation>The video server refuses ({0}): no permission, or the address has expired</translation>
  </message>
  <message>
   <source>视频流中断</source>
   <translation>The stream broke off</translation>
  </message>
  <message>
   <source>视频进程重启中</source>
   <translation>Video process restarting</translation>
  </message>
  <message>
   <source>：视频服务器出错（{0}）</source>
   <translation>: video server failed ({0})</translation>
  </message>
  <message>
   <source>：视频服务器的证书不受信任</source>
   <translation>: the certificate of the video server is not trusted</translation>
  </message>
  <message>
   <source>：连不上视频服务器</source>
   <translation>: video server cannot be reached</translation>
  </message>
 </context>
 <context>
  <name>LockPage</name>
  <message>
   <source>周一 周二 周三 周四 周五 周六 周日</source>
   <translation>Mon Tue Wed Thu Fri Sat Sun</translation>
  </message>
  <message>
   <source>密码</source>
   <translation>Password</translation>
  </message>
  <message>
   <source>已锁定 · {0} · {1} 起</source>
   <translation>Locked · {0} · since {1}</translation>
  </message>
  <message>
   <source>换人登录</source>
   <translation>Change user</translation>
  </message>
  <message>
   <source>新 {0} {1}</source>
   <translation>New: {0} {1}</translation>
  </message>
  <message>
   <source>解锁</source>
   <translation>Unlock</translation>
  </message>
  <message>
   <source>解锁密码</source>
   <translation>Password to unlock</translation>
  </message>
  <message>
   <source>请填写密码</source>
   <translation>Enter the password</translation>
  </message>
  <message>
   <source>锁定期间提示音照常 · F9 静音 60 秒</source>
   <translation>Sounds go on while locked · F9 silences for 60 s</translation>
  </message>
  <message>
   <source>，另有 {0} 条</source>
   <translation>, {0} more</translation>
  </message>
 </context>
 <context>
  <name>LookingPanel</name>
  <message>
   <source>3 个周期没有上报的传感器会列在这里</source>
   <translation>Sensors that miss 3 periods are listed here</translation>
  </message>
  <message>
   <source>体检</source>
   <translation>Check-up</translation>
  </message>
  <message>
   <source>共 {0} 条，链完整；平台已知到第 {1} 条</source>
   <translation>{0} entries, chain intact; the platform knows up to no. {1}</translation>
  </message>
  <message>
   <source>审计</source>
   <translation>Audit</translation>
  </message>
  <message>
   <source>审计记录照常保存，不受查看权限影响</source>
   <translation>Entries are kept all the same, whoever may read them</translation>
  </message>
  <message>
   <source>按右上角「体检」：逐项检查本机与平台，约 15 s</source>
   <translation>Press "Check up" at the top right: checks machine and platform, about 15 s</translation>
  </message>
  <message>
   <source>排查</source>
   <translation>Look closer</translation>
  </message>
  <message>
   <source>正在核对审计链</source>
   <translation>Checking the audit chain</translation>
  </message>
  <message>
   <source>沉默传感器</source>
   <translation>Silent sensors</translation>
  </message>
  <message>
   <source>没有沉默的传感器</source>
   <translation>No silent sensors</translation>
  </message>
  <message>
   <source>第 {0} 条起不可信：{1}；请备份配置目录后报告管理员</source>
   <translation>Not to be trusted from no. {0} on: {1}; back up the profile folder and tell the administrator</translation>
  </message>
  <message>
   <source>还没有体检</source>
   <translation>No check-up yet</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>值班工作站</source>
   <translation>Workstation</translation>
  </message>
  <message>
   <source>操作未成</source>
   <translation>Not done</translation>
  </message>
  <message>
   <source>退出登录未成</source>
   <translation>Sign-out failed</translation>
  </message>
 </context>
 <context>
  <name>MapPanel</name>
  <message>
   <source>只显异常</source>
   <translation>Only what is abnormal</translation>
  </message>
  <message>
   <source>审图号 {0}</source>
   <translation>Map approval {0}</translation>
  </message>
  <message>
   <source>审图号未配置，仅限内部演示</source>
   <translation>No map approval number: internal demonstration only</translation>
  </message>
 </context>
 <context>
  <name>MaskCanvas</name>
  <message>
   <source>{0} 处遮挡</source>
   <translation>{0} masks</translation>
  </message>
  <message>
   <source>画面和遮挡</source>
   <translation>Picture and masks</translation>
  </message>
 </context>
 <context>
  <name>MaskEditor</name>
  <message>
   <source>{0} 处</source>
   <translation>{0} masks</translation>
  </message>
  <message>
   <source>{0} 处，已到上限</source>
   <translation>{0} masks, no more are possible</translation>
  </message>
  <message>
   <source>保存</source>
   <translation>Save</translation>
  </message>
  <message>
   <source>删除选中</source>
   <translation>Delete selected</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>拖出矩形即遮住；点中后按 Del 删除，方向键移动，Shift+方向键改大小，Insert 新增</source>
   <translation>Drag to mask; select and press Del to delete, arrows to move, Shift+arrows to resize, Insert to add</translation>
  </message>
  <message>
   <source>画面遮挡</source>
   <translation>Privacy masks</translation>
  </message>
  <message>
   <source>画面遮挡 · {0}</source>
   <translation>Privacy masks · {0}</translation>
  </message>
 </context>
 <context>
  <name>MaskFile</name>
  <message>
   <source>{0} 的遮挡已存：{1} 处</source>
   <translation>Masks of {0} saved: {1}</translation>
  </message>
  <message>
   <source>上一次修改还在写盘，请稍候再存</source>
   <translation>The previous change is still being written; save again in a moment</translation>
  </message>
  <message>
   <source>遮挡没有存下：{0}</source>
   <translation>Masks not saved: {0}</translation>
  </message>
  <message>
   <source>遮挡没有存下：{0} 读不了，请先修好它</source>
   <translation>Masks not saved: {0} cannot be read; repair it first</translation>
  </message>
 </context>
 <context>
  <name>MatrixDelegate</name>
  <message>
   <source>牵头 · </source>
   <translation>Lead · </translation>
  </message>
 </context>
 <context>
  <name>MatrixModel</name>
  <message>
   <source>下一步</source>
   <translation>Next step</translation>
  </message>
  <message>
   <source>到场</source>
   <translation>On scene</translation>
  </message>
  <message>
   <source>发出 {0}</source>
   <translation>Sent {0}</translation>
  </message>
  <message>
   <source>对象</source>
   <translation>Recipient</translation>
  </message>
  <message>
   <source>已改派 {0}</source>
   <translation>Replaced {0}</translation>
  </message>
  <message>
   <source>已读</source>
   <translation>Read</translation>
  </message>
  <message>
   <source>接受</source>
   <translation>Accepted</translation>
  </message>
  <message>
   <source>渠道</source>
   <translation>Channel</translation>
  </message>
  <message>
   <source>送达</source>
   <translation>Delivered</translation>
  </message>
 </context>
 <context>
  <name>MatrixPanel</name>
  <message>
   <source>{0}，不再催办或改派</source>
   <translation>{0}, no more reminders or replacements</translation>
  </message>
  <message>
   <source>中</source>
   <translation>medium</translation>
  </message>
  <message>
   <source>全部</source>
   <translation>All</translation>
  </message>
  <message>
   <source>另有 {0} 个单位</source>
   <translation>{0} more units</translation>
  </message>
  <message>
   <source>另有 {0} 项指标</source>
   <translation>{0} more metrics</translation>
  </message>
  <message>
   <source>回执</source>
   <translation>Receipts</translation>
  </message>
  <message>
   <source>多</source>
   <translation>many</translation>
  </message>
  <message>
   <source>少</source>
   <translation>few</translation>
  </message>
  <message>
   <source>恢复催办</source>
   <translation>Resume reminders</translation>
  </message>
  <message>
   <source>改派</source>
   <translation>Replace</translation>
  </message>
  <message>
   <source>暂停催办</source>
   <translation>Hold reminders</translation>
  </message>
  <message>
   <source>未达标</source>
   <translation>Target missed</translation>
  </message>
  <message>
   <source>没有未达标</source>
   <translation>None missed</translation>
  </message>
  <message>
   <source>演练，未发到真实渠道</source>
   <translation>Drill: not given to a real channel</translation>
  </message>
  <message>
   <source>现在催办</source>
   <translation>Remind now</translation>
  </message>
  <message>
   <source>缺数</source>
   <translation>missing</translation>
  </message>
  <message>
   <source>调度令 {0} 发出</source>
   <translation>Order sent {0}</translation>
  </message>
  <message>
   <source>轻</source>
   <translation>slight</translation>
  </message>
  <message>
   <source>达标</source>
   <translation>Target met</translation>
  </message>
  <message>
   <source>这条调度令已改派或撤回</source>
   <translation>This order has been replaced or recalled</translation>
  </message>
  <message>
   <source>选中一行，可提前催办、暂停或改派</source>
   <translation>Select a row to remind, hold or replace</translation>
  </message>
  <message>
   <source>通知</source>
   <translation>Message</translation>
  </message>
  <message>
   <source>通知不改派；需要时请再发一条或拨打电话</source>
   <translation>A message is not replaced; send another or call</translation>
  </message>
  <message>
   <source>重</source>
   <translation>grave</translation>
  </message>
  <message>
   <source>队伍</source>
   <translation>Crew</translation>
  </message>
  <message>
   <source>队伍已到场</source>
   <translation>The crew is on scene</translation>
  </message>
 </context>
 <context>
  <name>MirroredScores</name>
  <message>
   <source>失分案件 {0:,}，在前；共</source>
   <translation>{0:,} cases that cost points come first; in all</translation>
  </message>
  <message>
   <source>已下载 {0:,} 件案件，正在统计</source>
   <translation>{0:,} cases downloaded, counting</translation>
  </message>
  <message>
   <source>案件正在从平台下载，期间其余功能照常</source>
   <translation>Cases are being downloaded from the platform; everything else works meanwhile</translation>
  </message>
  <message>
   <source>案件（超时最多的在前）</source>
   <translation>Cases (longest overdue first)</translation>
  </message>
  <message>
   <source>案件，没有失分的，共</source>
   <translation>Cases, none costs points, in all</translation>
  </message>
 </context>
 <context>
  <name>NameDialog</name>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>确定</source>
   <translation>OK</translation>
  </message>
 </context>
 <context>
  <name>NearUnitsDialog</name>
  <message>
   <source>位置</source>
   <translation>Position</translation>
  </message>
  <message>
   <source>位置不是现在的</source>
   <translation>Not the present position</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Unit</translation>
  </message>
  <message>
   <source>发文字</source>
   <translation>Send text</translation>
  </message>
  <message>
   <source>名称</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>挂断</source>
   <translation>Hang up</translation>
  </message>
  <message>
   <source>点选要呼叫的手台；两台以上为组呼</source>
   <translation>Choose radios; two or more make a group call</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>State</translation>
  </message>
  <message>
   <source>组呼 {0} 台</source>
   <translation>Group call, {0}</translation>
  </message>
  <message>
   <source>话音在本席调度电话上</source>
   <translation>Voice is on this desk's dispatch phone</translation>
  </message>
  <message>
   <source>语音呼叫</source>
   <translation>Voice call</translation>
  </message>
  <message>
   <source>距离</source>
   <translation>Distance</translation>
  </message>
  <message>
   <source>附近手台</source>
   <translation>Radios nearby</translation>
  </message>
  <message>
   <source>附近手台与人员 · {0}</source>
   <translation>Radios and staff nearby · {0}</translation>
  </message>
  <message>
   <source>附近没有在岗的手台或人员</source>
   <translation>No radio or staff on duty nearby</translation>
  </message>
 </context>
 <context>
  <name>NearestTiles</name>
  <message>
   <source>关联视频</source>
   <translation>Linked video</translation>
  </message>
 </context>
 <context>
  <name>NotesPanel</name>
  <message>
   <source>{0} 条</source>
   <translation>{0} lines</translation>
  </message>
  <message>
   <source>写一条记录</source>
   <translation>Write a note</translation>
  </message>
  <message>
   <source>写一条记录，Enter 提交</source>
   <translation>Write a note, Enter submits</translation>
  </message>
  <message>
   <source>记录</source>
   <translation>Notes</translation>
  </message>
  <message>
   <source>还没有记录</source>
   <translation>No notes yet</translation>
  </message>
 </context>
 <context>
  <name>NoticeCard</name>
  <message>
   <source>{0} 次</source>
   <translation>{0} times</translation>
  </message>
  <message>
   <source>关闭通知</source>
   <translation>Close notice</translation>
  </message>
  <message>
   <source>另有 {0} 条</source>
   <translation>{0} more</translation>
  </message>
 </context>
 <context>
  <name>NoticeList</name>
  <message>
   <source>24 小时内没有通知</source>
   <translation>No notice in the last 24 h</translation>
  </message>
  <message>
   <source>{0} 起 {1} 次</source>
   <translation>{1} times since {0}</translation>
  </message>
  <message>
   <source>最近 24 小时的通知</source>
   <translation>Notices of the last 24 h</translation>
  </message>
  <message>
   <source>未读 {0} / 共 {1}</source>
   <translation>{0} unread of {1}</translation>
  </message>
 </context>
 <context>
  <name>Opener</name>
  <message>
   <source>没有名为 {name} 的页面，可用：{known}</source>
   <translation>No page named {name}; there are: {known}</translation>
  </message>
  <message>
   <source>没有编号为 {0} 的未关闭告警：可能已经关闭</source>
   <translation>No open alarm with ID {0}: it may have ended</translation>
  </message>
  <message>
   <source>登记册中没有摄像机 {0}</source>
   <translation>No camera {0} in the register</translation>
  </message>
 </context>
 <context>
  <name>OutcomePanel</name>
  <message>
   <source>一个事务，可按序撤回</source>
   <translation>One transaction, recalled in order</translation>
  </message>
  <message>
   <source>执行后将发生</source>
   <translation>What will happen</translation>
  </message>
 </context>
 <context>
  <name>OutreachWatch</name>
  <message>
   <source>{0} 已过 {1} 没有接单</source>
   <translation>{0} has not accepted after {1}</translation>
  </message>
  <message>
   <source>{0} 拒绝接单</source>
   <translation>{0} declined</translation>
  </message>
  <message>
   <source>请语音呼叫，或通知下一位值班</source>
   <translation>Call by voice, or notify the next on duty</translation>
  </message>
  <message>
   <source>责任人未接单</source>
   <translation>Owner has not accepted</translation>
  </message>
 </context>
 <context>
  <name>Overlays</name>
  <message>
   <source>从左边看起</source>
   <translation>Start on the left</translation>
  </message>
  <message>
   <source>全部按键都在这一页上。这份引导也能从那里再打开。</source>
   <translation>All keys are on this sheet. These first steps can be opened from there again.</translation>
  </message>
  <message>
   <source>地图已到现场，右边是最近的画面。F2 放大地图，F3 放大画面，再按还原。</source>
   <translation>The map is at the site, the nearest pictures are on the right. F2 enlarges the map, F3 the picture; again restores.</translation>
  </message>
  <message>
   <source>忘了按键</source>
   <translation>Forgot a key</translation>
  </message>
  <message>
   <source>按 ↓ 或点一下。在窗口的任何地方都可以按，不必先点列表。</source>
   <translation>Press ↓ or click. The key works anywhere in the window, no need to click the list first.</translation>
  </message>
  <message>
   <source>未关闭的告警都在这里，最急的在最上面。形状和字表示级别，实心的还没有人确认。</source>
   <translation>All open alarms are here, the most urgent on top. Shape and word tell the level; a filled sign is not acknowledged yet.</translation>
  </message>
  <message>
   <source>查找一切</source>
   <translation>Find anything</translation>
  </message>
  <message>
   <source>现场就在旁边</source>
   <translation>The site is next to it</translation>
  </message>
  <message>
   <source>看清之后确认</source>
   <translation>Look, then acknowledge</translation>
  </message>
  <message>
   <source>确认表示你已知道并负责跟进。平台回执之后这一行才变，不会先变再等。</source>
   <translation>To acknowledge means: you know and will follow up. The row changes only after the platform's answer, never before.</translation>
  </message>
  <message>
   <source>选一条告警</source>
   <translation>Select an alarm</translation>
  </message>
  <message>
   <source>页面、命令、告警、摄像机和地点，都可以打字找到，拼音首字母也行。</source>
   <translation>Type to find pages, commands, alarms, cameras and places; pinyin initials work too.</translation>
  </message>
 </context>
 <context>
  <name>PairPanel</name>
  <message>
   <source>加入该响应</source>
   <translation>Join that response</translation>
  </message>
  <message>
   <source>双人复核</source>
   <translation>Two persons</translation>
  </message>
  <message>
   <source>发起</source>
   <translation>Begun</translation>
  </message>
  <message>
   <source>复核</source>
   <translation>Approve</translation>
  </message>
  <message>
   <source>撤回发起</source>
   <translation>Withdraw</translation>
  </message>
  <message>
   <source>松手即取消；超时自动作废，不发任何命令</source>
   <translation>Letting go cancels; late means expired, nothing is sent</translation>
  </message>
  <message>
   <source>退回</source>
   <translation>Send back</translation>
  </message>
  <message>
   <source>重新发起</source>
   <translation>Begin anew</translation>
  </message>
 </context>
 <context>
  <name>Palette</name>
  <message>
   <source>↑ ↓ 选择    Tab 下一组    Enter 打开    Esc 关闭</source>
   <translation>↑ ↓ choose    Tab next group    Enter open    Esc close</translation>
  </message>
  <message>
   <source>命令</source>
   <translation>Commands</translation>
  </message>
  <message>
   <source>地点</source>
   <translation>Places</translation>
  </message>
  <message>
   <source>工单</source>
   <translation>Cases</translation>
  </message>
  <message>
   <source>摄像机</source>
   <translation>Cameras</translation>
  </message>
  <message>
   <source>未关闭告警</source>
   <translation>Open alarms</translation>
  </message>
  <message>
   <source>查找与命令</source>
   <translation>Find and command</translation>
  </message>
  <message>
   <source>正在查登记册</source>
   <translation>Searching the registers</translation>
  </message>
  <message>
   <source>没有找到“{0}”。可以查：页面、命令、告警、摄像机、道路、监测点、部件，支持拼音首字母</source>
   <translation>"{0}" not found. You can find: pages, commands, alarms, cameras, roads, points, components; pinyin initials work</translation>
  </message>
  <message>
   <source>物资库</source>
   <translation>Depots</translation>
  </message>
  <message>
   <source>登记册没有查成：{0}</source>
   <translation>The registers could not be searched: {0}</translation>
  </message>
  <message>
   <source>登记册还没有取得，只找了页面、命令和告警，没有找到“{0}”</source>
   <translation>No registers yet: searched pages, commands and alarms only; "{0}" not found</translation>
  </message>
  <message>
   <source>监测点</source>
   <translation>Points</translation>
  </message>
  <message>
   <source>道路</source>
   <translation>Roads</translation>
  </message>
  <message>
   <source>部件</source>
   <translation>Components</translation>
  </message>
  <message>
   <source>页面</source>
   <translation>Pages</translation>
  </message>
  <message>
   <source>页面、命令、告警、摄像机、地点</source>
   <translation>Pages, commands, alarms, cameras, places</translation>
  </message>
 </context>
 <context>
  <name>PartBars</name>
  <message>
   <source>总分</source>
   <translation>Total</translation>
  </message>
  <message>
   <source>计 {0:.2f}</source>
   <translation>gives {0:.2f}</translation>
  </message>
 </context>
 <context>
  <name>PartBox</name>
  <message>
   <source>剩 {0:.0f} s</source>
   <translation>{0:.0f} s left</translation>
  </message>
 </context>
 <context>
  <name>PartsPanel</name>
  <message>
   <source>{0} · 得分构成</source>
   <translation>{0} · parts of the score</translation>
  </message>
  <message>
   <source>{0} 未到</source>
   <translation>{0} has not come</translation>
  </message>
  <message>
   <source>不排</source>
   <translation>unranked</translation>
  </message>
  <message>
   <source>专项：{0}</source>
   <translation>Special: {0}</translation>
  </message>
  <message>
   <source>互评 {0} 票，去掉本单位与最高最低，极差 {1:.1f}；异常评分人 {2}</source>
   <translation>{0} peer votes, own, highest and lowest left out, range {1:.1f}; odd raters {2}</translation>
  </message>
  <message>
   <source>各部分见上，平台未给出分项，须向平台核对</source>
   <translation>our parts are above; the platform gives none: ask it</translation>
  </message>
  <message>
   <source>差额等于加减分 {0:+g}，平台未计入</source>
   <translation>the gap is the adjustment {0:+g}, which the platform did not count</translation>
  </message>
  <message>
   <source>平台公布 {0:.2f}，与本台一致</source>
   <translation>Platform published {0:.2f}, same as ours</translation>
  </message>
  <message>
   <source>平台公布 {0:.2f}，本台不计：{1}</source>
   <translation>Platform published {0:.2f}; not scored here: {1}</translation>
  </message>
  <message>
   <source>平台公布 {0:.2f}，比本台 {1}；{2}</source>
   <translation>Published by the platform: {0:.2f}, against ours {1}; {2}</translation>
  </message>
  <message>
   <source>平台少计 {0} 项（{1}），按其口径本台 {2:.2f}，余差 {3}</source>
   <translation>The platform leaves out {0} indicators ({1}); by its choice ours is {2:.2f}, remaining difference {3}</translation>
  </message>
  <message>
   <source>平台按 {0} 封账时的计数，此后的结案与申诉未计</source>
   <translation>the platform counted at its seal of {0}, closures and appeals since are not in it</translation>
  </message>
  <message>
   <source>平台未公布本期得分</source>
   <translation>The platform has not published this period</translation>
  </message>
  <message>
   <source>平台的考评资料有误，未采用：{0}</source>
   <translation>The platform's assessment data are faulty and not used: {0}</translation>
  </message>
  <message>
   <source>得分构成</source>
   <translation>Parts of the score</translation>
  </message>
  <message>
   <source>本台有数的指标只占权重 {0:.0f}%</source>
   <translation>indicators with figures carry only {0:.0f}% of the weights here</translation>
  </message>
  <message>
   <source>竖线为组中位数，标尺 80 至 100</source>
   <translation>Bar: league median; scale 80 to 100</translation>
  </message>
  <message>
   <source>，其中申诉剔除 {0} 件</source>
   <translation>, {0} of them removed by appeal</translation>
  </message>
  <message>
   <source>；平台专项总分 {0:.2f}，与各领域合计差 {1:+.2f}，按领域合计计</source>
   <translation>; the platform's total is {0:.2f}, {1:+.2f} from the sum of the fields; the sum counts</translation>
  </message>
 </context>
 <context>
  <name>PictureDialog</name>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>案件照片</source>
   <translation>Photographs of the case</translation>
  </message>
 </context>
 <context>
  <name>PinButton</name>
  <message>
   <source>取消固定：随所选告警切换</source>
   <translation>Unpin: follow the selected alarm</translation>
  </message>
  <message>
   <source>固定此画面</source>
   <translation>Pin this picture</translation>
  </message>
 </context>
 <context>
  <name>PlatformForm</name>
  <message>
   <source>CA 证书文件</source>
   <translation>CA certificate file</translation>
  </message>
  <message>
   <source>CA 证书文件（PEM），空着用系统自带的</source>
   <translation>CA certificate file (PEM); empty: the system's own</translation>
  </message>
  <message>
   <source>以 root 身份不能接入真实平台：请换用普通用户启动城瞰</source>
   <translation>No real platform as root: start Chengkan as an ordinary user</translation>
  </message>
  <message>
   <source>保存并重新启动</source>
   <translation>Save and restart</translation>
  </message>
  <message>
   <source>加密证书（TLS）</source>
   <translation>Certificate (TLS)</translation>
  </message>
  <message>
   <source>地址</source>
   <translation>Address</translation>
  </message>
  <message>
   <source>域名解析</source>
   <translation>Name (DNS)</translation>
  </message>
  <message>
   <source>平台健康</source>
   <translation>Platform health</translation>
  </message>
  <message>
   <source>平台地址，如 https://主机/api/v1</source>
   <translation>Address of the platform, e.g. https://host/api/v1</translation>
  </message>
  <message>
   <source>接入平台</source>
   <translation>Connect to a platform</translation>
  </message>
  <message>
   <source>接口应答（HTTP）</source>
   <translation>Answer (HTTP)</translation>
  </message>
  <message>
   <source>时钟</source>
   <translation>Clock</translation>
  </message>
  <message>
   <source>没有接通，上面标 ✕ 的一步说明原因；改正后再测试</source>
   <translation>Not connected: the step marked ✕ says why; mend it and test again</translation>
  </message>
  <message>
   <source>测试连接</source>
   <translation>Test connection</translation>
  </message>
  <message>
   <source>浏览</source>
   <translation>Browse</translation>
  </message>
  <message>
   <source>网络连接（TCP）</source>
   <translation>Connection (TCP)</translation>
  </message>
  <message>
   <source>返回</source>
   <translation>Back</translation>
  </message>
 </context>
 <context>
  <name>PlatformLine</name>
  <message>
   <source>不可达</source>
   <translation>not reachable</translation>
  </message>
  <message>
   <source>可达</source>
   <translation>reachable</translation>
  </message>
  <message>
   <source>平台</source>
   <translation>Platform</translation>
  </message>
  <message>
   <source>正在启动数据链路</source>
   <translation>Starting the link</translation>
  </message>
  <message>
   <source>正在自动重试，请检查网络</source>
   <translation>Trying again by itself; check the network</translation>
  </message>
  <message>
   <source>正在连接</source>
   <translation>Connecting</translation>
  </message>
  <message>
   <source>演示城市（内置模拟平台）</source>
   <translation>Demo city (embedded platform)</translation>
  </message>
  <message>
   <source>自 {0} 起，</source>
   <translation>since {0}, </translation>
  </message>
  <message>
   <source>被拒</source>
   <translation>refused</translation>
  </message>
 </context>
 <context>
  <name>PointTrend</name>
  <message>
   <source>近 {0} min 没有读数</source>
   <translation>No readings in the last {0} min</translation>
  </message>
 </context>
 <context>
  <name>Printer</name>
  <message>
   <source>已送打印机 {0}（SHA-256 {1}…）</source>
   <translation>Sent to printer {0} (SHA-256 {1}…)</translation>
  </message>
  <message>
   <source>没有打印：{0}；可先存为 PDF</source>
   <translation>Not printed: {0}; it can be saved as PDF</translation>
  </message>
 </context>
 <context>
  <name>ProposalCard</name>
  <message>
   <source>{0:g} min 内</source>
   <translation>within {0:g} min</translation>
  </message>
  <message>
   <source>{0:g} min 线</source>
   <translation>{0:g} min line</translation>
  </message>
  <message>
   <source>{0}：最晚到达 {1} min，平均 {2} min，{3} min 内 {4}/{5}，未覆盖 {6}。{7}</source>
   <translation>{0}: latest {1} min, mean {2} min, within {3} min {4}/{5}, unserved {6}. {7}</translation>
  </message>
  <message>
   <source>Ⅰ级</source>
   <translation>Level I</translation>
  </message>
  <message>
   <source>Ⅰ级赶上</source>
   <translation>red in time</translation>
  </message>
  <message>
   <source>平均</source>
   <translation>mean</translation>
  </message>
  <message>
   <source>按时</source>
   <translation>in time</translation>
  </message>
  <message>
   <source>推荐</source>
   <translation>Best</translation>
  </message>
  <message>
   <source>最晚</source>
   <translation>latest</translation>
  </message>
  <message>
   <source>最晚到达</source>
   <translation>latest</translation>
  </message>
 </context>
 <context>
  <name>ProposalPanel</name>
  <message>
   <source>{0}
定了级别，就有方案</source>
   <translation>{0}
With a level there are proposals</translation>
  </message>
  <message>
   <source>总时间最短</source>
   <translation>Least total</translation>
  </message>
  <message>
   <source>最晚到达最短</source>
   <translation>Least latest</translation>
  </message>
  <message>
   <source>派队方案比较</source>
   <translation>Ways to send the crews</translation>
  </message>
  <message>
   <source>逐个派</source>
   <translation>In turn</translation>
  </message>
 </context>
 <context>
  <name>QuadrantPanel</name>
  <message>
   <source>{0}低</source>
   <translation>low {0}</translation>
  </message>
  <message>
   <source>{0}高</source>
   <translation>high {0}</translation>
  </message>
  <message>
   <source>中位 {0}</source>
   <translation>median {0}</translation>
  </message>
  <message>
   <source>无</source>
   <translation>none</translation>
  </message>
  <message>
   <source>没有数据 {0}：{1}</source>
   <translation>No data {0}: {1}</translation>
  </message>
  <message>
   <source>界 {0}</source>
   <translation>line {0}</translation>
  </message>
 </context>
 <context>
  <name>ReachPanel</name>
  <message>
   <source>再次通知</source>
   <translation>Notify again</translation>
  </message>
  <message>
   <source>挂断</source>
   <translation>Hang up</translation>
  </message>
  <message>
   <source>语音呼叫</source>
   <translation>Voice call</translation>
  </message>
  <message>
   <source>通知下一位值班</source>
   <translation>Notify next on duty</translation>
  </message>
  <message>
   <source>通知责任人</source>
   <translation>Notify owner</translation>
  </message>
 </context>
 <context>
  <name>Reaching</name>
  <message>
   <source>{} 前</source>
   <translation>{} ago</translation>
  </message>
  <message>
   <source>再次通知</source>
   <translation>Notify again</translation>
  </message>
  <message>
   <source>发文字</source>
   <translation>Send text</translation>
  </message>
  <message>
   <source>图上 {0:.4f}, {1:.4f}</source>
   <translation>On the map {0:.4f}, {1:.4f}</translation>
  </message>
  <message>
   <source>挂断</source>
   <translation>Hang up</translation>
  </message>
  <message>
   <source>语音呼叫</source>
   <translation>Voice call</translation>
  </message>
  <message>
   <source>说明</source>
   <translation>Note</translation>
  </message>
  <message>
   <source>通知下一位值班</source>
   <translation>Notify next on duty</translation>
  </message>
  <message>
   <source>通知责任人</source>
   <translation>Notify owner</translation>
  </message>
  <message>
   <source>附近手台</source>
   <translation>Radios nearby</translation>
  </message>
 </context>
 <context>
  <name>RecipientPanel</name>
  <message>
   <source>任务</source>
   <translation>Task</translation>
  </message>
  <message>
   <source>到场</source>
   <translation>On scene</translation>
  </message>
  <message>
   <source>对象</source>
   <translation>Recipient</translation>
  </message>
  <message>
   <source>执行令</source>
   <translation>Order</translation>
  </message>
  <message>
   <source>渠道</source>
   <translation>Channel</translation>
  </message>
  <message>
   <source>通知与回执</source>
   <translation>Messages and receipts</translation>
  </message>
 </context>
 <context>
  <name>RecipientTable</name>
  <message>
   <source>有了方案，就列出谁会被通知</source>
   <translation>With a proposal stands who will be told</translation>
  </message>
 </context>
 <context>
  <name>RedispatchDialog</name>
  <message>
   <source>{0} 前</source>
   <translation>{0} ago</translation>
  </message>
  <message>
   <source>位置</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>忙</source>
   <translation>Busy</translation>
  </message>
  <message>
   <source>改派</source>
   <translation>Replace</translation>
  </message>
  <message>
   <source>改派 {0} 的任务</source>
   <translation>Replace the task of {0}</translation>
  </message>
  <message>
   <source>时间按直线 × 1.3、25 km/h 估算</source>
   <translation>Times by straight line × 1.3 at 25 km/h</translation>
  </message>
  <message>
   <source>时间按路网，绕开封闭和积水路段</source>
   <translation>Times by the street graph, round closed and flooded stretches</translation>
  </message>
  <message>
   <source>没有具备这项技能的在岗队伍；请联系邻区支援</source>
   <translation>No crew with this skill is on duty; ask the next district</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>State</translation>
  </message>
  <message>
   <source>空闲</source>
   <translation>Idle</translation>
  </message>
  <message>
   <source>约 {0:.0f} min</source>
   <translation>about {0:.0f} min</translation>
  </message>
  <message>
   <source>请先选一支队伍</source>
   <translation>Choose a crew first</translation>
  </message>
  <message>
   <source>队伍</source>
   <translation>Crew</translation>
  </message>
  <message>
   <source>预计到达</source>
   <translation>Expected</translation>
  </message>
  <message>
   <source>驻地</source>
   <translation>Depot</translation>
  </message>
 </context>
 <context>
  <name>RefusalWindow</name>
  <message>
   <source>城瞰不能启动</source>
   <translation>Chengkan cannot start</translation>
  </message>
  <message>
   <source>本台现在收不到告警，请先用电话联系值班室并报告管理员。</source>
   <translation>This desk receives no alarms now. Phone the duty room and tell the administrator.</translation>
  </message>
  <message>
   <source>本台现在收不到告警，请先用电话联系：</source>
   <translation>This desk receives no alarms now. Use the phone first:</translation>
  </message>
  <message>
   <source>退出</source>
   <translation>Quit</translation>
  </message>
 </context>
 <context>
  <name>RegisterFoot</name>
  <message>
   <source> · {0:,} 行无坐标</source>
   <translation> · {0:,} rows unplaced</translation>
  </message>
  <message>
   <source>{0} {1:,} / {2:,}</source>
   <translation>{0} {1:,} / {2:,}</translation>
  </message>
  <message>
   <source>{0} {2:,}</source>
   <translation>{0} {2:,}</translation>
  </message>
  <message>
   <source>{0} · {1:,} 行</source>
   <translation>{0} · {1:,} rows</translation>
  </message>
  <message>
   <source>名册截至 {0}，{1} 前</source>
   <translation>Register as of {0}, {1} ago</translation>
  </message>
  <message>
   <source>名册截至 {0}，已 {1} 未更新</source>
   <translation>Register as of {0}, not updated for {1}</translation>
  </message>
  <message>
   <source>尚未取得</source>
   <translation>Not fetched yet</translation>
  </message>
  <message>
   <source>平台给出、本版本不识别的字段</source>
   <translation>Fields of the platform that this version does not know</translation>
  </message>
  <message>
   <source>拒收 {0:,} 行</source>
   <translation>{0:,} rows rejected</translation>
  </message>
  <message>
   <source>拒收的行（其余照常可用）</source>
   <translation>Rejected rows (all others can be used)</translation>
  </message>
  <message>
   <source>未映射字段 {0}</source>
   <translation>{0} unmapped fields</translation>
  </message>
 </context>
 <context>
  <name>RegistersPage</name>
  <message>
   <source>名册尚未取得</source>
   <translation>Register not fetched yet</translation>
  </message>
  <message>
   <source>平台的这份名册是空的</source>
   <translation>This register of the platform is empty</translation>
  </message>
  <message>
   <source>换一个词，或清除筛选；支持拼音首字母，如 rmlj</source>
   <translation>Try another word or clear the filter; pinyin initials work, e.g. rmlj</translation>
  </message>
  <message>
   <source>正在读取名册</source>
   <translation>Reading the register</translation>
  </message>
  <message>
   <source>没有名为 {0} 的名册，可用：{1}</source>
   <translation>No register named {0}; there are: {1}</translation>
  </message>
  <message>
   <source>没有符合条件的登记项</source>
   <translation>No entry matches</translation>
  </message>
  <message>
   <source>登录后可查看名册</source>
   <translation>Sign in to read the registers</translation>
  </message>
  <message>
   <source>这一行已不在名册中</source>
   <translation>This row is no longer in the register</translation>
  </message>
  <message>
   <source>连上平台后自动下载，期间其余功能照常</source>
   <translation>Fetched when the platform is connected; everything else works meanwhile</translation>
  </message>
  <message>
   <source>（共 {0} 项）</source>
   <translation>({0} in all)</translation>
  </message>
 </context>
 <context>
  <name>ReportOrder</name>
  <message>
   <source>态势专报-{0}{1}</source>
   <translation>situation-report-{0}{1}</translation>
  </message>
  <message>
   <source>态势专报没有生成（{0}）；请导出时间线，并告知管理员</source>
   <translation>The situation report was not made ({0}); export the timeline and tell the administrator</translation>
  </message>
  <message>
   <source>没有进行中的响应</source>
   <translation>No response is under way</translation>
  </message>
  <message>
   <source>演练-</source>
   <translation>drill-</translation>
  </message>
 </context>
 <context>
  <name>ReservedMap</name>
  <message>
   <source>没有预留格</source>
   <translation>No reserved cell</translation>
  </message>
  <message>
   <source>预留格</source>
   <translation>Reserved cells</translation>
  </message>
 </context>
 <context>
  <name>RowCard</name>
  <message>
   <source>30 秒后重新遮盖；查看已记入审计</source>
   <translation>Hidden again after 30 s; the look is in the audit</translation>
  </message>
  <message>
   <source>全桥测点</source>
   <translation>All sensors of the bridge</translation>
  </message>
  <message>
   <source>名册中无坐标</source>
   <translation>No coordinates in the register</translation>
  </message>
  <message>
   <source>在地图上看</source>
   <translation>Show on map</translation>
  </message>
  <message>
   <source>显示号码</source>
   <translation>Show number</translation>
  </message>
  <message>
   <source>未映射字段（照平台原样）</source>
   <translation>Unmapped fields (as the platform sent them)</translation>
  </message>
  <message>
   <source>未登记</source>
   <translation>Not registered</translation>
  </message>
  <message>
   <source>未选中任何一行</source>
   <translation>No row selected</translation>
  </message>
  <message>
   <source>本角色不显示</source>
   <translation>Not shown to this role</translation>
  </message>
  <message>
   <source>电话</source>
   <translation>Telephone</translation>
  </message>
  <message>
   <source>看视频</source>
   <translation>Watch</translation>
  </message>
  <message>
   <source>责任人</source>
   <translation>Person in charge</translation>
  </message>
  <message>
   <source>选中左侧一行，这里列出全部登记项</source>
   <translation>Select a row on the left: all its fields are listed here</translation>
  </message>
 </context>
 <context>
  <name>RowsTable</name>
  <message>
   <source>名册</source>
   <translation>Register</translation>
  </message>
 </context>
 <context>
  <name>RunningResponse</name>
  <message>
   <source>「{0}」的级别 {1} 变更为 {2}</source>
   <translation>Level of “{0}”: {1} to {2}</translation>
  </message>
  <message>
   <source>复核 {0} 提请的 {1}：{2}</source>
   <translation>Approve {1} asked for by {0}: {2}</translation>
  </message>
  <message>
   <source>复核人退回</source>
   <translation>Sent back by the second person</translation>
  </message>
  <message>
   <source>提请人撤回</source>
   <translation>Withdrawn by who asked</translation>
  </message>
 </context>
 <context>
  <name>SavedMenu</name>
  <message>
   <source>共用方案</source>
   <translation>Shared layouts</translation>
  </message>
  <message>
   <source>共用方案的名称</source>
   <translation>Name of the shared layout</translation>
  </message>
  <message>
   <source>删除共用方案</source>
   <translation>Delete shared layout</translation>
  </message>
  <message>
   <source>删除我的方案</source>
   <translation>Delete my layout</translation>
  </message>
  <message>
   <source>我的方案</source>
   <translation>My layouts</translation>
  </message>
  <message>
   <source>把当前墙另存为…</source>
   <translation>Save this wall as…</translation>
  </message>
  <message>
   <source>把当前墙设为共用方案…</source>
   <translation>Share this wall as a layout…</translation>
  </message>
  <message>
   <source>方案名称</source>
   <translation>Name of the layout</translation>
  </message>
 </context>
 <context>
  <name>SceneButton</name>
  <message>
   <source>场景</source>
   <translation>Scene</translation>
  </message>
  <message>
   <source>按主题换整面墙：固定的格和告警画面不动</source>
   <translation>Changes the whole wall by theme: held cells and alarms stay</translation>
  </message>
  <message>
   <source>没有可用的场景文件</source>
   <translation>No usable scene file</translation>
  </message>
  <message>
   <source>达到预警级别时自动切换</source>
   <translation>Switch when the warning level is reached</translation>
  </message>
  <message>
   <source>（{0}级）</source>
   <translation> ({0})</translation>
  </message>
 </context>
 <context>
  <name>SceneRunner</name>
  <message>
   <source>「{0}」已上墙：{1} 路</source>
   <translation>“{0}” is on the wall: {1} cameras</translation>
  </message>
  <message>
   <source>「{0}」没有找到在线的摄像机，墙没有变</source>
   <translation>“{0}” found no online camera, the wall stays</translation>
  </message>
  <message>
   <source>摄像机名册还没有读到，「{0}」稍后上墙</source>
   <translation>The cameras are not read yet, “{0}” comes later</translation>
  </message>
  <message>
   <source>，固定的和告警的格没有动</source>
   <translation>, held tiles and those of alarms stay</translation>
  </message>
  <message>
   <source>，还缺 {0} 路在线的</source>
   <translation>, {0} online ones short</translation>
  </message>
 </context>
 <context>
  <name>SceneWatch</name>
  <message>
   <source>{0}达到{1}级</source>
   <translation>{0} has reached {1}</translation>
  </message>
  <message>
   <source>按 {0} 把视频墙切到「{1}」场景</source>
   <translation>Press {0} to switch the wall to the scene “{1}”</translation>
  </message>
  <message>
   <source>文件超过 {0} 字节</source>
   <translation>The file is larger than {0} bytes</translation>
  </message>
  <message>
   <source>视频墙场景：{0}</source>
   <translation>Wall scene: {0}</translation>
  </message>
  <message>
   <source>视频墙已自动切到「{0}」，固定的格没有动</source>
   <translation>The wall has switched to “{0}” by itself, held cells stay</translation>
  </message>
 </context>
 <context>
  <name>ScoreBar</name>
  <message>
   <source>季</source>
   <translation>Quarter</translation>
  </message>
  <message>
   <source>导出 Excel</source>
   <translation>Export Excel</translation>
  </message>
  <message>
   <source>已封账 {0}</source>
   <translation>Sealed {0}</translation>
  </message>
  <message>
   <source>年</source>
   <translation>Year</translation>
  </message>
  <message>
   <source>把排名投到另一台显示器</source>
   <translation>Show the ranking on another monitor</translation>
  </message>
  <message>
   <source>投屏</source>
   <translation>To a screen</translation>
  </message>
  <message>
   <source>投屏中</source>
   <translation>On a screen</translation>
  </message>
  <message>
   <source>数据截至 {0}</source>
   <translation>As of {0}</translation>
  </message>
  <message>
   <source>月</source>
   <translation>Month</translation>
  </message>
  <message>
   <source>期间</source>
   <translation>Period</translation>
  </message>
  <message>
   <source>案件下载中，已到 {0}，数不全，名次未定</source>
   <translation>Cases are still coming, up to {0}: figures not whole, places not settled</translation>
  </message>
  <message>
   <source>申诉</source>
   <translation>Appeals</translation>
  </message>
  <message>
   <source>申诉 {0}</source>
   <translation>Appeals {0}</translation>
  </message>
  <message>
   <source>稳健排名</source>
   <translation>Robust ranking</translation>
  </message>
  <message>
   <source>绩效通报：预览、打印、存为 PDF</source>
   <translation>Bulletin: preview, print, save as PDF</translation>
  </message>
  <message>
   <source>通报</source>
   <translation>Bulletin</translation>
  </message>
 </context>
 <context>
  <name>ScoreLine</name>
  <message>
   <source>{0} 失 {1}</source>
   <translation>{0} lost {1}</translation>
  </message>
  <message>
   <source>演练评分 {0:.0f}（{1}）</source>
   <translation>Drill score {0:.0f} ({1})</translation>
  </message>
 </context>
 <context>
  <name>ScoreTable</name>
  <message>
   <source>95% 区间 {0} 至 {1}</source>
   <translation>95% interval {0} to {1}</translation>
  </message>
  <message>
   <source>有数的指标占权重 {0:.0f}%</source>
   <translation>Indicators with figures carry {0:.0f}% of the weights</translation>
  </message>
  <message>
   <source>比上期 {0:+.2f} 分</source>
   <translation>{0:+.2f} points since the period before</translation>
  </message>
  <message>
   <source>稳健得分 {0:.2f}（按区间下限计）</source>
   <translation>Robust score {0:.2f} (at the lower bounds)</translation>
  </message>
  <message>
   <source>考评排名与指标</source>
   <translation>Ranking and indicators</translation>
  </message>
 </context>
 <context>
  <name>ScoreboardPage</name>
  <message>
   <source>不是照片</source>
   <translation>Not a photograph</translation>
  </message>
  <message>
   <source>换一个期间或级别</source>
   <translation>Choose another period or level</translation>
  </message>
  <message>
   <source>案卷 {0} 已不在本台</source>
   <translation>Case {0} is not here any more</translation>
  </message>
  <message>
   <source>正在读取考评数据</source>
   <translation>Reading the assessment</translation>
  </message>
  <message>
   <source>登录后可看考评</source>
   <translation>Sign in to see the assessment</translation>
  </message>
  <message>
   <source>考评数据尚未就绪</source>
   <translation>The assessment is not ready yet</translation>
  </message>
  <message>
   <source>这个期间没有可排名的单位</source>
   <translation>No unit can be ranked in this period</translation>
  </message>
 </context>
 <context>
  <name>ScreenFaults</name>
  <message>
   <source>伸出窗口：{0}</source>
   <translation>beyond the window: {0}</translation>
  </message>
  <message>
   <source>几乎全被省略：{0}</source>
   <translation>almost all elided: {0}</translation>
  </message>
  <message>
   <source>单元格文字被省略又无提示：{0}</source>
   <translation>Cell text cut without a tip: {0}</translation>
  </message>
  <message>
   <source>字体缺字：{0}</source>
   <translation>glyphs missing: {0}</translation>
  </message>
  <message>
   <source>按钮文字被截断：{0}</source>
   <translation>button text clipped: {0}</translation>
  </message>
  <message>
   <source>整块只有一种颜色</source>
   <translation>one single colour</translation>
  </message>
  <message>
   <source>文字被截断：{0}</source>
   <translation>text clipped: {0}</translation>
  </message>
  <message>
   <source>表头被截断：{0}</source>
   <translation>Heading cut: {0}</translation>
  </message>
 </context>
 <context>
  <name>Screenshots</name>
  <message>
   <source>屏幕只有 {screen}，放不下 {size}：请用 --size 指定较小的尺寸</source>
   <translation>The screen is {screen}, too small for {size}: give a smaller --size</translation>
  </message>
  <message>
   <source>截图无法写入 {path}：请检查目录权限和磁盘空间</source>
   <translation>Cannot write {path}: check rights and disk space</translation>
  </message>
 </context>
 <context>
  <name>Seat</name>
  <message>
   <source>{0}，原文件已移入 quarantine。字号、音量、窗口位置回到默认，通知记录丢失；告警不受影响。请重新调整字号和音量。</source>
   <translation>{0}; the old file was moved to quarantine. Text size, volume and window places are back to default, kept notices are lost; alarms are not affected. Please set text size and volume again.</translation>
  </message>
  <message>
   <source>个人设置</source>
   <translation>Your settings</translation>
  </message>
  <message>
   <source>个人设置已重建</source>
   <translation>Personal settings rebuilt</translation>
  </message>
  <message>
   <source>个人设置没有保存</source>
   <translation>Your settings were not saved</translation>
  </message>
  <message>
   <source>个人设置读取过慢，先按默认显示</source>
   <translation>Your settings are slow to read; defaults are used for now</translation>
  </message>
  <message>
   <source>共用布局方案</source>
   <translation>Shared layouts</translation>
  </message>
  <message>
   <source>接班试音</source>
   <translation>Sound test</translation>
  </message>
  <message>
   <source>提示音已恢复</source>
   <translation>Sound is back</translation>
  </message>
  <message>
   <source>本台无声</source>
   <translation>No sound here</translation>
  </message>
  <message>
   <source>本班还没有试听提示音：请打开「设置」试听红色提示音，确认听得到</source>
   <translation>The cues were not tested this shift: open Settings and play the red cue to be sure that it is heard</translation>
  </message>
  <message>
   <source>输出到 {0}。请在「设置」中试听一次</source>
   <translation>Output: {0}. Test it once in "Settings"</translation>
  </message>
  <message>
   <source>静音提前结束</source>
   <translation>Silence ended early</translation>
  </message>
  <message>
   <source>静音期间来了新的红色告警，提示音已恢复</source>
   <translation>A new red alarm came during the silence; the sound is back</translation>
  </message>
  <message>
   <source>驾驶舱没有投屏</source>
   <translation>No cockpit is on the wall</translation>
  </message>
 </context>
 <context>
  <name>SentencePanel</name>
  <message>
   <source> 等 {0} 项</source>
   <translation> and others, {0} in all</translation>
  </message>
  <message>
   <source>{0} 条规则均未触发</source>
   <translation>None of {0} rules speaks</translation>
  </message>
  <message>
   <source>不明</source>
   <translation>Unknown</translation>
  </message>
  <message>
   <source>关注</source>
   <translation>Watch</translation>
  </message>
  <message>
   <source>另有 {0} 条</source>
   <translation>{0} more</translation>
  </message>
  <message>
   <source>周一</source>
   <translation>Mon</translation>
  </message>
  <message>
   <source>周三</source>
   <translation>Wed</translation>
  </message>
  <message>
   <source>周二</source>
   <translation>Tue</translation>
  </message>
  <message>
   <source>周五</source>
   <translation>Fri</translation>
  </message>
  <message>
   <source>周六</source>
   <translation>Sat</translation>
  </message>
  <message>
   <source>周四</source>
   <translation>Thu</translation>
  </message>
  <message>
   <source>周日</source>
   <translation>Sun</translation>
  </message>
  <message>
   <source>异常</source>
   <translation>Abnormal</translation>
  </message>
  <message>
   <source>截至 {0}</source>
   <translation>as of {0}</translation>
  </message>
  <message>
   <source>正在取数</source>
   <translation>Fetching</translation>
  </message>
  <message>
   <source>正在读取规则</source>
   <translation>Reading the rules</translation>
  </message>
  <message>
   <source>正常</source>
   <translation>Normal</translation>
  </message>
  <message>
   <source>没有可用的状态规则</source>
   <translation>No usable rules of state</translation>
  </message>
  <message>
   <source>没有数据</source>
   <translation>No data</translation>
  </message>
  <message>
   <source>没有更新：{0}</source>
   <translation>Not updated: {0}</translation>
  </message>
  <message>
   <source>演示数据</source>
   <translation>Demonstration data</translation>
  </message>
 </context>
 <context>
  <name>ServiceWatch</name>
  <message>
   <source>{0} 处字段或取值本版本不识别：{1}。告警照常显示，级别不明的按红色；请管理员与平台核对接口约定。</source>
   <translation>{0} fields or values are unknown to this version: {1}. Alarms are shown all the same, unknown levels as red; the administrator should check the contract with the platform.</translation>
  </message>
  <message>
   <source>{0} 条操作两分钟内没有送到平台，不会再自动送出。请核对告警状态后重新操作。</source>
   <translation>{0} orders did not reach the platform within two minutes and will not be sent by themselves. Check the alarms and order again.</translation>
  </message>
  <message>
   <source>{0} 条消息格式不对，没有显示，已隔离存档。其中可能有告警：请核对平台告警清单，并告知管理员。</source>
   <translation>{0} messages are malformed; they are not shown and are kept in quarantine. Alarms may be among them: check the platform's list and tell the administrator.</translation>
  </message>
  <message>
   <source>{0}中断</source>
   <translation>{0} down</translation>
  </message>
  <message>
   <source>{0}已恢复</source>
   <translation>{0} is back</translation>
  </message>
  <message>
   <source>{0}被拒</source>
   <translation>{0} refused</translation>
  </message>
  <message>
   <source>{0}限流</source>
   <translation>{0} limits calls</translation>
  </message>
  <message>
   <source>实时通道</source>
   <translation>Live channel</translation>
  </message>
  <message>
   <source>平台接口</source>
   <translation>Platform interface</translation>
  </message>
  <message>
   <source>平台数据与约定不同</source>
   <translation>Platform data differ from the contract</translation>
  </message>
  <message>
   <source>数据链路</source>
   <translation>Link</translation>
  </message>
  <message>
   <source>有操作过期未送出</source>
   <translation>Orders expired unsent</translation>
  </message>
  <message>
   <source>有消息无法读取</source>
   <translation>Messages cannot be read</translation>
  </message>
  <message>
   <source>画面上的告警不是现状；守护进程会重启数据链路，不用操作。</source>
   <translation>The alarms on screen are not the present state; the data link will be restarted, there is nothing to do.</translation>
  </message>
  <message>
   <source>缺失的消息正在补收，不用操作。</source>
   <translation>Missed messages are being fetched; nothing to do.</translation>
  </message>
  <message>
   <source>自 {0} 起。</source>
   <translation>Since {0}.</translation>
  </message>
 </context>
 <context>
  <name>SettingsPage</name>
  <message>
   <source>Ctrl + L 随时锁定；锁定时提示音照常</source>
   <translation>Ctrl + L locks at any time; sounds go on</translation>
  </message>
  <message>
   <source>Ctrl + 加号、减号，Ctrl + 0 还原</source>
   <translation>Ctrl + plus, minus; Ctrl + 0 restores</translation>
  </message>
  <message>
   <source>{0} 分钟</source>
   <translation>{0} min</translation>
  </message>
  <message>
   <source>不自动锁定</source>
   <translation>Never</translation>
  </message>
  <message>
   <source>主题</source>
   <translation>Theme</translation>
  </message>
  <message>
   <source>只对本人在本席位有效，改动立即生效并自动保存</source>
   <translation>For you at this seat only; takes effect and is saved at once</translation>
  </message>
  <message>
   <source>夜间（深色）</source>
   <translation>Night (dark)</translation>
  </message>
  <message>
   <source>字号由像素间距和观看距离算出；请到观看位置看测试卡</source>
   <translation>Sizes of type follow from pitch and distance; look at the test card from where you read</translation>
  </message>
  <message>
   <source>恢复本页默认值</source>
   <translation>Restore defaults</translation>
  </message>
  <message>
   <source>接班时请试听一次；F9 静音 60 秒，不等于确认</source>
   <translation>Test it when you take over; F9 silences for 60 s and does not acknowledge</translation>
  </message>
  <message>
   <source>提示音</source>
   <translation>Alarm sound</translation>
  </message>
  <message>
   <source>文字大小</source>
   <translation>Text size</translation>
  </message>
  <message>
   <source>日间（浅色）</source>
   <translation>Day (light)</translation>
  </message>
  <message>
   <source>白天光线强时用浅色；告警颜色和形状含义不变</source>
   <translation>Light for bright rooms; colours and shapes of alarms keep their meaning</translation>
  </message>
  <message>
   <source>自动锁定</source>
   <translation>Auto lock</translation>
  </message>
  <message>
   <source>设置</source>
   <translation>Settings</translation>
  </message>
  <message>
   <source>驾驶舱大屏</source>
   <translation>Cockpit wall</translation>
  </message>
 </context>
 <context>
  <name>SharedWalls</name>
  <message>
   <source>共用方案已有 {0} 个，请先删除不用的</source>
   <translation>There are {0} shared layouts already: remove those nobody needs</translation>
  </message>
  <message>
   <source>共用方案没有存下：{0}</source>
   <translation>The shared layout was not saved: {0}</translation>
  </message>
  <message>
   <source>共用方案读不了：{0}</source>
   <translation>A shared layout cannot be read: {0}</translation>
  </message>
 </context>
 <context>
  <name>SignInPage</name>
  <message>
   <source>城市运行指挥台</source>
   <translation>City operations desk</translation>
  </message>
  <message>
   <source>城瞰</source>
   <translation>Chengkan</translation>
  </message>
  <message>
   <source>大写锁定已打开</source>
   <translation>Caps Lock is on</translation>
  </message>
  <message>
   <source>密码</source>
   <translation>Password</translation>
  </message>
  <message>
   <source>平台 12 s 没有答复，请看平台状态后再试</source>
   <translation>No answer for 12 s: look at the platform's state and try again</translation>
  </message>
  <message>
   <source>正在登录</source>
   <translation>Signing in</translation>
  </message>
  <message>
   <source>用户名</source>
   <translation>User name</translation>
  </message>
  <message>
   <source>登录</source>
   <translation>Sign in</translation>
  </message>
  <message>
   <source>请填写用户名和密码</source>
   <translation>Enter user name and password</translation>
  </message>
 </context>
 <context>
  <name>SnapshotFiles</name>
  <message>
   <source>上一批截图还在写盘，请稍候再截</source>
   <translation>The last stills are still being written: wait a moment</translation>
  </message>
  <message>
   <source>截图已存：{0}（SHA-256 {1}…）</source>
   <translation>Snapshot saved: {0} (SHA-256 {1}…)</translation>
  </message>
  <message>
   <source>截图没有存下：{0}</source>
   <translation>The snapshot was not saved: {0}</translation>
  </message>
  <message>
   <source>截图没有存下：{0} 中已有 {1} 张，请管理员转存后移走</source>
   <translation>The still was not kept: {1} lie in {0} already. Ask the administrator to move them away</translation>
  </message>
 </context>
 <context>
  <name>SoundCard</name>
  <message>
   <source>上次试听红色 {0}</source>
   <translation>Red last tested {0}</translation>
  </message>
  <message>
   <source>提示音音量</source>
   <translation>Volume of the alarm sound</translation>
  </message>
  <message>
   <source>本台无声：声音服务没有应答，正在重启</source>
   <translation>No sound here: the sound service does not answer and is restarting</translation>
  </message>
  <message>
   <source>本台无声：没有找到音频输出设备，请接好扬声器或耳机</source>
   <translation>No sound here: no audio output found; connect a loudspeaker or headset</translation>
  </message>
  <message>
   <source>本台无声：音频设备拒绝播放，请检查设备后再试听</source>
   <translation>No sound here: the audio device refuses; check it and test again</translation>
  </message>
  <message>
   <source>正在查找音频输出设备</source>
   <translation>Looking for an audio output</translation>
  </message>
  <message>
   <source>红色告警不低于 {0} %，任何设置都关不掉；蓝色没有提示音</source>
   <translation>Red alarms never below {0} %, no setting turns them off; blue has no sound</translation>
  </message>
  <message>
   <source>试听中断</source>
   <translation>Test "down"</translation>
  </message>
  <message>
   <source>试听橙色</source>
   <translation>Test orange</translation>
  </message>
  <message>
   <source>试听红色</source>
   <translation>Test red</translation>
  </message>
  <message>
   <source>试听黄色</source>
   <translation>Test yellow</translation>
  </message>
  <message>
   <source>输出到 {0}</source>
   <translation>Output: {0}</translation>
  </message>
  <message>
   <source>还没有试听过红色提示音</source>
   <translation>The red sound has not been tested yet</translation>
  </message>
 </context>
 <context>
  <name>StaleBanner</name>
  <message>
   <source>告警数据截至 {0} · 实时通道中断</source>
   <translation>As of {0} · channel down</translation>
  </message>
  <message>
   <source>告警数据截至 {0} · 实时通道无心跳</source>
   <translation>As of {0} · no heartbeat</translation>
  </message>
 </context>
 <context>
  <name>StandDownPanel</name>
  <message>
   <source>{0} 项未完成</source>
   <translation>{0} not done</translation>
  </message>
  <message>
   <source>后发先撤：撤回调度令和通知，大屏、标记依次恢复；每一条的撤回状态都会列出</source>
   <translation>Last out, first back: orders and messages are recalled, wall and marks restored; the state of each recall is listed</translation>
  </message>
  <message>
   <source>处置完毕、恢复正常：记 T6，写入时间线；解除响应之前记</source>
   <translation>Handled and normal again: note T6 in the timeline; before standing down</translation>
  </message>
  <message>
   <source>待复核密码</source>
   <translation>Password to be entered</translation>
  </message>
  <message>
   <source>按住 2 秒 解除响应</source>
   <translation>Hold 2 s: stand down</translation>
  </message>
  <message>
   <source>撤回</source>
   <translation>Recall</translation>
  </message>
  <message>
   <source>撤回对象</source>
   <translation>Recalled</translation>
  </message>
  <message>
   <source>正在解除…</source>
   <translation>Standing down…</translation>
  </message>
  <message>
   <source>没有进行中的响应</source>
   <translation>No response is under way</translation>
  </message>
  <message>
   <source>渠道</source>
   <translation>Channel</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>State</translation>
  </message>
  <message>
   <source>现场报告险情受控：记 T5，写入时间线</source>
   <translation>The scene reports control: note T5 in the timeline</translation>
  </message>
  <message>
   <source>解除「{0}」，撤回 {1} 条调度令、{2} 条通知</source>
   <translation>Stand down “{0}”, recall {1} orders and {2} messages</translation>
  </message>
  <message>
   <source>解除原因</source>
   <translation>Reason</translation>
  </message>
  <message>
   <source>解除原因，必填：如 水位回落至 10 cm 以下</source>
   <translation>Reason, required: such as water below 10 cm</translation>
  </message>
  <message>
   <source>解除响应</source>
   <translation>Stand down</translation>
  </message>
  <message>
   <source>记 T5 受控</source>
   <translation>T5 controlled</translation>
  </message>
  <message>
   <source>记 T6 解除</source>
   <translation>T6 cleared</translation>
  </message>
  <message>
   <source>请先写解除原因</source>
   <translation>Write the reason first</translation>
  </message>
 </context>
 <context>
  <name>Station</name>
  <message>
   <source>{0}，已自动重新打开。页面、筛选和选中的告警已还原，期间告警照常接收，不用操作；反复出现请告知管理员</source>
   <translation>{0}; it was opened again. Page, filter and selected alarm are back, alarms came in meanwhile, nothing to do; tell the administrator if it happens again</translation>
  </message>
  <message>
   <source>以 root 运行：网页沙箱已关闭，仅限模拟城市演示</source>
   <translation>Running as root: the page's sandbox is off, stand-in city only</translation>
  </message>
  <message>
   <source>城瞰</source>
   <translation>Chengkan</translation>
  </message>
  <message>
   <source>安全模式：窗口多次异常退出，视频和地图已停用，告警和确认照常</source>
   <translation>Safe mode: the window failed several times; video and map are off, alarms and acknowledging work</translation>
  </message>
  <message>
   <source>已记入日志，可以继续工作；反复出现请告知管理员</source>
   <translation>Logged; you can go on. Tell the administrator if it happens again</translation>
  </message>
  <message>
   <source>恢复视频和地图</source>
   <translation>Bring back video and map</translation>
  </message>
  <message>
   <source>程序内部错误（第 {0} 次）</source>
   <translation>Internal error (no. {0})</translation>
  </message>
  <message>
   <source>窗口停止响应</source>
   <translation>The window stopped answering</translation>
  </message>
  <message>
   <source>窗口已恢复</source>
   <translation>Window is back</translation>
  </message>
  <message>
   <source>窗口异常退出</source>
   <translation>The window ended unexpectedly</translation>
  </message>
  <message>
   <source>缺少中文字体：请安装 fonts-noto-cjk 后重新启动</source>
   <translation>Chinese font missing: install fonts-noto-cjk and start again</translation>
  </message>
  <message>
   <source>配置文件损坏</source>
   <translation>Settings file damaged</translation>
  </message>
  <message>
   <source>链接打不开</source>
   <translation>Link cannot be opened</translation>
  </message>
 </context>
 <context>
  <name>StepTrack</name>
  <message>
   <source>事件</source>
   <translation>Event</translation>
  </message>
  <message>
   <source>复核</source>
   <translation>Approve</translation>
  </message>
  <message>
   <source>执行</source>
   <translation>Execute</translation>
  </message>
  <message>
   <source>第 {0} 步 {1}</source>
   <translation>Step {0} {1}</translation>
  </message>
  <message>
   <source>资源</source>
   <translation>Crews</translation>
  </message>
  <message>
   <source>通知</source>
   <translation>Message</translation>
  </message>
  <message>
   <source>预案</source>
   <translation>Plan</translation>
  </message>
 </context>
 <context>
  <name>StepsBar</name>
  <message>
   <source>别的响应和准备中的</source>
   <translation>Other responses and drafts</translation>
  </message>
  <message>
   <source>实战</source>
   <translation>Real</translation>
  </message>
  <message>
   <source>应急一键调度</source>
   <translation>Emergency dispatch</translation>
  </message>
  <message>
   <source>暂存退出 Esc</source>
   <translation>Keep and leave Esc</translation>
  </message>
  <message>
   <source>演练</source>
   <translation>Drill</translation>
  </message>
  <message>
   <source>演练 {0}</source>
   <translation>Drill {0}</translation>
  </message>
 </context>
 <context>
  <name>SupplementDialog</name>
  <message>
   <source>{0}预案要求、还没有派出的队伍</source>
   <translation>{0}: crews the plan asks for, not sent yet</translation>
  </message>
  <message>
   <source>下达</source>
   <translation>Order</translation>
  </message>
  <message>
   <source>任务</source>
   <translation>Task</translation>
  </message>
  <message>
   <source>到场</source>
   <translation>On scene</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>另通知：{0}</source>
   <translation>Also told: {0}</translation>
  </message>
  <message>
   <source>按住 2 秒 下达 {0} 道调度令，通知 {1} 人</source>
   <translation>Hold 2 s: {0} orders, {1} people told</translation>
  </message>
  <message>
   <source>本机没有这份预案，不能按预案补派</source>
   <translation>This plan is not here: no crews can be sent by it</translation>
  </message>
  <message>
   <source>本级预案要求的队伍都已派出</source>
   <translation>All crews that the plan asks for at this level have been sent</translation>
  </message>
  <message>
   <source>正在按本级预案计算…</source>
   <translation>Working it out by the plan of this level…</translation>
  </message>
  <message>
   <source>正在计算</source>
   <translation>Working it out</translation>
  </message>
  <message>
   <source>没有可派的空闲队伍；请联系邻区支援</source>
   <translation>No idle crew to send; ask the neighbouring district for help</translation>
  </message>
  <message>
   <source>没有预案</source>
   <translation>No plan</translation>
  </message>
  <message>
   <source>演练 </source>
   <translation>Drill </translation>
  </message>
  <message>
   <source>点位</source>
   <translation>Site</translation>
  </message>
  <message>
   <source>补派</source>
   <translation>Send more</translation>
  </message>
  <message>
   <source>队伍</source>
   <translation>Crew</translation>
  </message>
 </context>
 <context>
  <name>TablePanel</name>
  <message>
   <source>{0} 条</source>
   <translation>{0} lines</translation>
  </message>
  <message>
   <source>另有 {0} 条</source>
   <translation>{0} more</translation>
  </message>
  <message>
   <source>数据链路未连接</source>
   <translation>The data link is down</translation>
  </message>
  <message>
   <source>正在取数</source>
   <translation>Fetching</translation>
  </message>
  <message>
   <source>没有在办案件</source>
   <translation>No open case</translation>
  </message>
  <message>
   <source>没有数据</source>
   <translation>No data</translation>
  </message>
  <message>
   <source>没有未结束的告警</source>
   <translation>No open alarm</translation>
  </message>
  <message>
   <source>没有案件数据</source>
   <translation>No case data</translation>
  </message>
  <message>
   <source>没有越限的监测点</source>
   <translation>No point beyond its limits</translation>
  </message>
  <message>
   <source>没有这样的力量</source>
   <translation>No such crews</translation>
  </message>
  <message>
   <source>没有进行中的应急</source>
   <translation>No response under way</translation>
  </message>
  <message>
   <source>还有更多</source>
   <translation>There are more</translation>
  </message>
  <message>
   <source>链路断开</source>
   <translation>Link lost</translation>
  </message>
 </context>
 <context>
  <name>TestCard</name>
  <message>
   <source>数字 {0} px　0123456789　6 8 9 3 5　96.3 %　17:04</source>
   <translation>Digits {0} px　0123456789　6 8 9 3 5　96.3 %　17:04</translation>
  </message>
  <message>
   <source>标题 {0} px　城市运行总览　下穿通道积水过橙线</source>
   <translation>Title {0} px　City at a glance　Underpass over the orange line</translation>
  </message>
  <message>
   <source>正文 {0} px　井盖倾斜　暴露垃圾处置　嵩嵊鑫饕餮</source>
   <translation>Body {0} px　Tilted cover　Exposed garbage　嵩嵊鑫饕餮</translation>
  </message>
  <message>
   <source>站在观看位置，三行都应不费力读出；「嵩嵊鑫饕餮」分得清笔画</source>
   <translation>From where you read all three lines are read without effort, each stroke of 嵩嵊鑫饕餮 apart</translation>
  </message>
  <message>
   <source>读不清：加大观看距离的设置，或减小像素间距。按任意键关闭</source>
   <translation>Hard to read: set a larger distance or a smaller pitch. Any key closes</translation>
  </message>
 </context>
 <context>
  <name>TextOrderDialog</name>
  <message>
   <source>{0} / {1} 字</source>
   <translation>{0} / {1} characters</translation>
  </message>
  <message>
   <source>发文字</source>
   <translation>Send text</translation>
  </message>
  <message>
   <source>发给 {0}</source>
   <translation>To {0}</translation>
  </message>
  <message>
   <source>发送</source>
   <translation>Send</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>注意安全，原地待命。</source>
   <translation>Stay safe, stand by where you are.</translation>
  </message>
  <message>
   <source>要发的文字</source>
   <translation>Text to send</translation>
  </message>
  <message>
   <source>要发的文字，Ctrl+Enter 发送</source>
   <translation>Text to send, Ctrl+Enter sends</translation>
  </message>
  <message>
   <source>设警戒，禁止车辆行人通行。</source>
   <translation>Cordon off; no vehicles, no people.</translation>
  </message>
  <message>
   <source>请报告当前位置和人数。</source>
   <translation>Report position and headcount.</translation>
  </message>
  <message>
   <source>请立即到场处置，到场后回执。</source>
   <translation>Go to the scene now, report on arrival.</translation>
  </message>
 </context>
 <context>
  <name>ThrowMenu</name>
  <message>
   <source>只有一台显示器，没有别的屏可甩</source>
   <translation>One monitor only: no other screen to throw to</translation>
  </message>
  <message>
   <source>屏 {0} 每一格都已固定，没有放上</source>
   <translation>Every tile of screen {0} is held: not placed</translation>
  </message>
  <message>
   <source>工作站最多 {0} 页，放不下收回的页：请先关掉几页</source>
   <translation>The workstation has {0} tabs at most, there is no place for the one taken back: close some first</translation>
  </message>
  <message>
   <source>已甩到屏 {0}，右键或按 T 可收回</source>
   <translation>Thrown to screen {0}; right click or T takes it back</translation>
  </message>
  <message>
   <source>收回 {0} 的墙（{1}），显示器不在</source>
   <translation>Take back the wall of {0} ({1}), its monitor is away</translation>
  </message>
  <message>
   <source>收回到工作站</source>
   <translation>Take back to the workstation</translation>
  </message>
  <message>
   <source>收回屏 {0}（{1}）</source>
   <translation>Take back screen {0} ({1})</translation>
  </message>
  <message>
   <source>本页甩到屏 &amp;{0}（{1}，{2}×{3}）</source>
   <translation>Throw this tab to screen &amp;{0} ({1}, {2}×{3})</translation>
  </message>
  <message>
   <source>标出屏号</source>
   <translation>Show the numbers of the screens</translation>
  </message>
  <message>
   <source>这路也放到屏 {0}</source>
   <translation>Show this camera on screen {0} too</translation>
  </message>
  <message>
   <source>这路已放到屏 {0}</source>
   <translation>This camera is on screen {0} now</translation>
  </message>
 </context>
 <context>
  <name>TilePage</name>
  <message>
   <source>末帧 </source>
   <translation>Last picture </translation>
  </message>
 </context>
 <context>
  <name>TileSeat</name>
  <message>
   <source>{0}共享</source>
   <translation>Lent by {0}</translation>
  </message>
  <message>
   <source>安全模式：视频未启动</source>
   <translation>Safe mode: video not started</translation>
  </message>
 </context>
 <context>
  <name>TileWords</name>
  <message>
   <source>停滞</source>
   <translation>Stalled</translation>
  </message>
  <message>
   <source>即将重连</source>
   <translation>Reconnecting soon</translation>
  </message>
  <message>
   <source>实时</source>
   <translation>Live</translation>
  </message>
  <message>
   <source>录像</source>
   <translation>Recorded</translation>
  </message>
  <message>
   <source>无法播放</source>
   <translation>Cannot be played</translation>
  </message>
  <message>
   <source>空闲</source>
   <translation>Idle</translation>
  </message>
  <message>
   <source>第 {number} 次重试 {wait} 后</source>
   <translation>Try {number} in {wait}</translation>
  </message>
  <message>
   <source>第 {number} 次重连</source>
   <translation>Reconnect {number}</translation>
  </message>
  <message>
   <source>被拒绝</source>
   <translation>Refused</translation>
  </message>
  <message>
   <source>连接中</source>
   <translation>Connecting</translation>
  </message>
  <message>
   <source>重连</source>
   <translation>Reconnecting</translation>
  </message>
 </context>
 <context>
  <name>Timeline</name>
  <message>
   <source>{0} 万</source>
   <translation>{0}×10k</translation>
  </message>
  <message>
   <source>{0} 开席前只列未结告警</source>
   <translation>before {0}, only open alarms are listed</translation>
  </message>
  <message>
   <source>告警</source>
   <translation>Alarms</translation>
  </message>
  <message>
   <source>条/10 min</source>
   <translation>/ 10 min</translation>
  </message>
  <message>
   <source>现在</source>
   <translation>now</translation>
  </message>
 </context>
 <context>
  <name>TimelinePanel</name>
  <message>
   <source>何人</source>
   <translation>Who</translation>
  </message>
  <message>
   <source>内容</source>
   <translation>What</translation>
  </message>
  <message>
   <source>只列最近 {0} 条，导出有全部</source>
   <translation>Only the last {0}; the export has all</translation>
  </message>
  <message>
   <source>导出 CSV</source>
   <translation>Export CSV</translation>
  </message>
  <message>
   <source>导出 JSON</source>
   <translation>Export JSON</translation>
  </message>
  <message>
   <source>已校验 {0} 条 · 链首 {1}</source>
   <translation>{0} verified · head {1}</translation>
  </message>
  <message>
   <source>序</source>
   <translation>No.</translation>
  </message>
  <message>
   <source>态势专报</source>
   <translation>Situation report</translation>
  </message>
  <message>
   <source>时间</source>
   <translation>Time</translation>
  </message>
  <message>
   <source>时间线</source>
   <translation>Timeline</translation>
  </message>
  <message>
   <source>时间线-{0}</source>
   <translation>timeline-{0}</translation>
  </message>
  <message>
   <source>时间线未取得：{0}</source>
   <translation>The timeline could not be had: {0}</translation>
  </message>
  <message>
   <source>第 {0} 条不符：{1}</source>
   <translation>Entry {0} does not fit: {1}</translation>
  </message>
  <message>
   <source>还没有记录</source>
   <translation>No notes yet</translation>
  </message>
 </context>
 <context>
  <name>TopBar</name>
  <message>
   <source>周一 周二 周三 周四 周五 周六 周日</source>
   <translation>Mon Tue Wed Thu Fri Sat Sun</translation>
  </message>
  <message>
   <source>城瞰</source>
   <translation>城瞰</translation>
  </message>
  <message>
   <source>声音</source>
   <translation>Sound</translation>
  </message>
  <message>
   <source>存储</source>
   <translation>Storage</translation>
  </message>
  <message>
   <source>实时</source>
   <translation>Live</translation>
  </message>
  <message>
   <source>当前用户 {0}</source>
   <translation>Signed in: {0}</translation>
  </message>
  <message>
   <source>待发</source>
   <translation>Outbox</translation>
  </message>
  <message>
   <source>接口</source>
   <translation>REST</translation>
  </message>
  <message>
   <source>接口（REST）</source>
   <translation>Interface (REST)</translation>
  </message>
  <message>
   <source>时钟</source>
   <translation>Clock</translation>
  </message>
  <message>
   <source>最近 24 小时的通知</source>
   <translation>Notices of the last 24 h</translation>
  </message>
  <message>
   <source>本台无声</source>
   <translation>No sound</translation>
  </message>
  <message>
   <source>演示数据</source>
   <translation>Demo data</translation>
  </message>
  <message>
   <source>程序</source>
   <translation>Program</translation>
  </message>
  <message>
   <source>视频</source>
   <translation>Video</translation>
  </message>
  <message>
   <source>退出登录</source>
   <translation>Sign out</translation>
  </message>
  <message>
   <source>锁定值班台（Ctrl+L）</source>
   <translation>Lock the desk (Ctrl+L)</translation>
  </message>
  <message>
   <source>静音 60 秒（F9），不等于确认</source>
   <translation>Silence for 60 s (F9); does not acknowledge</translation>
  </message>
  <message>
   <source>静音 {0} s</source>
   <translation>Silent {0} s</translation>
  </message>
 </context>
 <context>
  <name>TourBar</name>
  <message>
   <source>{0} · 全部离线</source>
   <translation>{0} · all offline</translation>
  </message>
  <message>
   <source>{0} 个布局</source>
   <translation>{0} layouts</translation>
  </message>
  <message>
   <source>{0} 路</source>
   <translation>{0} cameras</translation>
  </message>
  <message>
   <source>上一步</source>
   <translation>Previous step</translation>
  </message>
  <message>
   <source>下一步</source>
   <translation>Next step</translation>
  </message>
  <message>
   <source>删除</source>
   <translation>Delete</translation>
  </message>
  <message>
   <source>已暂停</source>
   <translation>Paused</translation>
  </message>
  <message>
   <source>已暂停，{0} s 后继续</source>
   <translation>Paused, goes on in {0} s</translation>
  </message>
  <message>
   <source>开始：全部空余格</source>
   <translation>Start: in all free cells</translation>
  </message>
  <message>
   <source>开始：只在选中的格</source>
   <translation>Start: in the chosen cell only</translation>
  </message>
  <message>
   <source>新建轮巡…</source>
   <translation>New tour…</translation>
  </message>
  <message>
   <source>暂停轮巡</source>
   <translation>Pause the tour</translation>
  </message>
  <message>
   <source>结束轮巡，画面留在墙上</source>
   <translation>End the tour, pictures stay</translation>
  </message>
  <message>
   <source>继续轮巡</source>
   <translation>Go on with the tour</translation>
  </message>
  <message>
   <source>编辑…</source>
   <translation>Edit…</translation>
  </message>
  <message>
   <source>跳过离线 {0}</source>
   <translation>offline skipped {0}</translation>
  </message>
  <message>
   <source>轮巡</source>
   <translation>Tour</translation>
  </message>
 </context>
 <context>
  <name>TourEditor</name>
  <message>
   <source>{0} 项，单格一圈 {1} min</source>
   <translation>{0} entries, {1} min round in one cell</translation>
  </message>
  <message>
   <source>从上到下</source>
   <translation>Downwards</translation>
  </message>
  <message>
   <source>从下到上</source>
   <translation>Upwards</translation>
  </message>
  <message>
   <source>保存</source>
   <translation>Save</translation>
  </message>
  <message>
   <source>保存并开始</source>
   <translation>Save and start</translation>
  </message>
  <message>
   <source>加入 0 路</source>
   <translation>Add 0</translation>
  </message>
  <message>
   <source>加入 {0} 路</source>
   <translation>Add {0}</translation>
  </message>
  <message>
   <source>加入摄像机，或从目录拖进来</source>
   <translation>Add cameras, or drag them here</translation>
  </message>
  <message>
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>名称</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>名称，如 早高峰路口</source>
   <translation>Name, e.g. Rush hour crossings</translation>
  </message>
  <message>
   <source>布局方案</source>
   <translation>Layouts</translation>
  </message>
  <message>
   <source>当前墙 {0} 路</source>
   <translation>This wall, {0}</translation>
  </message>
  <message>
   <source>打乱</source>
   <translation>Shuffled</translation>
  </message>
  <message>
   <source>搜名称、拼音、标签</source>
   <translation>Name, pinyin, tag</translation>
  </message>
  <message>
   <source>搜索摄像机</source>
   <translation>Search cameras</translation>
  </message>
  <message>
   <source>摄像机</source>
   <translation>Cameras</translation>
  </message>
  <message>
   <source>收藏 {0} 路</source>
   <translation>{0} favourites</translation>
  </message>
  <message>
   <source>整个文件夹，在线 {0} 路</source>
   <translation>The whole folder, {0} online</translation>
  </message>
  <message>
   <source>新建轮巡</source>
   <translation>New tour</translation>
  </message>
  <message>
   <source>每步停留</source>
   <translation>Dwell</translation>
  </message>
  <message>
   <source>每步停留秒数</source>
   <translation>Dwell in seconds</translation>
  </message>
  <message>
   <source>目录文件夹…</source>
   <translation>Folder of the directory…</translation>
  </message>
  <message>
   <source>秒（{0}–{1}）</source>
   <translation>s ({0}–{1})</translation>
  </message>
  <message>
   <source>移除所选</source>
   <translation>Remove chosen</translation>
  </message>
  <message>
   <source>编辑轮巡</source>
   <translation>Edit tour</translation>
  </message>
  <message>
   <source>轮巡名称</source>
   <translation>Name of the tour</translation>
  </message>
  <message>
   <source>还没有布局方案，先在墙上另存</source>
   <translation>No layout yet, save one on the wall</translation>
  </message>
  <message>
   <source>还要一个名称</source>
   <translation>A name is needed</translation>
  </message>
  <message>
   <source>顺序</source>
   <translation>Order</translation>
  </message>
 </context>
 <context>
  <name>TourList</name>
  <message>
   <source>{0}（名册中没有）</source>
   <translation>{0} (not registered)</translation>
  </message>
  <message>
   <source>{0}（离线，跳过）</source>
   <translation>{0} (offline, skipped)</translation>
  </message>
  <message>
   <source>先在墙上用「布局方案」另存几个布局</source>
   <translation>Save some layouts on the wall first</translation>
  </message>
  <message>
   <source>把摄像机、文件夹从左侧目录拖到这里，
或用上面的按钮加入</source>
   <translation>Drag cameras or folders from the directory to here,
or use the buttons above</translation>
  </message>
  <message>
   <source>轮巡的步骤</source>
   <translation>Steps of the tour</translation>
  </message>
 </context>
 <context>
  <name>TrendChart</name>
  <message>
   <source>预计 {0} 到线</source>
   <translation>line expected {0}</translation>
  </message>
 </context>
 <context>
  <name>VideoPanel</name>
  <message>
   <source>{0}，{1} 路</source>
   <translation>{0}, {1} cameras</translation>
  </message>
  <message>
   <source>没有可看的画面</source>
   <translation>No picture to show</translation>
  </message>
  <message>
   <source>视频</source>
   <translation>Video</translation>
  </message>
 </context>
 <context>
  <name>VideoSeat</name>
  <message>
   <source>{0}共享</source>
   <translation>shared by {0}</translation>
  </message>
  <message>
   <source>安全模式：视频未启动</source>
   <translation>Safe mode: video is off</translation>
  </message>
 </context>
 <context>
  <name>VideoTile</name>
  <message>
   <source>与所选告警关联</source>
   <translation>Linked to the selected alarm</translation>
  </message>
  <message>
   <source>未选摄像机</source>
   <translation>No camera</translation>
  </message>
  <message>
   <source>视频 {number} {name}</source>
   <translation>Video {number} {name}</translation>
  </message>
 </context>
 <context>
  <name>WallBoard</name>
  <message>
   <source>80 至 100 分</source>
   <translation>80 to 100 points</translation>
  </message>
  <message>
   <source>{0} {1} 个单位</source>
   <translation>{0}: {1} units</translation>
  </message>
  <message>
   <source>　稳健排名</source>
   <translation> robust ranking</translation>
  </message>
  <message>
   <source>不排</source>
   <translation>not ranked</translation>
  </message>
  <message>
   <source>全部</source>
   <translation>All</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Unit</translation>
  </message>
  <message>
   <source>变化</source>
   <translation>Change</translation>
  </message>
  <message>
   <source>名次</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>小样本 {0:,.0f}</source>
   <translation>small sample {0:,.0f}</translation>
  </message>
  <message>
   <source>平台分</source>
   <translation>Platform's</translation>
  </message>
  <message>
   <source>应结案</source>
   <translation>Due</translation>
  </message>
  <message>
   <source>得分</source>
   <translation>Score</translation>
  </message>
  <message>
   <source>数据截至 {0}</source>
   <translation>As of {0}</translation>
  </message>
  <message>
   <source>暂行：{0}未到</source>
   <translation>Provisional: {0} not there yet</translation>
  </message>
  <message>
   <source>暂行：未封账</source>
   <translation>Provisional: not sealed</translation>
  </message>
  <message>
   <source>暂行：案件下载中</source>
   <translation>Provisional: cases are coming</translation>
  </message>
  <message>
   <source>未上报 {0}</source>
   <translation>not reported: {0}</translation>
  </message>
  <message>
   <source>正在读取考评数据</source>
   <translation>Reading the assessment</translation>
  </message>
  <message>
   <source>演示数据</source>
   <translation>Demo data</translation>
  </message>
  <message>
   <source>稳健分</source>
   <translation>Robust score</translation>
  </message>
  <message>
   <source>综合考评</source>
   <translation>Assessment</translation>
  </message>
  <message>
   <source>综合考评　{0}　{1}</source>
   <translation>Assessment {0} {1}</translation>
  </message>
  <message>
   <source>这个期间没有可排名的单位</source>
   <translation>No unit can be ranked in this period</translation>
  </message>
 </context>
 <context>
  <name>WallCard</name>
  <message>
   <source> m</source>
   <translation> m</translation>
  </message>
  <message>
   <source> mm</source>
   <translation> mm</translation>
  </message>
  <message>
   <source>。屏 {0} 放不下这样的字，会按屏高缩小：请走近看或换更密的屏</source>
   <translation>. Screen {0} has no room for such type, it is made smaller: stand nearer or use a denser wall</translation>
  </message>
  <message>
   <source>像素间距</source>
   <translation>Pixel pitch</translation>
  </message>
  <message>
   <source>屏 {0} 显示测试卡</source>
   <translation>Test card on screen {0}</translation>
  </message>
  <message>
   <source>数字 {0} px，中文 {1} px，标题 {2} px（20、25、30 角分）</source>
   <translation>Digits {0} px, Chinese {1} px, titles {2} px (20, 25, 30 arc minutes)</translation>
  </message>
  <message>
   <source>观看距离</source>
   <translation>Viewing distance</translation>
  </message>
 </context>
 <context>
  <name>WallDialog</name>
  <message>
   <source>{0} 秒</source>
   <translation>{0} s</translation>
  </message>
  <message>
   <source>　本屏，Esc 返回</source>
   <translation>　this screen, Esc goes back</translation>
  </message>
  <message>
   <source>上一屏</source>
   <translation>Previous screen</translation>
  </message>
  <message>
   <source>下一屏</source>
   <translation>Next screen</translation>
  </message>
  <message>
   <source>冻结</source>
   <translation>Freeze</translation>
  </message>
  <message>
   <source>冻结的说明，写在大屏上</source>
   <translation>Note that stands on the wall while frozen</translation>
  </message>
  <message>
   <source>因「{0}」切到最前</source>
   <translation>Brought to the front by “{0}”</translation>
  </message>
  <message>
   <source>大屏上现在</source>
   <translation>On the wall now</translation>
  </message>
  <message>
   <source>大屏冻结：{0}</source>
   <translation>Wall frozen: {0}</translation>
  </message>
  <message>
   <source>大屏解除冻结</source>
   <translation>Wall no longer frozen</translation>
  </message>
  <message>
   <source>屏 {0}　{1}×{2}</source>
   <translation>Screen {0}　{1}×{2}</translation>
  </message>
  <message>
   <source>已冻结</source>
   <translation>Frozen</translation>
  </message>
  <message>
   <source>投到</source>
   <translation>Show on</translation>
  </message>
  <message>
   <source>收回</source>
   <translation>Take back</translation>
  </message>
  <message>
   <source>暂停轮播</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>每屏停留</source>
   <translation>Each screen for</translation>
  </message>
  <message>
   <source>没有投屏</source>
   <translation>Nothing is shown</translation>
  </message>
  <message>
   <source>继续轮播</source>
   <translation>Go on</translation>
  </message>
  <message>
   <source>解除冻结</source>
   <translation>Unfreeze</translation>
  </message>
  <message>
   <source>请先选至少一个驾驶舱</source>
   <translation>Choose at least one cockpit first</translation>
  </message>
  <message>
   <source>轮播哪些驾驶舱</source>
   <translation>Cockpits to rotate</translation>
  </message>
  <message>
   <source>那里有视频墙，请先收回</source>
   <translation>A video wall is there; take it back first</translation>
  </message>
  <message>
   <source>驾驶舱投到大屏</source>
   <translation>Cockpits to the wall</translation>
  </message>
  <message>
   <source>驾驶舱投屏到屏 {0}，停留 {1} 秒</source>
   <translation>Cockpits to screen {0}, {1} s each</translation>
  </message>
 </context>
 <context>
  <name>WallGrid</name>
  <message>
   <source>名册中没有这路摄像机</source>
   <translation>This camera is not registered</translation>
  </message>
  <message>
   <source>固定留空</source>
   <translation>Held empty</translation>
  </message>
  <message>
   <source>空闲</source>
   <translation>Idle</translation>
  </message>
  <message>
   <source>空闲 · 拖入摄像机</source>
   <translation>Idle · drag a camera here</translation>
  </message>
  <message>
   <source>视频墙</source>
   <translation>Video wall</translation>
  </message>
 </context>
 <context>
  <name>WallHead</name>
  <message>
   <source>全屏，不留边框（F11）</source>
   <translation>Whole screen, no frame (F11)</translation>
  </message>
  <message>
   <source>关闭此页</source>
   <translation>Close this page</translation>
  </message>
  <message>
   <source>布局方案</source>
   <translation>Layouts</translation>
  </message>
  <message>
   <source>摄像机目录</source>
   <translation>Camera directory</translation>
  </message>
  <message>
   <source>新建一页</source>
   <translation>New page</translation>
  </message>
  <message>
   <source>甩到别的屏（T）</source>
   <translation>Throw to another screen (T)</translation>
  </message>
  <message>
   <source>视频墙 {0}</source>
   <translation>Wall {0}</translation>
  </message>
  <message>
   <source>重命名…</source>
   <translation>Rename…</translation>
  </message>
 </context>
 <context>
  <name>WallPage</name>
  <message>
   <source>{0} 号格已固定，没有换</source>
   <translation>Cell {0} is held and was not changed</translation>
  </message>
  <message>
   <source>{0} 号格没有实时画面，不能画遮挡</source>
   <translation>Cell {0} has no live picture to draw masks on</translation>
  </message>
  <message>
   <source>{0} 号格没有实时画面，没有截图</source>
   <translation>Cell {0} has no live picture, no snapshot</translation>
  </message>
  <message>
   <source>仍要替换</source>
   <translation>Replace all the same</translation>
  </message>
  <message>
   <source>已清空，固定的格没有动</source>
   <translation>Cleared, held tiles stay</translation>
  </message>
  <message>
   <source>撤销</source>
   <translation>Undo</translation>
  </message>
  <message>
   <source>改用 {0} 格</source>
   <translation>Use {0} cells</translation>
  </message>
  <message>
   <source>每一格都已固定，没有换</source>
   <translation>Every cell is held, nothing was changed</translation>
  </message>
  <message>
   <source>请先取消放大和填满，再画遮挡：要看到整个画面</source>
   <translation>Undo zoom and fill first: masks are drawn over the whole picture</translation>
  </message>
  <message>
   <source>这一页的名称</source>
   <translation>Name of this page</translation>
  </message>
  <message>
   <source>选了 {0} 路，放入 {1} 路：格子不够</source>
   <translation>{0} chosen, {1} put in: not enough cells</translation>
  </message>
  <message>
   <source>，固定的 {0} 格没有动</source>
   <translation>, {0} held cells stay</translation>
  </message>
 </context>
 <context>
  <name>WallSound</name>
  <message>
   <source>{0}：没有声音，或本台没有声音输出</source>
   <translation>{0}: no sound, or this desk has no sound output</translation>
  </message>
  <message>
   <source>这一格没有实时画面，没有声音</source>
   <translation>No live picture in this cell, so no sound</translation>
  </message>
 </context>
 <context>
  <name>WallStrip</name>
  <message>
   <source>{0}　{1} s 后换屏</source>
   <translation>{0}　next in {1} s</translation>
  </message>
  <message>
   <source>{0}　已结束，即将回到轮播</source>
   <translation>{0}　over; the rotation goes on soon</translation>
  </message>
  <message>
   <source>{0}　已自动切到本屏，处置后返回</source>
   <translation>{0}　brought here by itself; goes back once handled</translation>
  </message>
  <message>
   <source>{0}　轮播已暂停</source>
   <translation>{0}　rotation paused</translation>
  </message>
  <message>
   <source>不可看 {0}</source>
   <translation>Not to see {0}</translation>
  </message>
  <message>
   <source>停滞 {0}</source>
   <translation>Stalled {0}</translation>
  </message>
  <message>
   <source>实时 {0}/{1}</source>
   <translation>Live {0}/{1}</translation>
  </message>
  <message>
   <source>数据截至 {0}</source>
   <translation>Data as of {0}</translation>
  </message>
  <message>
   <source>演示数据</source>
   <translation>Demonstration data</translation>
  </message>
  <message>
   <source>知道了</source>
   <translation>Understood</translation>
  </message>
  <message>
   <source>连接 {0}</source>
   <translation>Connector {0}</translation>
  </message>
  <message>
   <source>重连 {0}</source>
   <translation>Reconnecting {0}</translation>
  </message>
 </context>
 <context>
  <name>WallWindow</name>
  <message>
   <source>视频墙 屏 {0}</source>
   <translation>Video wall, screen {0}</translation>
  </message>
 </context>
 <context>
  <name>WallWindows</name>
  <message>
   <source>显示器 {0} 不在，它的视频墙已收起；接回后自动回到原处</source>
   <translation>Monitor {0} is away, its video wall is put by; it comes back with the monitor</translation>
  </message>
  <message>
   <source>显示器不在</source>
   <translation>Monitor away</translation>
  </message>
 </context>
 <context>
  <name>WallWords</name>
  <message>
   <source> 自动</source>
   <translation> automatic</translation>
  </message>
  <message>
   <source>{0} 格</source>
   <translation>{0} cells</translation>
  </message>
  <message>
   <source>主</source>
   <translation>main</translation>
  </message>
  <message>
   <source>子</source>
   <translation>sub</translation>
  </message>
  <message>
   <source>手动</source>
   <translation>by hand</translation>
  </message>
  <message>
   <source>自由 {0} 格</source>
   <translation>Free, {0} cells</translation>
  </message>
  <message>
   <source>降质</source>
   <translation>lowered</translation>
  </message>
 </context>
 <context>
  <name>WeatherStrip</name>
  <message>
   <source>{:.1f} mm/h</source>
   <translation>{:.1f} mm/h</translation>
  </message>
  <message>
   <source>{} 前</source>
   <translation>{} ago</translation>
  </message>
  <message>
   <source>停滞 {}</source>
   <translation>stale {}</translation>
  </message>
  <message>
   <source>无降雨信号</source>
   <translation>No rain warning</translation>
  </message>
  <message>
   <source>暴雨橙色预警</source>
   <translation>Rainstorm: orange</translation>
  </message>
  <message>
   <source>暴雨红色预警</source>
   <translation>Rainstorm: red</translation>
  </message>
  <message>
   <source>暴雨蓝色预警</source>
   <translation>Rainstorm: blue</translation>
  </message>
  <message>
   <source>暴雨黄色预警</source>
   <translation>Rainstorm: yellow</translation>
  </message>
 </context>
 <context>
  <name>WindowPlaces</name>
  <message>
   <source>显示器 {0} 不在，窗口已移到主屏幕；接回后自动回到原处</source>
   <translation>Monitor {0} is away, the window moved to the main screen and returns with it</translation>
  </message>
  <message>
   <source>显示器不在</source>
   <translation>Display missing</translation>
  </message>
 </context>
 <context>
  <name>Words</name>
  <message>
   <source>没有名为 {name} 的页面，可用：{known}</source>
   <translation>No page named {name}; there are: {known}</translation>
  </message>
 </context>
 <context>
  <name>Workstation</name>
  <message>
   <source>中断 {0}</source>
   <translation>down {0}</translation>
  </message>
  <message>
   <source>地图已停用</source>
   <translation>Map is off</translation>
  </message>
  <message>
   <source>安全模式下停用；列表和确认照常</source>
   <translation>Off in safe mode; list and acknowledging work</translation>
  </message>
  <message>
   <source>缺口 {0} 已接回</source>
   <translation>gap {0} closed</translation>
  </message>
  <message>
   <source>视频已停用</source>
   <translation>Video is off</translation>
  </message>
 </context>
 <context>
  <name>alarm_desk</name>
  <message>
   <source>{0} h</source>
   <translation>{0} h</translation>
  </message>
  <message>
   <source>{0} min</source>
   <translation>{0} min</translation>
  </message>
  <message>
   <source>{0} s</source>
   <translation>{0} s</translation>
  </message>
  <message>
   <source>{0} 万</source>
   <translation>{0}×10k</translation>
  </message>
  <message>
   <source>{0} 条 · 新在前</source>
   <translation>{0} · newest first</translation>
  </message>
  <message>
   <source>上升 近 2 min</source>
   <translation>Rise, last 2 min</translation>
  </message>
  <message>
   <source>下降 近 2 min</source>
   <translation>Fall, last 2 min</translation>
  </message>
  <message>
   <source>从属 {0} 条</source>
   <translation>{0} members</translation>
  </message>
  <message>
   <source>全桥测点</source>
   <translation>All sensors of the bridge</translation>
  </message>
  <message>
   <source>办结</source>
   <translation>Done</translation>
  </message>
  <message>
   <source>升级</source>
   <translation>Raised in level</translation>
  </message>
  <message>
   <source>历史</source>
   <translation>History</translation>
  </message>
  <message>
   <source>取消搁置</source>
   <translation>Unshelved</translation>
  </message>
  <message>
   <source>变级</source>
   <translation>Level changed</translation>
  </message>
  <message>
   <source>同源 {0} 条 · 首出在前</source>
   <translation>{0} of one cause · first-out on top</translation>
  </message>
  <message>
   <source>告警（平台没有给标题）</source>
   <translation>Alarm (the platform gave no title)</translation>
  </message>
  <message>
   <source>处置中</source>
   <translation>Handling</translation>
  </message>
  <message>
   <source>处置指引</source>
   <translation>Guidance</translation>
  </message>
  <message>
   <source>备注</source>
   <translation>Note</translation>
  </message>
  <message>
   <source>复位</source>
   <translation>Reset</translation>
  </message>
  <message>
   <source>已停用</source>
   <translation>Out of service</translation>
  </message>
  <message>
   <source>已办结</source>
   <translation>Done</translation>
  </message>
  <message>
   <source>已展开</source>
   <translation>Open</translation>
  </message>
  <message>
   <source>已恢复 {0}</source>
   <translation>Normal, {0}</translation>
  </message>
  <message>
   <source>已恢复 待复位</source>
   <translation>Normal, to be reset</translation>
  </message>
  <message>
   <source>已抑制</source>
   <translation>Suppressed</translation>
  </message>
  <message>
   <source>已持续</source>
   <translation>Lasting</translation>
  </message>
  <message>
   <source>已搁置</source>
   <translation>Shelved</translation>
  </message>
  <message>
   <source>已收起</source>
   <translation>Closed</translation>
  </message>
  <message>
   <source>已确认</source>
   <translation>Acknowledged</translation>
  </message>
  <message>
   <source>已结束</source>
   <translation>Ended</translation>
  </message>
  <message>
   <source>已过 {0:.0f} cm 线</source>
   <translation>{0:.0f} cm line passed</translation>
  </message>
  <message>
   <source>平台没有给出这类告警的指引</source>
   <translation>The platform gives no guidance for this class</translation>
  </message>
  <message>
   <source>应急响应</source>
   <translation>Emergency response</translation>
  </message>
  <message>
   <source>恢复</source>
   <translation>Returned to normal</translation>
  </message>
  <message>
   <source>恢复已有</source>
   <translation>Normal for</translation>
  </message>
  <message>
   <source>恢复未确认</source>
   <translation>Normal, unacknowledged</translation>
  </message>
  <message>
   <source>抑制</source>
   <translation>Suppressed</translation>
  </message>
  <message>
   <source>报警</source>
   <translation>Raised</translation>
  </message>
  <message>
   <source>报警值</source>
   <translation>Alarm value</translation>
  </message>
  <message>
   <source>报警时水位</source>
   <translation>Level at alarm</translation>
  </message>
  <message>
   <source>指派</source>
   <translation>Assigned</translation>
  </message>
  <message>
   <source>接口中断：确认先存入待发，恢复后自动送出，2 min 内送不到会告知</source>
   <translation>Interface down: the order waits in the outbox and is sent when it is back; you are told if that takes over 2 min</translation>
  </message>
  <message>
   <source>搁置</source>
   <translation>Shelved</translation>
  </message>
  <message>
   <source>搁置至 {0}</source>
   <translation>Shelved until {0}</translation>
  </message>
  <message>
   <source>数据停滞</source>
   <translation>Data stale</translation>
  </message>
  <message>
   <source>更新</source>
   <translation>Updated</translation>
  </message>
  <message>
   <source>未涨 距 {0:.0f} cm 线</source>
   <translation>not rising, {0:.0f} cm line</translation>
  </message>
  <message>
   <source>未确认</source>
   <translation>Unacknowledged</translation>
  </message>
  <message>
   <source>核查中</source>
   <translation>Verifying</translation>
  </message>
  <message>
   <source>次</source>
   <translation>times</translation>
  </message>
  <message>
   <source>水位 {0}前</source>
   <translation>{0} ago</translation>
  </message>
  <message>
   <source>没有警戒线</source>
   <translation>No warning line</translation>
  </message>
  <message>
   <source>研判</source>
   <translation>Assessing</translation>
  </message>
  <message>
   <source>确认</source>
   <translation>Acknowledged</translation>
  </message>
  <message>
   <source>累计发生</source>
   <translation>Occurred</translation>
  </message>
  <message>
   <source>解除抑制</source>
   <translation>Unsuppressed</translation>
  </message>
  <message>
   <source>认领</source>
   <translation>Claimed</translation>
  </message>
  <message>
   <source>误报</source>
   <translation>False alarm</translation>
  </message>
  <message>
   <source>读数不足 1 min</source>
   <translation>Less than 1 min of readings</translation>
  </message>
  <message>
   <source>读数停滞 无法预计</source>
   <translation>Readings stale, no estimate</translation>
  </message>
  <message>
   <source>责任人</source>
   <translation>Owner</translation>
  </message>
  <message>
   <source>起因</source>
   <translation>Cause</translation>
  </message>
  <message>
   <source>距 {0:.0f} cm 线</source>
   <translation>to {0:.0f} cm</translation>
  </message>
  <message>
   <source>释放</source>
   <translation>Released</translation>
  </message>
  <message>
   <source>附近力量</source>
   <translation>Forces nearby</translation>
  </message>
  <message>
   <source>附近手台</source>
   <translation>Radios nearby</translation>
  </message>
  <message>
   <source>降级</source>
   <translation>Lowered in level</translation>
  </message>
  <message>
   <source>限值</source>
   <translation>Limit</translation>
  </message>
  <message>
   <source>预警</source>
   <translation>Warning</translation>
  </message>
  <message>
   <source>首出</source>
   <translation>First-out</translation>
  </message>
 </context>
 <context>
  <name>board</name>
  <message>
   <source> · 位置 {0} 前</source>
   <translation> · place {0} ago</translation>
  </message>
  <message>
   <source> 晚 {0}</source>
   <translation> late {0}</translation>
  </message>
  <message>
   <source> 晚 {0} min</source>
   <translation> late {0} min</translation>
  </message>
  <message>
   <source>{0:.0f} cm 线</source>
   <translation>{0:.0f} cm line</translation>
  </message>
  <message>
   <source>{0} 到</source>
   <translation>{0} arrives</translation>
  </message>
  <message>
   <source>{0} 后 {1}</source>
   <translation>in {0} {1}</translation>
  </message>
  <message>
   <source>{0}催办</source>
   <translation>{0} reminder</translation>
  </message>
  <message>
   <source>{0}报{1}</source>
   <translation>{0} told {1}</translation>
  </message>
  <message>
   <source>× 拒绝 {0}</source>
   <translation>× declined {0}</translation>
  </message>
  <message>
   <source>值班员</source>
   <translation>Operator</translation>
  </message>
  <message>
   <source>到场</source>
   <translation>On scene</translation>
  </message>
  <message>
   <source>到场 {0}</source>
   <translation>on scene {0}</translation>
  </message>
  <message>
   <source>到点：{0}</source>
   <translation>at: {0}</translation>
  </message>
  <message>
   <source>处置完毕时记</source>
   <translation>noted when handled</translation>
  </message>
  <message>
   <source>完成</source>
   <translation>Done</translation>
  </message>
  <message>
   <source>完成 {0}</source>
   <translation>done {0}</translation>
  </message>
  <message>
   <source>已完成</source>
   <translation>done</translation>
  </message>
  <message>
   <source>已撤回，未发出</source>
   <translation>recalled, not sent</translation>
  </message>
  <message>
   <source>已暂停：{0}</source>
   <translation>held: {0}</translation>
  </message>
  <message>
   <source>已知</source>
   <translation>known</translation>
  </message>
  <message>
   <source>已解除</source>
   <translation>Stood down</translation>
  </message>
  <message>
   <source>已读撤回</source>
   <translation>recall read</translation>
  </message>
  <message>
   <source>已过时：{0}</source>
   <translation>too late: {0}</translation>
  </message>
  <message>
   <source>应急值班</source>
   <translation>Duty officer</translation>
  </message>
  <message>
   <source>待复核</source>
   <translation>to be approved</translation>
  </message>
  <message>
   <source>待接受</source>
   <translation>to be accepted</translation>
  </message>
  <message>
   <source>待撤回</source>
   <translation>to be recalled</translation>
  </message>
  <message>
   <source>总时间最短</source>
   <translation>Least total</translation>
  </message>
  <message>
   <source>手台</source>
   <translation>Radio set</translation>
  </message>
  <message>
   <source>执行中</source>
   <translation>Under way</translation>
  </message>
  <message>
   <source>承诺 {0} 无定位</source>
   <translation>promised {0}, no fix</translation>
  </message>
  <message>
   <source>接受 {0}/{1}</source>
   <translation>accepted {0}/{1}</translation>
  </message>
  <message>
   <source>撤回中</source>
   <translation>recalling</translation>
  </message>
  <message>
   <source>撤回未读</source>
   <translation>recall unread</translation>
  </message>
  <message>
   <source>无定位</source>
   <translation>no fix</translation>
  </message>
  <message>
   <source>无路可达</source>
   <translation>No way there</translation>
  </message>
  <message>
   <source>最晚到达最短</source>
   <translation>Least latest</translation>
  </message>
  <message>
   <source>未发出</source>
   <translation>not sent</translation>
  </message>
  <message>
   <source>未发出：{0}</source>
   <translation>not sent: {0}</translation>
  </message>
  <message>
   <source>未确认</source>
   <translation>Unacknowledged</translation>
  </message>
  <message>
   <source>未读 {0}</source>
   <translation>unread {0}</translation>
  </message>
  <message>
   <source>未送达 {0}</source>
   <translation>undelivered {0}</translation>
  </message>
  <message>
   <source>正在发出…</source>
   <translation>sending…</translation>
  </message>
  <message>
   <source>演练，未发出</source>
   <translation>drill, not sent</translation>
  </message>
  <message>
   <source>现场报受控</source>
   <translation>scene reports control</translation>
  </message>
  <message>
   <source>电台</source>
   <translation>Radio</translation>
  </message>
  <message>
   <source>短信</source>
   <translation>SMS</translation>
  </message>
  <message>
   <source>等待 {0}</source>
   <translation>waits {0}</translation>
  </message>
  <message>
   <source>约 {0} 到</source>
   <translation>there at about {0}</translation>
  </message>
  <message>
   <source>组呼</source>
   <translation>Group call</translation>
  </message>
  <message>
   <source>自动改派</source>
   <translation>replaced by itself</translation>
  </message>
  <message>
   <source>解除中</source>
   <translation>Standing down</translation>
  </message>
  <message>
   <source>语音</source>
   <translation>Voice</translation>
  </message>
  <message>
   <source>调度令</source>
   <translation>Order</translation>
  </message>
  <message>
   <source>调度员</source>
   <translation>Dispatcher</translation>
  </message>
  <message>
   <source>超时作废，未发出</source>
   <translation>expired, not sent</translation>
  </message>
  <message>
   <source>送达 {0}/{1}　已读 {2}　接受 {3}　拒绝 {4}　未回 {5}</source>
   <translation>delivered {0}/{1}  read {2}  accepted {3}  declined {4}  silent {5}</translation>
  </message>
  <message>
   <source>逐个派</source>
   <translation>In turn</translation>
  </message>
  <message>
   <source>道路中断，无路可达</source>
   <translation>Roads cut, no way there</translation>
  </message>
  <message>
   <source>队伍</source>
   <translation>Crew</translation>
  </message>
  <message>
   <source>领导</source>
   <translation>Leader</translation>
  </message>
 </context>
 <context>
  <name>bridge</name>
  <message>
   <source>{0} 个测点</source>
   <translation>{0} sensors</translation>
  </message>
  <message>
   <source>倾角</source>
   <translation>Tilt</translation>
  </message>
  <message>
   <source>停滞</source>
   <translation>Stale</translation>
  </message>
  <message>
   <source>其他</source>
   <translation>Other</translation>
  </message>
  <message>
   <source>应变</source>
   <translation>Strain</translation>
  </message>
  <message>
   <source>挠度</source>
   <translation>Deflection</translation>
  </message>
  <message>
   <source>振动</source>
   <translation>Vibration</translation>
  </message>
  <message>
   <source>未收到</source>
   <translation>Not received</translation>
  </message>
  <message>
   <source>正常</source>
   <translation>Normal</translation>
  </message>
  <message>
   <source>超限</source>
   <translation>Over limit</translation>
  </message>
  <message>
   <source>超限 {0}</source>
   <translation>Over limit {0}</translation>
  </message>
 </context>
 <context>
  <name>cockpit</name>
  <message>
   <source>{0} 级响应</source>
   <translation>Level {0} response</translation>
  </message>
  <message>
   <source>{0}/{1} 队</source>
   <translation>{0}/{1} crews</translation>
  </message>
  <message>
   <source>{0}，停在 {1:%H:%M}</source>
   <translation>{0}, stopped at {1:%H:%M}</translation>
  </message>
  <message>
   <source>、</source>
   <translation>, </translation>
  </message>
  <message>
   <source>「{0}」只给{1}看</source>
   <translation>“{0}” is for {1} only</translation>
  </message>
  <message>
   <source>万</source>
   <translation>×10⁴</translation>
  </message>
  <message>
   <source>上一起：{0}</source>
   <translation>Last one: {0}</translation>
  </message>
  <message>
   <source>上周</source>
   <translation>last week</translation>
  </message>
  <message>
   <source>上月</source>
   <translation>last month</translation>
  </message>
  <message>
   <source>下勤</source>
   <translation>off duty</translation>
  </message>
  <message>
   <source>亿</source>
   <translation>×10⁸</translation>
  </message>
  <message>
   <source>今日</source>
   <translation>today</translation>
  </message>
  <message>
   <source>作业中</source>
   <translation>at work</translation>
  </message>
  <message>
   <source>停滞</source>
   <translation>Stale</translation>
  </message>
  <message>
   <source>停滞 {0}</source>
   <translation>stale {0}</translation>
  </message>
  <message>
   <source>停用</source>
   <translation>out of use</translation>
  </message>
  <message>
   <source>其他 {0}</source>
   <translation>other {0}</translation>
  </message>
  <message>
   <source>其余 {0} 项</source>
   <translation>{0} others</translation>
  </message>
  <message>
   <source>到场</source>
   <translation>On scene</translation>
  </message>
  <message>
   <source>到场 {0}</source>
   <translation>on scene {0}</translation>
  </message>
  <message>
   <source>到场 {0}/{1}</source>
   <translation>on scene {0}/{1}</translation>
  </message>
  <message>
   <source>力量</source>
   <translation>Crews</translation>
  </message>
  <message>
   <source>单位不同，不能合计</source>
   <translation>Different units: no sum</translation>
  </message>
  <message>
   <source>去年</source>
   <translation>last year</translation>
  </message>
  <message>
   <source>变好</source>
   <translation>better</translation>
  </message>
  <message>
   <source>变差</source>
   <translation>worse</translation>
  </message>
  <message>
   <source>合计</source>
   <translation>Sum</translation>
  </message>
  <message>
   <source>合计 {0}</source>
   <translation>Sum {0}</translation>
  </message>
  <message>
   <source>同比</source>
   <translation>vs last year</translation>
  </message>
  <message>
   <source>启动</source>
   <translation>Begin</translation>
  </message>
  <message>
   <source>告警</source>
   <translation>Alarm</translation>
  </message>
  <message>
   <source>回执</source>
   <translation>Receipts</translation>
  </message>
  <message>
   <source>复核 {0}</source>
   <translation>approved by {0}</translation>
  </message>
  <message>
   <source>已知 {0}/{1} 项合计</source>
   <translation>Sum of {0} of {1} known</translation>
  </message>
  <message>
   <source>已确认</source>
   <translation>Acknowledged</translation>
  </message>
  <message>
   <source>待启动</source>
   <translation>To begin</translation>
  </message>
  <message>
   <source>待命无人机</source>
   <translation>Drones on call</translation>
  </message>
  <message>
   <source>待命车辆</source>
   <translation>Vehicles on call</translation>
  </message>
  <message>
   <source>待命队伍</source>
   <translation>Crews on call</translation>
  </message>
  <message>
   <source>待复核</source>
   <translation>To be approved</translation>
  </message>
  <message>
   <source>恢复未确认</source>
   <translation>Recovered, unacknowledged</translation>
  </message>
  <message>
   <source>抑制</source>
   <translation>Suppressed</translation>
  </message>
  <message>
   <source>持平</source>
   <translation>unchanged</translation>
  </message>
  <message>
   <source>指标表尚未读出</source>
   <translation>The metrics are not read yet</translation>
  </message>
  <message>
   <source>提请 {0}</source>
   <translation>proposed by {0}</translation>
  </message>
  <message>
   <source>搁置</source>
   <translation>Shelved</translation>
  </message>
  <message>
   <source>整个文件</source>
   <translation>whole file</translation>
  </message>
  <message>
   <source>无可比数据</source>
   <translation>Nothing to compare with</translation>
  </message>
  <message>
   <source>昨日</source>
   <translation>yesterday</translation>
  </message>
  <message>
   <source>未确认</source>
   <translation>Unacknowledged</translation>
  </message>
  <message>
   <source>未达标</source>
   <translation>Target missed</translation>
  </message>
  <message>
   <source>本月</source>
   <translation>this month</translation>
  </message>
  <message>
   <source>此刻</source>
   <translation>now</translation>
  </message>
  <message>
   <source>水深</source>
   <translation>Depth</translation>
  </message>
  <message>
   <source>水深　涨速</source>
   <translation>Depth, rise</translation>
  </message>
  <message>
   <source>没有到场记录</source>
   <translation>No arrival recorded</translation>
  </message>
  <message>
   <source>没有指标 {0}</source>
   <translation>No metric {0}</translation>
  </message>
  <message>
   <source>没有数据</source>
   <translation>No data</translation>
  </message>
  <message>
   <source>演练 {0}</source>
   <translation>Drill {0}</translation>
  </message>
  <message>
   <source>环比</source>
   <translation>vs last month</translation>
  </message>
  <message>
   <source>现在 {0}</source>
   <translation>now {0}</translation>
  </message>
  <message>
   <source>目标 {0}</source>
   <translation>Target {0}</translation>
  </message>
  <message>
   <source>确认</source>
   <translation>Acknowledge</translation>
  </message>
  <message>
   <source>离线</source>
   <translation>Offline</translation>
  </message>
  <message>
   <source>空闲</source>
   <translation>free</translation>
  </message>
  <message>
   <source>第 {0} 行</source>
   <translation>line {0}</translation>
  </message>
  <message>
   <source>签发 {0}</source>
   <translation>issued by {0}</translation>
  </message>
  <message>
   <source>缺 {0}</source>
   <translation>{0} missing</translation>
  </message>
  <message>
   <source>至 {0}</source>
   <translation>to {0}</translation>
  </message>
  <message>
   <source>超期</source>
   <translation>Overdue</translation>
  </message>
  <message>
   <source>距{0}线 {1}</source>
   <translation>{1} from the {0} line</translation>
  </message>
  <message>
   <source>车辆 {0}</source>
   <translation>Vehicles {0}</translation>
  </message>
  <message>
   <source>较上周同时</source>
   <translation>vs last week</translation>
  </message>
  <message>
   <source>较昨日同时</source>
   <translation>vs yesterday</translation>
  </message>
  <message>
   <source>达标</source>
   <translation>Target met</translation>
  </message>
  <message>
   <source>近 1 小时</source>
   <translation>last hour</translation>
  </message>
  <message>
   <source>队伍 {0}</source>
   <translation>Crews {0}</translation>
  </message>
  <message>
   <source>限 {0:g} min</source>
   <translation>Limit {0:g} min</translation>
  </message>
  <message>
   <source>限 {0}</source>
   <translation>Limit {0}</translation>
  </message>
  <message>
   <source>限 {0} 在图外</source>
   <translation>Limit {0} is off the chart</translation>
  </message>
  <message>
   <source>面板写错了</source>
   <translation>Mistake in the panel</translation>
  </message>
  <message>
   <source>预计 {0}</source>
   <translation>expected {0}</translation>
  </message>
  <message>
   <source>首到 {0}，目标 {1:g} min，{2}</source>
   <translation>First on scene {0}, target {1:g} min, {2}</translation>
  </message>
  <message>
   <source>，</source>
   <translation>, </translation>
  </message>
 </context>
 <context>
  <name>directions</name>
  <message>
   <source>东</source>
   <translation>E</translation>
  </message>
  <message>
   <source>东北</source>
   <translation>NE</translation>
  </message>
  <message>
   <source>东南</source>
   <translation>SE</translation>
  </message>
  <message>
   <source>北</source>
   <translation>N</translation>
  </message>
  <message>
   <source>南</source>
   <translation>S</translation>
  </message>
  <message>
   <source>西</source>
   <translation>W</translation>
  </message>
  <message>
   <source>西北</source>
   <translation>NW</translation>
  </message>
  <message>
   <source>西南</source>
   <translation>SW</translation>
  </message>
 </context>
 <context>
  <name>directory</name>
  <message>
   <source>20 km 内没有登记的摄像机</source>
   <translation>No registered camera within 20 km</translation>
  </message>
  <message>
   <source>F 或空格：收藏、取消收藏</source>
   <translation>F or Space: favourite on or off</translation>
  </message>
  <message>
   <source>{0:,} · 在线 {1:.1f} %</source>
   <translation>{0:,} · online {1:.1f} %</translation>
  </message>
  <message>
   <source>{0} · 截至 {1}</source>
   <translation>{0} · as of {1}</translation>
  </message>
  <message>
   <source>{0} 路，由近到远</source>
   <translation>{0}, nearest first</translation>
  </message>
  <message>
   <source>{0} 附近</source>
   <translation>Near {0}</translation>
  </message>
  <message>
   <source>“{0}”没有坐标</source>
   <translation>“{0}” has no position</translation>
  </message>
  <message>
   <source>上墙</source>
   <translation>To the wall</translation>
  </message>
  <message>
   <source>上墙 {0} 路</source>
   <translation>{0} to the wall</translation>
  </message>
  <message>
   <source>不在名册</source>
   <translation>Not registered</translation>
  </message>
  <message>
   <source>云台球机</source>
   <translation>PTZ</translation>
  </message>
  <message>
   <source>关联</source>
   <translation>Linked</translation>
  </message>
  <message>
   <source>前 {0} 路在线的上墙</source>
   <translation>The first {0} online ones to the wall</translation>
  </message>
  <message>
   <source>双击或拖到大屏看过的摄像机会排在这里，保留最近 50 路</source>
   <translation>Cameras that you have watched stand here, the last 50</translation>
  </message>
  <message>
   <source>取消收藏</source>
   <translation>No favourite</translation>
  </message>
  <message>
   <source>可在上面按地点搜索</source>
   <translation>Search by place above</translation>
  </message>
  <message>
   <source>可用名称、拼音首字母、标签、地点、编号；词之间用空格隔开，去掉一个词再试</source>
   <translation>Use name, pinyin initials, tag, place or number, parted by spaces; try with one word less</translation>
  </message>
  <message>
   <source>名册已 {0} 未更新，在线状态可能不准</source>
   <translation>Not updated for {0}, who is online may be wrong</translation>
  </message>
  <message>
   <source>名称</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>后看的在前，保留 50 路</source>
   <translation>The last one first, 50 are kept</translation>
  </message>
  <message>
   <source>固定枪机</source>
   <translation>Fixed</translation>
  </message>
  <message>
   <source>在地图上定位</source>
   <translation>Show on map</translation>
  </message>
  <message>
   <source>在目录或搜索结果里选中一路，按 F 或空格收藏</source>
   <translation>Choose a camera in the directory or a search and press F or Space</translation>
  </message>
  <message>
   <source>在线</source>
   <translation>Online</translation>
  </message>
  <message>
   <source>地点</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>平台</source>
   <translation>Platform</translation>
  </message>
  <message>
   <source>平台没有给出坐标，可在上面按地点搜索</source>
   <translation>The platform gives no position; search by place above</translation>
  </message>
  <message>
   <source>平台登记后约 5 min 内会出现在这里</source>
   <translation>It stands here about 5 min after the platform has registered it</translation>
  </message>
  <message>
   <source>平台的摄像机名册是空的</source>
   <translation>The platform's cameras are empty</translation>
  </message>
  <message>
   <source>执法记录仪</source>
   <translation>Body camera</translation>
  </message>
  <message>
   <source>找到 {0:,} 路</source>
   <translation>{0:,} found</translation>
  </message>
  <message>
   <source>找到 {0:,} 路，列出 {1}</source>
   <translation>{0:,} found, {1} listed</translation>
  </message>
  <message>
   <source>拼音</source>
   <translation>Pinyin</translation>
  </message>
  <message>
   <source>按编号、名称、拼音、标签、地点排，在线在前</source>
   <translation>By number, name, pinyin, tag, place; online first</translation>
  </message>
  <message>
   <source>摄像机名册尚未取得</source>
   <translation>The cameras are not there yet</translation>
  </message>
  <message>
   <source>收藏</source>
   <translation>Favourite</translation>
  </message>
  <message>
   <source>收藏 {0} 路</source>
   <translation>{0} favourites</translation>
  </message>
  <message>
   <source>无人机</source>
   <translation>Drone</translation>
  </message>
  <message>
   <source>最近</source>
   <translation>Recent</translation>
  </message>
  <message>
   <source>最近看过 {0} 路</source>
   <translation>{0} watched lately</translation>
  </message>
  <message>
   <source>未写明区划</source>
   <translation>No district given</translation>
  </message>
  <message>
   <source>未写明平台</source>
   <translation>No platform given</translation>
  </message>
  <message>
   <source>查看登记</source>
   <translation>Show the register</translation>
  </message>
  <message>
   <source>标签</source>
   <translation>Tag</translation>
  </message>
  <message>
   <source>没有找到“{0}”</source>
   <translation>“{0}” not found</translation>
  </message>
  <message>
   <source>没有选中的位置</source>
   <translation>No place chosen</translation>
  </message>
  <message>
   <source>目录</source>
   <translation>Directory</translation>
  </message>
  <message>
   <source>离线</source>
   <translation>Offline</translation>
  </message>
  <message>
   <source>移动设备</source>
   <translation>Moving devices</translation>
  </message>
  <message>
   <source>符合的太多，只排了一部分，请再加一个词</source>
   <translation>Too many match, only some are ordered; add a word</translation>
  </message>
  <message>
   <source>类型</source>
   <translation>Kind</translation>
  </message>
  <message>
   <source>约 {0:,} 路，列出 {1}</source>
   <translation>About {0:,}, {1} listed</translation>
  </message>
  <message>
   <source>编号</source>
   <translation>Number</translation>
  </message>
  <message>
   <source>街道不明</source>
   <translation>Street unknown</translation>
  </message>
  <message>
   <source>车载</source>
   <translation>Vehicle</translation>
  </message>
  <message>
   <source>还没有收藏</source>
   <translation>No favourites yet</translation>
  </message>
  <message>
   <source>还没有看过的摄像机</source>
   <translation>Nothing watched yet</translation>
  </message>
  <message>
   <source>连上平台后自动下载，这里会自己更新；其余功能照常</source>
   <translation>It is fetched once the platform is connected, and comes here by itself; all else works</translation>
  </message>
  <message>
   <source>选中一条告警、一路摄像机或地图上的一点，这里按距离列出附近的摄像机</source>
   <translation>Choose an alarm, a camera or a point on the map: the cameras near it stand here by distance</translation>
  </message>
  <message>
   <source>附近</source>
   <translation>Near</translation>
  </message>
 </context>
 <context>
  <name>drilling</name>
  <message>
   <source>告警状态 {0} 不能筛选，可用：{1}</source>
   <translation>No filter for alarm state {0}; there are: {1}</translation>
  </message>
  <message>
   <source>无</source>
   <translation>none</translation>
  </message>
  <message>
   <source>没有级别 {0}，可用：{1}</source>
   <translation>No level {0}; there are: {1}</translation>
  </message>
  <message>
   <source>这个页面没有 {0} 这一部分</source>
   <translation>This page has no part {0}</translation>
  </message>
  <message>
   <source>页面 {0} 不认识筛选 {1}，可用：{2}</source>
   <translation>Page {0} knows no filter {1}; there are: {2}</translation>
  </message>
 </context>
 <context>
  <name>emergency</name>
  <message>
   <source> · 依据：{0}</source>
   <translation> · by: {0}</translation>
  </message>
  <message>
   <source> · 目标 {0}</source>
   <translation> · target {0}</translation>
  </message>
  <message>
   <source> · 限 {0}</source>
   <translation> · limit {0}</translation>
  </message>
  <message>
   <source>1 h {0:.0f} mm</source>
   <translation>1 h {0:.0f} mm</translation>
  </message>
  <message>
   <source>3 h {0:.0f} mm</source>
   <translation>3 h {0:.0f} mm</translation>
  </message>
  <message>
   <source>T4 预计 {0} 首到</source>
   <translation>T4 first at {0}</translation>
  </message>
  <message>
   <source>{0:.0f} cm 线</source>
   <translation>{0:.0f} cm line</translation>
  </message>
  <message>
   <source>{0:.0f} min 到线</source>
   <translation>line in {0:.0f} min</translation>
  </message>
  <message>
   <source>{0:.0f} 处</source>
   <translation>{0:.0f}</translation>
  </message>
  <message>
   <source>{0:.0f} 条</source>
   <translation>{0:.0f}</translation>
  </message>
  <message>
   <source>{0:g} min 线 {1}</source>
   <translation>{0:g} min line {1}</translation>
  </message>
  <message>
   <source>{0}
发起席未选</source>
   <translation>{0}
not chosen at the first seat</translation>
  </message>
  <message>
   <source>{0}
发起席选定</source>
   <translation>{0}
chosen at the first seat</translation>
  </message>
  <message>
   <source>{0} {1} {2} 提请{3}到 {4}</source>
   <translation>{0} {1} {2} asked to {3} to {4}</translation>
  </message>
  <message>
   <source>{0} {1} 已就这些告警发起「{2}」，待复核；按「加入该响应」</source>
   <translation>{0} {1} began “{2}” for these alarms, awaiting approval; press “Join that response”</translation>
  </message>
  <message>
   <source>{0} {1} 已就这些告警启动「{2}」；按「加入该响应」</source>
   <translation>{0} {1} activated “{2}” for these alarms; press “Join that response”</translation>
  </message>
  <message>
   <source>{0} {1} 提请 {2} 无人复核，已作废，维持 {3}</source>
   <translation>{0} {1} asked for {2}, nobody approved: expired, {3} stays</translation>
  </message>
  <message>
   <source>{0} {1} 撤回了提请 {2}，维持 {3}</source>
   <translation>{0} {1} withdrew the request for {2}, {3} stays</translation>
  </message>
  <message>
   <source>{0} {1} 退回了 {2} 提请的 {3}，维持 {4}</source>
   <translation>{0} {1} sent back {3} asked for by {2}, {4} stays</translation>
  </message>
  <message>
   <source>{0} {1} 队</source>
   <translation>{0} {1} crews</translation>
  </message>
  <message>
   <source>{0} · 口令已核</source>
   <translation>{0} · password checked</translation>
  </message>
  <message>
   <source>{0} · 连线上为预计到达</source>
   <translation>{0} · expected arrival on the lines</translation>
  </message>
  <message>
   <source>{0} 个对象</source>
   <translation>{0} recipients</translation>
  </message>
  <message>
   <source>{0} 到线</source>
   <translation>line at {0}</translation>
  </message>
  <message>
   <source>{0} 提请，{1} 复核</source>
   <translation>Asked for by {0}, approved by {1}</translation>
  </message>
  <message>
   <source>{0} 点 × {1} 队</source>
   <translation>{0} sites × {1} crews</translation>
  </message>
  <message>
   <source>{0} 级</source>
   <translation>Level {0}</translation>
  </message>
  <message>
   <source>{0} 级触发</source>
   <translation>Level {0}</translation>
  </message>
  <message>
   <source>{0} 队 {1} 点 未覆盖 {2}</source>
   <translation>{0} crews, {1} sites, unserved {2}</translation>
  </message>
  <message>
   <source>{0} 队派往 {1} 点</source>
   <translation>{0} crews to {1} sites</translation>
  </message>
  <message>
   <source>{0}{1}响应</source>
   <translation>{0} {1} response</translation>
  </message>
  <message>
   <source>{0}启动</source>
   <translation>{0} activation</translation>
  </message>
  <message>
   <source>{0}启动 · {1}签发</source>
   <translation>{0} activation · signed by {1}</translation>
  </message>
  <message>
   <source>{0}启动 · 两人两席</source>
   <translation>{0} activation · two persons, two seats</translation>
  </message>
  <message>
   <source>{0}尚未取得（{1} 起），正在向平台取</source>
   <translation>{0} not fetched yet (since {1}), asking the platform</translation>
  </message>
  <message>
   <source>{0}已启动</source>
   <translation>{0} activated</translation>
  </message>
  <message>
   <source>{0}预览 · {1} 人 · {2} 字</source>
   <translation>{0} preview · {1} people · {2} characters</translation>
  </message>
  <message>
   <source>{0}：{1}一人签发，立即生效</source>
   <translation>{0}: one signer ({1}), in force at once</translation>
  </message>
  <message>
   <source>{0}：提请后须在另一席位复核，{1:.0f} s 内有效</source>
   <translation>{0}: to be approved at another seat, valid for {1:.0f} s</translation>
  </message>
  <message>
   <source>一般</source>
   <translation>minor</translation>
  </message>
  <message>
   <source>上一次已撤回，没有发出任何命令</source>
   <translation>The last one was withdrawn, nothing was sent</translation>
  </message>
  <message>
   <source>上一次无人复核，已作废，没有发出任何命令</source>
   <translation>Nobody approved the last one; it expired, nothing was sent</translation>
  </message>
  <message>
   <source>上次启动已发出，正在用同一编号核对结果，不会重复执行</source>
   <translation>The last activation was sent; its result is being looked up by the same number, nothing is done twice</translation>
  </message>
  <message>
   <source>个大屏场景：{0}</source>
   <translation>wall scene: {0}</translation>
  </message>
  <message>
   <source>人工选 {0}</source>
   <translation>{0} by hand</translation>
  </message>
  <message>
   <source>人工选 {0}，建议 {1}</source>
   <translation>{0} by hand, suggested {1}</translation>
  </message>
  <message>
   <source>人通知：{0}</source>
   <translation>people told: {0}</translation>
  </message>
  <message>
   <source>任务：新增 {0}</source>
   <translation>Tasks: {0} more</translation>
  </message>
  <message>
   <source>值班员</source>
   <translation>Operator</translation>
  </message>
  <message>
   <source>值班表</source>
   <translation>Roster</translation>
  </message>
  <message>
   <source>值班表没有：{0}</source>
   <translation>Not on the roster: {0}</translation>
  </message>
  <message>
   <source>停滞</source>
   <translation>stale</translation>
  </message>
  <message>
   <source>催办：{0:.0f} s 无应答起</source>
   <translation>Reminder after {0:.0f} s without an answer</translation>
  </message>
  <message>
   <source>全部签收</source>
   <translation>all accepted</translation>
  </message>
  <message>
   <source>共 {0} 队</source>
   <translation>{0} crews in all</translation>
  </message>
  <message>
   <source>准备中：{0}</source>
   <translation>in preparation: {0}</translation>
  </message>
  <message>
   <source>剩 {0}</source>
   <translation>{0} left</translation>
  </message>
  <message>
   <source>力量：{0}</source>
   <translation>Forces: {0}</translation>
  </message>
  <message>
   <source>升 {0:.1f}</source>
   <translation>up {0:.1f}</translation>
  </message>
  <message>
   <source>升级</source>
   <translation>Raise</translation>
  </message>
  <message>
   <source>发起 {0}</source>
   <translation>Begin {0}</translation>
  </message>
  <message>
   <source>发起人不能复核自己的发起</source>
   <translation>Nobody approves what they began</translation>
  </message>
  <message>
   <source>发起后 {0:.0f} s 内复核</source>
   <translation>Approve within {0:.0f} s</translation>
  </message>
  <message>
   <source>发起席的方案</source>
   <translation>Proposal of the first seat</translation>
  </message>
  <message>
   <source>受控</source>
   <translation>controlled</translation>
  </message>
  <message>
   <source>另一席位</source>
   <translation>Another seat</translation>
  </message>
  <message>
   <source>启动</source>
   <translation>activated</translation>
  </message>
  <message>
   <source>启动、回执和解除须按纸质预案进行；请报告管理员</source>
   <translation>Activate, answer and stand down by the paper plan; tell the administrator</translation>
  </message>
  <message>
   <source>告警</source>
   <translation>alarm</translation>
  </message>
  <message>
   <source>响应已不在执行，不能变更级别</source>
   <translation>The response is no longer under way: its level cannot change</translation>
  </message>
  <message>
   <source>在告警上按「应急调度」开始；进行中的响应和待复核的发起也在这里</source>
   <translation>Begin with “Emergency dispatch” on an alarm; responses under way and drafts to be approved are here too</translation>
  </message>
  <message>
   <source>复核后</source>
   <translation>after approval</translation>
  </message>
  <message>
   <source>复核后发出</source>
   <translation>Sent after approval</translation>
  </message>
  <message>
   <source>复核窗口 {0} 打开</source>
   <translation>approval opened {0}</translation>
  </message>
  <message>
   <source>大屏不换场景</source>
   <translation>the wall stays</translation>
  </message>
  <message>
   <source>大屏换场景</source>
   <translation>the wall changes</translation>
  </message>
  <message>
   <source>大屏：换到场景 {0}</source>
   <translation>Wall: to scene {0}</translation>
  </message>
  <message>
   <source>已 {0}</source>
   <translation>{0} gone</translation>
  </message>
  <message>
   <source>已按住 2.0 s</source>
   <translation>Held 2.0 s</translation>
  </message>
  <message>
   <source>已有一次级别变更待复核</source>
   <translation>A change of level is awaiting approval already</translation>
  </message>
  <message>
   <source>已签</source>
   <translation>signed</translation>
  </message>
  <message>
   <source>已超 {0}</source>
   <translation>over by {0}</translation>
  </message>
  <message>
   <source>已超时，等平台作废</source>
   <translation>too late; the platform will expire it</translation>
  </message>
  <message>
   <source>已过</source>
   <translation>passed</translation>
  </message>
  <message>
   <source>已过线</source>
   <translation>over the line</translation>
  </message>
  <message>
   <source>已送到有权复核的席位</source>
   <translation>sent to the seats that may approve</translation>
  </message>
  <message>
   <source>平台和本机都没有可用的预案</source>
   <translation>Neither the platform nor this machine has a usable plan</translation>
  </message>
  <message>
   <source>平台没有应急响应接口</source>
   <translation>The platform has no calls for emergency response</translation>
  </message>
  <message>
   <source>平台预案</source>
   <translation>Platform's plan</translation>
  </message>
  <message>
   <source>应急值班</source>
   <translation>Duty officer</translation>
  </message>
  <message>
   <source>建议</source>
   <translation>suggested</translation>
  </message>
  <message>
   <source>建议 {0}</source>
   <translation>suggested {0}</translation>
  </message>
  <message>
   <source>开始时的告警已全部结束：请在仍未结束的告警上重新开始</source>
   <translation>All alarms that it began with have ended: begin again on one that is still open</translation>
  </message>
  <message>
   <source>待发起</source>
   <translation>to begin</translation>
  </message>
  <message>
   <source>待复核</source>
   <translation>to be approved</translation>
  </message>
  <message>
   <source>待执行令</source>
   <translation>waits for the order</translation>
  </message>
  <message>
   <source>手派 {0} 队，右键取消</source>
   <translation>{0} crews set by hand, right click undoes</translation>
  </message>
  <message>
   <source>拖队伍到点位可改派</source>
   <translation>Drag a crew to a site to change</translation>
  </message>
  <message>
   <source>指挥长签发</source>
   <translation>commander signs</translation>
  </message>
  <message>
   <source>按住 2 秒 {0}到 {1}</source>
   <translation>Hold 2 s: {0} to {1}</translation>
  </message>
  <message>
   <source>按住 2 秒 发起 {0}响应</source>
   <translation>Hold 2 s: begin {0} response</translation>
  </message>
  <message>
   <source>按住 2 秒 发起 {0}演练</source>
   <translation>Hold 2 s: begin {0} drill</translation>
  </message>
  <message>
   <source>按住 2 秒 复核并{0}</source>
   <translation>Hold 2 s: approve and {0}</translation>
  </message>
  <message>
   <source>按住 2 秒 复核并启动</source>
   <translation>Hold 2 s: approve and activate</translation>
  </message>
  <message>
   <source>按住 2 秒 提请{0}到 {1}</source>
   <translation>Hold 2 s: ask to {0} to {1}</translation>
  </message>
  <message>
   <source>按发起席选定的方案</source>
   <translation>By the proposal chosen at the first seat</translation>
  </message>
  <message>
   <source>按满后再输入一次本人密码</source>
   <translation>Then enter your own password again</translation>
  </message>
  <message>
   <source>接口中断：启动不排队，恢复后再按</source>
   <translation>No platform: an activation is not queued; press again when it is back</translation>
  </message>
  <message>
   <source>提请人不能复核自己的提请</source>
   <translation>Who asked may not approve</translation>
  </message>
  <message>
   <source>支可派的队伍</source>
   <translation>crews can be sent</translation>
  </message>
  <message>
   <source>数据链路进程未连接，正在重启，连上即可发起</source>
   <translation>The link process is not connected and restarting; begin once it is</translation>
  </message>
  <message>
   <source>数据链路进程未连接，正在重启；连上即取</source>
   <translation>The data link is not connected, it is restarting; fetched as soon as it is</translation>
  </message>
  <message>
   <source>无</source>
   <translation>none</translation>
  </message>
  <message>
   <source>无路</source>
   <translation>no way</translation>
  </message>
  <message>
   <source>未登录</source>
   <translation>not signed in</translation>
  </message>
  <message>
   <source>未登录，不能发起</source>
   <translation>Not signed in: cannot begin</translation>
  </message>
  <message>
   <source>未登录，不能变更级别</source>
   <translation>Not signed in: the level cannot be changed</translation>
  </message>
  <message>
   <source>未登录，不能复核</source>
   <translation>Not signed in: cannot approve</translation>
  </message>
  <message>
   <source>未知</source>
   <translation>unknown</translation>
  </message>
  <message>
   <source>未确认</source>
   <translation>not acknowledged</translation>
  </message>
  <message>
   <source>未覆盖：{0}</source>
   <translation>unserved: {0}</translation>
  </message>
  <message>
   <source>未记</source>
   <translation>Not noted</translation>
  </message>
  <message>
   <source>未达</source>
   <translation>not reached</translation>
  </message>
  <message>
   <source>末值 {0}</source>
   <translation>last {0}</translation>
  </message>
  <message>
   <source>本机没有这份预案，不能变更级别</source>
   <translation>This plan is not here: the level cannot be changed</translation>
  </message>
  <message>
   <source>本机预案</source>
   <translation>This machine's plan</translation>
  </message>
  <message>
   <source>本级一人签发</source>
   <translation>one person signs this level</translation>
  </message>
  <message>
   <source>本级没有启动条件</source>
   <translation>This level has no conditions</translation>
  </message>
  <message>
   <source>本级还缺：{0}</source>
   <translation>Missing at this level: {0}</translation>
  </message>
  <message>
   <source>条件已达 {0}：{1}</source>
   <translation>Condition met for {0}: {1}</translation>
  </message>
  <message>
   <source>条件未达</source>
   <translation>Condition not met</translation>
  </message>
  <message>
   <source>条告警没有位置，不能派队</source>
   <translation>alarms without a place: no crew can be sent</translation>
  </message>
  <message>
   <source>检查单：新增 {0} 项</source>
   <translation>Checklist: {0} more items</translation>
  </message>
  <message>
   <source>橙色</source>
   <translation>orange</translation>
  </message>
  <message>
   <source>正在从本机日志和平台取，取得后显示在这里</source>
   <translation>Being fetched from the journal and the platform, shown here when it has come</translation>
  </message>
  <message>
   <source>正在按新的选择编制方案</source>
   <translation>Making the proposals anew for what was chosen</translation>
  </message>
  <message>
   <source>正在整理依据和方案…</source>
   <translation>Gathering evidence and proposals…</translation>
  </message>
  <message>
   <source>每点 {0} 队</source>
   <translation>{0} crews a site</translation>
  </message>
  <message>
   <source>没有可派的队伍，也没有可通知的人</source>
   <translation>Nobody can be sent and nobody told</translation>
  </message>
  <message>
   <source>没有正在准备的响应</source>
   <translation>No response is being prepared</translation>
  </message>
  <message>
   <source>没有达到任何一级的条件：可在上面选一级</source>
   <translation>No level is reached: choose one above</translation>
  </message>
  <message>
   <source>没有预案说到这类告警：在右上选预案，再选级别</source>
   <translation>No plan is about such alarms: choose a plan at the upper right, then a level</translation>
  </message>
  <message>
   <source>没有预案，不能发起</source>
   <translation>No plan: cannot begin</translation>
  </message>
  <message>
   <source>满足 {0} 条中 {1} 条，任 {2} 条即可</source>
   <translation>{1} of {0} hold, {2} suffice</translation>
  </message>
  <message>
   <source>演练 </source>
   <translation>Drill </translation>
  </message>
  <message>
   <source>演练 不发</source>
   <translation>Drill: not sent</translation>
  </message>
  <message>
   <source>演练：不发出</source>
   <translation>Drill: not sent</translation>
  </message>
  <message>
   <source>演练：不发出任何真实命令</source>
   <translation>Drill: no real order is sent</translation>
  </message>
  <message>
   <source>特别重大</source>
   <translation>catastrophic</translation>
  </message>
  <message>
   <source>现在 +{0}</source>
   <translation>now +{0}</translation>
  </message>
  <message>
   <source>现场报受控</source>
   <translation>scene reports control</translation>
  </message>
  <message>
   <source>现行</source>
   <translation>in force</translation>
  </message>
  <message>
   <source>电台</source>
   <translation>Radio</translation>
  </message>
  <message>
   <source>监测点名册</source>
   <translation>Register of points</translation>
  </message>
  <message>
   <source>短信</source>
   <translation>SMS</translation>
  </message>
  <message>
   <source>确认</source>
   <translation>confirmed</translation>
  </message>
  <message>
   <source>种物资：{0}</source>
   <translation>kinds of supplies: {0}</translation>
  </message>
  <message>
   <source>等待复核</source>
   <translation>waits for approval</translation>
  </message>
  <message>
   <source>签发   {0}由{1}一人签发</source>
   <translation>Signed   {0} by {1} alone</translation>
  </message>
  <message>
   <source>签发   {0}须{1}在另一席位复核</source>
   <translation>Signed   {0} approved by {1} at another seat</translation>
  </message>
  <message>
   <source>红色</source>
   <translation>red</translation>
  </message>
  <message>
   <source>级别 {0}</source>
   <translation>level {0}</translation>
  </message>
  <message>
   <source>终端</source>
   <translation>Handset</translation>
  </message>
  <message>
   <source>群呼</source>
   <translation>Group call</translation>
  </message>
  <message>
   <source>若是两台机器：管理员须各设 seat_id</source>
   <translation>If these are two machines: an administrator must set a seat_id on each</translation>
  </message>
  <message>
   <source>蓝色</source>
   <translation>blue</translation>
  </message>
  <message>
   <source>解除</source>
   <translation>cleared</translation>
  </message>
  <message>
   <source>语音</source>
   <translation>Voice</translation>
  </message>
  <message>
   <source>调度令 {0}</source>
   <translation>Order {0}</translation>
  </message>
  <message>
   <source>调度员</source>
   <translation>Dispatcher</translation>
  </message>
  <message>
   <source>路录像从告警起打标记</source>
   <translation>recordings marked from the alarm on</translation>
  </message>
  <message>
   <source>较大</source>
   <translation>considerable</translation>
  </message>
  <message>
   <source>还没有级别：在左侧选一级</source>
   <translation>No level yet: choose one at the left</translation>
  </message>
  <message>
   <source>还没有选告警</source>
   <translation>No alarm chosen yet</translation>
  </message>
  <message>
   <source>这份预案没有任何级别，换一份预案</source>
   <translation>This plan has no level, choose another</translation>
  </message>
  <message>
   <source>进行中的响应尚未取得</source>
   <translation>Responses under way not fetched yet</translation>
  </message>
  <message>
   <source>通知</source>
   <translation>Message</translation>
  </message>
  <message>
   <source>通知 {0} 人</source>
   <translation>{0} people told</translation>
  </message>
  <message>
   <source>重大</source>
   <translation>major</translation>
  </message>
  <message>
   <source>队伍名册</source>
   <translation>Register of crews</translation>
  </message>
  <message>
   <source>队次未覆盖，见地图虚线点</source>
   <translation>crews missing, see the dashed sites</translation>
  </message>
  <message>
   <source>队派往 {0} 点</source>
   <translation>crews to {0} sites</translation>
  </message>
  <message>
   <source>降 {0:.1f}</source>
   <translation>down {0:.1f}</translation>
  </message>
  <message>
   <source>降级</source>
   <translation>Lower</translation>
  </message>
  <message>
   <source>雨强 {0:.0f} mm/h</source>
   <translation>rain {0:.0f} mm/h</translation>
  </message>
  <message>
   <source>雨量 {0}</source>
   <translation>rain {0}</translation>
  </message>
  <message>
   <source>须在另一席位复核：两席同为 {0}</source>
   <translation>Approve at another seat: both are {0}</translation>
  </message>
  <message>
   <source>须应急值班或领导复核</source>
   <translation>to be approved by a duty officer or leader</translation>
  </message>
  <message>
   <source>预案有误 {0} 处</source>
   <translation>The plan has {0} faults</translation>
  </message>
  <message>
   <source>预计 {0}</source>
   <translation>expected {0}</translation>
  </message>
  <message>
   <source>领导</source>
   <translation>Leader</translation>
  </message>
  <message>
   <source>首到现场</source>
   <translation>first on scene</translation>
  </message>
  <message>
   <source>黄色</source>
   <translation>yellow</translation>
  </message>
 </context>
 <context>
  <name>health</name>
  <message>
   <source>12345 与诉求</source>
   <translation>12345 and appeals</translation>
  </message>
  <message>
   <source>{0} / {1} 路</source>
   <translation>{0} / {1} live</translation>
  </message>
  <message>
   <source>{0} · 昨日此时 {1} 件</source>
   <translation>{0} · {1} by now yesterday</translation>
  </message>
  <message>
   <source>{0} · 本角色不显示类别</source>
   <translation>{0} · categories are not shown to this role</translation>
  </message>
  <message>
   <source>{0} 件 · {1}</source>
   <translation>{0} · {1}</translation>
  </message>
  <message>
   <source>{0} 号画面：{1}</source>
   <translation>Picture {0}: {1}</translation>
  </message>
  <message>
   <source>{0} 条</source>
   <translation>{0}</translation>
  </message>
  <message>
   <source>{0} 点</source>
   <translation>{0} points</translation>
  </message>
  <message>
   <source>{0}，不是现状</source>
   <translation>{0}, not the present</translation>
  </message>
  <message>
   <source>。请清理磁盘或检查权限（doctor）</source>
   <translation>. Free disk space or check rights (doctor)</translation>
  </message>
  <message>
   <source>与接口约定不同，本版本不识别的字段和取值：{0}</source>
   <translation>Differs from the contract, fields and values unknown to this version: {0}</translation>
  </message>
  <message>
   <source>中断</source>
   <translation>Down</translation>
  </message>
  <message>
   <source>人</source>
   <translation>Who</translation>
  </message>
  <message>
   <source>人车位置</source>
   <translation>Positions</translation>
  </message>
  <message>
   <source>今日 · 近 1 h {0} 件</source>
   <translation>today · {0} in the last hour</translation>
  </message>
  <message>
   <source>传感器</source>
   <translation>Sensor</translation>
  </message>
  <message>
   <source>值班表</source>
   <translation>Duty roster</translation>
  </message>
  <message>
   <source>停滞</source>
   <translation>Stale</translation>
  </message>
  <message>
   <source>停用</source>
   <translation>Off</translation>
  </message>
  <message>
   <source>入库</source>
   <translation>Stored</translation>
  </message>
  <message>
   <source>其中 {0} 条的文字含不可见字符或过长，已清洗后显示；原文存档</source>
   <translation>{0} of them had invisible or over-long text, shown cleaned; the original is kept</translation>
  </message>
  <message>
   <source>其余</source>
   <translation>Others</translation>
  </message>
  <message>
   <source>其余 {0} 类</source>
   <translation>{0} others</translation>
  </message>
  <message>
   <source>内存 MB</source>
   <translation>MB</translation>
  </message>
  <message>
   <source>准</source>
   <translation>OK</translation>
  </message>
  <message>
   <source>动作</source>
   <translation>Action</translation>
  </message>
  <message>
   <source>可用硬件 {0}</source>
   <translation>Hardware available: {0}</translation>
  </message>
  <message>
   <source>名册</source>
   <translation>Register</translation>
  </message>
  <message>
   <source>告警不会响：接上音箱或耳机，检查系统声音设置；红框照常闪烁</source>
   <translation>Alarms will not sound: connect a loudspeaker or headset, check the system's sound; the red frame still flashes</translation>
  </message>
  <message>
   <source>告警事件</source>
   <translation>Alarms</translation>
  </message>
  <message>
   <source>告警心跳</source>
   <translation>Alarm beat</translation>
  </message>
  <message>
   <source>告警类别</source>
   <translation>Alarm cls.</translation>
  </message>
  <message>
   <source>回补</source>
   <translation>Filled</translation>
  </message>
  <message>
   <source>图层</source>
   <translation>Layers</translation>
  </message>
  <message>
   <source>地图引擎</source>
   <translation>Map engine</translation>
  </message>
  <message>
   <source>地图页还没有画出来；打开过地图仍如此请做体检</source>
   <translation>The map is not drawn yet; if it was opened and stays so, run a check-up</translation>
  </message>
  <message>
   <source>城市之耳</source>
   <translation>City ears</translation>
  </message>
  <message>
   <source>声音</source>
   <translation>Sound</translation>
  </message>
  <message>
   <source>处理器 %</source>
   <translation>CPU %</translation>
  </message>
  <message>
   <source>处理器解码</source>
   <translation>Decoded by the processor</translation>
  </message>
  <message>
   <source>复核密码</source>
   <translation>Password check</translation>
  </message>
  <message>
   <source>天气</source>
   <translation>Weather</translation>
  </message>
  <message>
   <source>守护</source>
   <translation>Supervisor</translation>
  </message>
  <message>
   <source>安全模式下停用；重新启动城瞰即恢复</source>
   <translation>Off in safe mode; back when Chengkan is restarted</translation>
  </message>
  <message>
   <source>完成</source>
   <translation>Done</translation>
  </message>
  <message>
   <source>实时</source>
   <translation>Live</translation>
  </message>
  <message>
   <source>实时通道 MQTT</source>
   <translation>Live channel MQTT</translation>
  </message>
  <message>
   <source>审计</source>
   <translation>Audit</translation>
  </message>
  <message>
   <source>审计缺末尾</source>
   <translation>Audit tail missing</translation>
  </message>
  <message>
   <source>审计重建</source>
   <translation>Audit rebuilt</translation>
  </message>
  <message>
   <source>对象</source>
   <translation>Target</translation>
  </message>
  <message>
   <source>已下达</source>
   <translation>Given</translation>
  </message>
  <message>
   <source>已受理</source>
   <translation>Accepted</translation>
  </message>
  <message>
   <source>已记</source>
   <translation>Written</translation>
  </message>
  <message>
   <source>已重建</source>
   <translation>Rebuilt</translation>
  </message>
  <message>
   <source>平台发布诉求数据后显示</source>
   <translation>Shown once the platform serves appeals</translation>
  </message>
  <message>
   <source>平台恢复后自动送出，两分钟内送不到会告知</source>
   <translation>Sent by itself when the platform is back; you are told if it takes over two minutes</translation>
  </message>
  <message>
   <source>平台接口 REST</source>
   <translation>Interface REST</translation>
  </message>
  <message>
   <source>平台没有回答时间</source>
   <translation>The platform does not tell the time</translation>
  </message>
  <message>
   <source>序</source>
   <translation>No.</translation>
  </message>
  <message>
   <source>序号缺 {0} 条，正由平台接口补收；至今已回补 {1} 条</source>
   <translation>{0} numbers missing, being fetched from the platform; {1} fetched so far</translation>
  </message>
  <message>
   <source>应急事件</source>
   <translation>Incidents</translation>
  </message>
  <message>
   <source>应急心跳</source>
   <translation>Incident heartbeat</translation>
  </message>
  <message>
   <source>延迟</source>
   <translation>Delay</translation>
  </message>
  <message>
   <source>待发命令</source>
   <translation>Outbox</translation>
  </message>
  <message>
   <source>待记 {0}</source>
   <translation>{0} unwritten</translation>
  </message>
  <message>
   <source>很久没有核对：检查平台接口</source>
   <translation>Not checked for long: look at the platform's interface</translation>
  </message>
  <message>
   <source>快 {0}</source>
   <translation>{0} fast</translation>
  </message>
  <message>
   <source>慢 {0}</source>
   <translation>{0} slow</translation>
  </message>
  <message>
   <source>拒收</source>
   <translation>Rej.</translation>
  </message>
  <message>
   <source>拒收 {0} 行</source>
   <translation>{0} rows rejected</translation>
  </message>
  <message>
   <source>拦下 {0} 次向外的请求，请告知管理员</source>
   <translation>{0} requests to the outside stopped; tell the administrator</translation>
  </message>
  <message>
   <source>摄像机</source>
   <translation>Cameras</translation>
  </message>
  <message>
   <source>收到</source>
   <translation>Recvd</translation>
  </message>
  <message>
   <source>故障</source>
   <translation>Fail</translation>
  </message>
  <message>
   <source>数据源</source>
   <translation>Feed</translation>
  </message>
  <message>
   <source>数据链路</source>
   <translation>Link</translation>
  </message>
  <message>
   <source>数据链路启动</source>
   <translation>Link started</translation>
  </message>
  <message>
   <source>数据链路恢复后补记，请勿关闭城瞰</source>
   <translation>Written when the link is back; do not close Chengkan</translation>
  </message>
  <message>
   <source>数据链路结束</source>
   <translation>Link stopped</translation>
  </message>
  <message>
   <source>数据龄</source>
   <translation>Age</translation>
  </message>
  <message>
   <source>数据龄 {0}</source>
   <translation>Age {0}</translation>
  </message>
  <message>
   <source>无坐标 {0} 行，地图上没有：请平台管理员补</source>
   <translation>{0} unplaced, not on the map: platform's admin</translation>
  </message>
  <message>
   <source>无权</source>
   <translation>No right</translation>
  </message>
  <message>
   <source>时钟</source>
   <translation>Clock</translation>
  </message>
  <message>
   <source>时间</source>
   <translation>Time</translation>
  </message>
  <message>
   <source>未上报</source>
   <translation>Never</translation>
  </message>
  <message>
   <source>未分类</source>
   <translation>Unsorted</translation>
  </message>
  <message>
   <source>未就绪</source>
   <translation>Not ready</translation>
  </message>
  <message>
   <source>未成</source>
   <translation>Failed</translation>
  </message>
  <message>
   <source>未接入 · {0}</source>
   <translation>No feed · {0}</translation>
  </message>
  <message>
   <source>未接入诉求数据</source>
   <translation>No appeals feed</translation>
  </message>
  <message>
   <source>未收到</source>
   <translation>None yet</translation>
  </message>
  <message>
   <source>未查</source>
   <translation>Skip</translation>
  </message>
  <message>
   <source>未知</source>
   <translation>Unknown</translation>
  </message>
  <message>
   <source>未落盘</source>
   <translation>Not saved</translation>
  </message>
  <message>
   <source>未识别</source>
   <translation>Extra</translation>
  </message>
  <message>
   <source>未识别字段：{0}</source>
   <translation>Unknown fields: {0}</translation>
  </message>
  <message>
   <source>末次上报</source>
   <translation>Last report</translation>
  </message>
  <message>
   <source>本台无声</source>
   <translation>This desk is silent</translation>
  </message>
  <message>
   <source>本机存储</source>
   <translation>Local storage</translation>
  </message>
  <message>
   <source>本页不显示画面</source>
   <translation>Not shown on this page</translation>
  </message>
  <message>
   <source>机构</source>
   <translation>Orgs</translation>
  </message>
  <message>
   <source>核对于</source>
   <translation>Checked</translation>
  </message>
  <message>
   <source>格式不对，未显示，已隔离存档：请平台管理员按接口约定改正</source>
   <translation>Malformed, not shown, kept in quarantine: for the platform's administrator</translation>
  </message>
  <message>
   <source>模拟城市</source>
   <translation>Stand-in</translation>
  </message>
  <message>
   <source>正常</source>
   <translation>OK</translation>
  </message>
  <message>
   <source>沉默</source>
   <translation>Silent</translation>
  </message>
  <message>
   <source>没有回音，守护进程会重启它；其他各行是最后一次的状态</source>
   <translation>No answer, it is being restarted; the other rows show the last known state</translation>
  </message>
  <message>
   <source>没有打开的画面</source>
   <translation>No picture open</translation>
  </message>
  <message>
   <source>注意</source>
   <translation>Note</translation>
  </message>
  <message>
   <source>测点</source>
   <translation>Points</translation>
  </message>
  <message>
   <source>消息服务器</source>
   <translation>Broker</translation>
  </message>
  <message>
   <source>物资点</source>
   <translation>Depots</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>State</translation>
  </message>
  <message>
   <source>画面编码</source>
   <translation>Encoder</translation>
  </message>
  <message>
   <source>登录</source>
   <translation>Sign in</translation>
  </message>
  <message>
   <source>监测仪表</source>
   <translation>Instruments</translation>
  </message>
  <message>
   <source>相差 {0} s</source>
   <translation>{0} s off</translation>
  </message>
  <message>
   <source>积水水位</source>
   <translation>Water levels</translation>
  </message>
  <message>
   <source>窗口</source>
   <translation>Window</translation>
  </message>
  <message>
   <source>等待时长和数据龄会显示不准，告警顺序不受影响；请管理员执行 timedatectl set-ntp true 校时</source>
   <translation>Waiting times and ages will be wrong, the order of alarms is right; the administrator sets the clock: timedatectl set-ntp true</translation>
  </message>
  <message>
   <source>类别</source>
   <translation>Class</translation>
  </message>
  <message>
   <source>结果</source>
   <translation>Result</translation>
  </message>
  <message>
   <source>编号</source>
   <translation>PID</translation>
  </message>
  <message>
   <source>缺 {0}</source>
   <translation>{0} missing</translation>
  </message>
  <message>
   <source>自 {0}</source>
   <translation>since {0}</translation>
  </message>
  <message>
   <source>行政区</source>
   <translation>Districts</translation>
  </message>
  <message>
   <source>行数</source>
   <translation>Rows</translation>
  </message>
  <message>
   <source>被拒</source>
   <translation>Refused</translation>
  </message>
  <message>
   <source>视频</source>
   <translation>Video</translation>
  </message>
  <message>
   <source>视频画面</source>
   <translation>Video</translation>
  </message>
  <message>
   <source>解锁屏幕</source>
   <translation>Unlock</translation>
  </message>
  <message>
   <source>诉求</source>
   <translation>Appeals</translation>
  </message>
  <message>
   <source>说明</source>
   <translation>Note</translation>
  </message>
  <message>
   <source>说明与处理</source>
   <translation>Finding and remedy</translation>
  </message>
  <message>
   <source>责任网格</source>
   <translation>Grids</translation>
  </message>
  <message>
   <source>资源</source>
   <translation>Units</translation>
  </message>
  <message>
   <source>过期</source>
   <translation>Expired</translation>
  </message>
  <message>
   <source>过期 {0}</source>
   <translation>{0} expired</translation>
  </message>
  <message>
   <source>过期的命令不会再自动送出：请核对告警状态后重新下达</source>
   <translation>Expired orders are not sent any more: check the alarms and order again</translation>
  </message>
  <message>
   <source>进程</source>
   <translation>Process</translation>
  </message>
  <message>
   <source>进程未连接，守护进程正在重启它；超过 1 分钟请重新启动城瞰</source>
   <translation>Not connected, it is being restarted; after 1 min restart Chengkan</translation>
  </message>
  <message>
   <source>连接中</source>
   <translation>Connecting</translation>
  </message>
  <message>
   <source>迟到</source>
   <translation>Late</translation>
  </message>
  <message>
   <source>退出登录</source>
   <translation>Sign out</translation>
  </message>
  <message>
   <source>送到时已过时的消息：平台或网络慢，请平台管理员查</source>
   <translation>Messages too old on arrival: platform or network is slow, for the platform's administrator</translation>
  </message>
  <message>
   <source>通知回执</source>
   <translation>Message receipts</translation>
  </message>
  <message>
   <source>道路</source>
   <translation>Roads</translation>
  </message>
  <message>
   <source>部件</source>
   <translation>Comps</translation>
  </message>
  <message>
   <source>部件类别</source>
   <translation>Comp. cls.</translation>
  </message>
  <message>
   <source>重启</source>
   <translation>Rst</translation>
  </message>
  <message>
   <source>重启过：原因见日志 supervisor.log；反复发生请告知管理员</source>
   <translation>Was restarted: see supervisor.log; tell the administrator if it comes again</translation>
  </message>
  <message>
   <source>重复</source>
   <translation>Dupl.</translation>
  </message>
  <message>
   <source>问题与处理</source>
   <translation>Problem and remedy</translation>
  </message>
  <message>
   <source>项目</source>
   <translation>Item</translation>
  </message>
  <message>
   <source>预案</source>
   <translation>Plan</translation>
  </message>
 </context>
 <context>
  <name>keys</name>
  <message>
   <source>上一条告警</source>
   <translation>Previous alarm</translation>
  </message>
  <message>
   <source>下一条告警</source>
   <translation>Next alarm</translation>
  </message>
  <message>
   <source>下一组、上一组</source>
   <translation>Next group, previous group</translation>
  </message>
  <message>
   <source>保持比例、填满此格</source>
   <translation>Keep aspect or fill the cell</translation>
  </message>
  <message>
   <source>值班台</source>
   <translation>Desk</translation>
  </message>
  <message>
   <source>全部按键</source>
   <translation>All keys</translation>
  </message>
  <message>
   <source>关闭</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>关闭最上层，回到告警</source>
   <translation>Close the topmost, back to the alarms</translation>
  </message>
  <message>
   <source>切换日间、夜间主题</source>
   <translation>Switch day and night theme</translation>
  </message>
  <message>
   <source>前一个、后一个驾驶舱</source>
   <translation>Previous, next cockpit</translation>
  </message>
  <message>
   <source>前一页、后一页</source>
   <translation>Previous page, next page</translation>
  </message>
  <message>
   <source>前一页墙、后一页墙</source>
   <translation>Previous or next page of the wall</translation>
  </message>
  <message>
   <source>听这路的声音，再按关闭</source>
   <translation>Listen to this camera, again to stop</translation>
  </message>
  <message>
   <source>告警</source>
   <translation>Alarms</translation>
  </message>
  <message>
   <source>固定此格，再按取消</source>
   <translation>Hold this cell, again to release</translation>
  </message>
  <message>
   <source>在命令面板中</source>
   <translation>In the palette</translation>
  </message>
  <message>
   <source>在地图上看这路</source>
   <translation>Show this camera on the map</translation>
  </message>
  <message>
   <source>在应急页</source>
   <translation>On the page Emergency</translation>
  </message>
  <message>
   <source>在搜索框中：清空搜索</source>
   <translation>In the search box: clear it</translation>
  </message>
  <message>
   <source>在本页的列表中搜索</source>
   <translation>Search the list of this page</translation>
  </message>
  <message>
   <source>在驾驶舱</source>
   <translation>In a cockpit</translation>
  </message>
  <message>
   <source>定位选中的告警：地图和画面</source>
   <translation>Locate the alarm: map and pictures</translation>
  </message>
  <message>
   <source>展开、收起从属告警</source>
   <translation>Open or close the alarms that follow</translation>
  </message>
  <message>
   <source>左右移动，↑ ↓ 仍选告警</source>
   <translation>Move left, right; ↑ ↓ select alarms</translation>
  </message>
  <message>
   <source>应急调度：从选中的告警开始</source>
   <translation>Emergency dispatch: from the selected alarm</translation>
  </message>
  <message>
   <source>态势专报：进行中的响应，存为 PDF</source>
   <translation>Situation report of the response under way, saved as PDF</translation>
  </message>
  <message>
   <source>截图</source>
   <translation>Snapshot</translation>
  </message>
  <message>
   <source>打开或执行</source>
   <translation>Open or run</translation>
  </message>
  <message>
   <source>拆分合并的格（拖格间的缝可合并）</source>
   <translation>Split a merged cell (drag a border to merge)</translation>
  </message>
  <message>
   <source>按编号选格，两位数连按</source>
   <translation>Choose a cell by its number, two digits in a row</translation>
  </message>
  <message>
   <source>撤销上一步（换场景也可撤）</source>
   <translation>Undo the last step (scenes too)</translation>
  </message>
  <message>
   <source>放大、缩小</source>
   <translation>Zoom in, out</translation>
  </message>
  <message>
   <source>放大到全墙（主码流），再按还原</source>
   <translation>Enlarge to the whole wall (main stream), again to restore</translation>
  </message>
  <message>
   <source>放大地图，再按还原</source>
   <translation>Enlarge the map, again restores</translation>
  </message>
  <message>
   <source>放大画面，再按还原</source>
   <translation>Enlarge the picture, again restores</translation>
  </message>
  <message>
   <source>放大这路画面，再按还原</source>
   <translation>Enlarge this picture, again restores</translation>
  </message>
  <message>
   <source>数字放大、缩小（也可用滚轮）</source>
   <translation>Digital zoom in or out (or by wheel)</translation>
  </message>
  <message>
   <source>文字恢复标准大小</source>
   <translation>Normal text size</translation>
  </message>
  <message>
   <source>文字放大</source>
   <translation>Larger text</translation>
  </message>
  <message>
   <source>文字缩小</source>
   <translation>Smaller text</translation>
  </message>
  <message>
   <source>新手引导</source>
   <translation>First steps</translation>
  </message>
  <message>
   <source>显示、隐藏每格的统计</source>
   <translation>Show or hide each cell's figures</translation>
  </message>
  <message>
   <source>暂停、继续轮巡</source>
   <translation>Pause or go on with the tour</translation>
  </message>
  <message>
   <source>更换平台或演示城市</source>
   <translation>Change platform or demo city</translation>
  </message>
  <message>
   <source>查找一切，执行命令</source>
   <translation>Find anything, run a command</translation>
  </message>
  <message>
   <source>清空此格</source>
   <translation>Clear this cell</translation>
  </message>
  <message>
   <source>焦点在告警列表</source>
   <translation>Focus in the list</translation>
  </message>
  <message>
   <source>焦点在地图</source>
   <translation>Focus on the map</translation>
  </message>
  <message>
   <source>焦点在按住条：按住 2 秒发起或复核</source>
   <translation>On the hold bar: hold 2 s to begin or approve</translation>
  </message>
  <message>
   <source>焦点在派队地图：取消这支队伍的手派</source>
   <translation>On the crew map: undo this crew's hand</translation>
  </message>
  <message>
   <source>焦点在派队地图：选队伍，拿起，选点位，放下</source>
   <translation>On the crew map: choose crew, take, choose site, put down</translation>
  </message>
  <message>
   <source>焦点在画面</source>
   <translation>Focus on a picture</translation>
  </message>
  <message>
   <source>焦点在视频墙</source>
   <translation>Focus on the wall</translation>
  </message>
  <message>
   <source>甩到别的屏，或收回</source>
   <translation>Throw to another screen, or take back</translation>
  </message>
  <message>
   <source>看下一条没有画面的告警</source>
   <translation>See the next alarm without a picture</translation>
  </message>
  <message>
   <source>码流：按大小、主、子</source>
   <translation>Stream: by size, main, sub</translation>
  </message>
  <message>
   <source>确认选中的告警</source>
   <translation>Acknowledge the selected alarm</translation>
  </message>
  <message>
   <source>空格</source>
   <translation>Space</translation>
  </message>
  <message>
   <source>第一条、最后一条</source>
   <translation>First, last</translation>
  </message>
  <message>
   <source>视频墙或驾驶舱全屏，再按还原</source>
   <translation>Video wall or cockpit full screen, again to restore</translation>
  </message>
  <message>
   <source>轮巡上一步、下一步</source>
   <translation>Previous or next step of the tour</translation>
  </message>
  <message>
   <source>退出登录</source>
   <translation>Sign out</translation>
  </message>
  <message>
   <source>选中这路，地图上标出</source>
   <translation>Select it and mark it on the map</translation>
  </message>
  <message>
   <source>选择结果</source>
   <translation>Choose a result</translation>
  </message>
  <message>
   <source>选相邻的格</source>
   <translation>Choose the neighbouring cell</translation>
  </message>
  <message>
   <source>重读最近的通知</source>
   <translation>Read recent notices again</translation>
  </message>
  <message>
   <source>锁定值班台</source>
   <translation>Lock the desk</translation>
  </message>
  <message>
   <source>静音 60 秒，不等于确认</source>
   <translation>Silence for 60 s (no ack)</translation>
  </message>
  <message>
   <source>页面</source>
   <translation>Pages</translation>
  </message>
 </context>
 <context>
  <name>levels</name>
  <message>
   <source>一般</source>
   <translation>moderate</translation>
  </message>
  <message>
   <source>严重</source>
   <translation>severe</translation>
  </message>
  <message>
   <source>橙</source>
   <translation>Orange</translation>
  </message>
  <message>
   <source>特别严重</source>
   <translation>extremely severe</translation>
  </message>
  <message>
   <source>红</source>
   <translation>Red</translation>
  </message>
  <message>
   <source>蓝</source>
   <translation>Blue</translation>
  </message>
  <message>
   <source>较重</source>
   <translation>serious</translation>
  </message>
  <message>
   <source>黄</source>
   <translation>Yellow</translation>
  </message>
 </context>
 <context>
  <name>lights</name>
  <message>
   <source>{0} 号 {1}：{2}</source>
   <translation>No. {0} {1}: {2}</translation>
  </message>
  <message>
   <source>{0} 条消息格式不对，未显示，已隔离存档</source>
   <translation>{0} malformed messages, not shown, kept in quarantine</translation>
  </message>
  <message>
   <source>中断</source>
   <translation>Down</translation>
  </message>
  <message>
   <source>停滞</source>
   <translation>Stale</translation>
  </message>
  <message>
   <source>停滞 {0}</source>
   <translation>Stale {0}</translation>
  </message>
  <message>
   <source>准</source>
   <translation>OK</translation>
  </message>
  <message>
   <source>实时通道（MQTT）</source>
   <translation>Live channel (MQTT)</translation>
  </message>
  <message>
   <source>已记入日志，可以继续工作；反复出现请告知管理员</source>
   <translation>It is in the log and work can go on; tell the administrator if it comes again</translation>
  </message>
  <message>
   <source>已连接，还没有收到心跳</source>
   <translation>Connected, no heartbeat yet</translation>
  </message>
  <message>
   <source>已重建</source>
   <translation>Rebuilt</translation>
  </message>
  <message>
   <source>平台没有回答，时钟偏差未知</source>
   <translation>No answer from the platform, clock offset unknown</translation>
  </message>
  <message>
   <source>待发 {0} 条：已按下、还没有送到平台的操作</source>
   <translation>{0} waiting: ordered, not yet at the platform</translation>
  </message>
  <message>
   <source>拒收 {0}</source>
   <translation>Rejected {0}</translation>
  </message>
  <message>
   <source>数据链路没有回音，真实状态未知；守护进程会重启它</source>
   <translation>The link does not answer: the true state is not known; it is being restarted</translation>
  </message>
  <message>
   <source>数据链路进程未连接，正在重启</source>
   <translation>The link is not connected and is restarting</translation>
  </message>
  <message>
   <source>断 {0}</source>
   <translation>down {0}</translation>
  </message>
  <message>
   <source>未知</source>
   <translation>Unknown</translation>
  </message>
  <message>
   <source>未落盘</source>
   <translation>Not saved</translation>
  </message>
  <message>
   <source>末次心跳 {0}</source>
   <translation>Last heartbeat {0}</translation>
  </message>
  <message>
   <source>本机存储</source>
   <translation>Local storage</translation>
  </message>
  <message>
   <source>本机时钟与平台相差 {0} s</source>
   <translation>This clock differs from the platform's by {0} s</translation>
  </message>
  <message>
   <source>本机时钟与平台相差 {0}，请校时；排序按平台序号，不受影响</source>
   <translation>This clock differs from the platform by {0}: set it; order follows the platform's numbers</translation>
  </message>
  <message>
   <source>本页不显示画面，已停止取流；回到告警页自动播放</source>
   <translation>No pictures on this page, streams stopped; they play again on the alarms page</translation>
  </message>
  <message>
   <source>正在显示的画面 {0} 路</source>
   <translation>{0} pictures shown</translation>
  </message>
  <message>
   <source>正常</source>
   <translation>Good</translation>
  </message>
  <message>
   <source>没有新的心跳，画面上的告警不是现状；正在等通道恢复并补收</source>
   <translation>No new heartbeat: the alarms shown are not the present; waiting for the channel</translation>
  </message>
  <message>
   <source>程序内部错误 {0} 次，末次 {1}</source>
   <translation>{0} internal errors, the last at {1}</translation>
  </message>
  <message>
   <source>等心跳</source>
   <translation>Waiting</translation>
  </message>
  <message>
   <source>自 {0} 起</source>
   <translation>since {0}</translation>
  </message>
  <message>
   <source>被拒</source>
   <translation>refused</translation>
  </message>
  <message>
   <source>跟随所选告警的画面 {0} 路</source>
   <translation>{0} pictures follow the selected alarm</translation>
  </message>
  <message>
   <source>过期 {0}</source>
   <translation>Expired {0}</translation>
  </message>
  <message>
   <source>过期 {0} 条：两分钟内没有送到，不会再自动送出，请重新操作</source>
   <translation>{0} expired: not delivered within two minutes, not sent by themselves; order again</translation>
  </message>
  <message>
   <source>连接中</source>
   <translation>Connecting</translation>
  </message>
  <message>
   <source>限流</source>
   <translation>Calls limited</translation>
  </message>
 </context>
 <context>
  <name>printing</name>
  <message>
   <source>打印服务拒绝</source>
   <translation>The print service refused</translation>
  </message>
  <message>
   <source>本机没有打印服务，或打印服务没有应答</source>
   <translation>There is no print service here, or it does not answer</translation>
  </message>
 </context>
 <context>
  <name>reach</name>
  <message>
   <source>{0} · {1} 前</source>
   <translation>{0} · {1} ago</translation>
  </message>
  <message>
   <source>{0} 未接单，已过 {1}</source>
   <translation>{0} has not accepted after {1}</translation>
  </message>
  <message>
   <source>{0} 等 {1} 人</source>
   <translation>{0} and others, {1} people</translation>
  </message>
  <message>
   <source>、</source>
   <translation>, </translation>
  </message>
  <message>
   <source>发送中</source>
   <translation>Sending</translation>
  </message>
  <message>
   <source>呼叫</source>
   <translation>Call</translation>
  </message>
  <message>
   <source>呼叫中</source>
   <translation>Calling</translation>
  </message>
  <message>
   <source>已到场</source>
   <translation>On scene</translation>
  </message>
  <message>
   <source>已办结</source>
   <translation>Done</translation>
  </message>
  <message>
   <source>已发送</source>
   <translation>Sent</translation>
  </message>
  <message>
   <source>已拒绝</source>
   <translation>Declined</translation>
  </message>
  <message>
   <source>已挂断</source>
   <translation>Ended</translation>
  </message>
  <message>
   <source>已接单</source>
   <translation>Accepted</translation>
  </message>
  <message>
   <source>已读</source>
   <translation>Read</translation>
  </message>
  <message>
   <source>已送达</source>
   <translation>Delivered</translation>
  </message>
  <message>
   <source>待发送</source>
   <translation>Queued</translation>
  </message>
  <message>
   <source>拨出</source>
   <translation>Dialled</translation>
  </message>
  <message>
   <source>振铃中</source>
   <translation>Ringing</translation>
  </message>
  <message>
   <source>无人接听</source>
   <translation>No answer</translation>
  </message>
  <message>
   <source>未发出</source>
   <translation>Not sent</translation>
  </message>
  <message>
   <source>未发出：{0}</source>
   <translation>Not sent: {0}</translation>
  </message>
  <message>
   <source>组呼</source>
   <translation>Group call</translation>
  </message>
  <message>
   <source>通知</source>
   <translation>Message</translation>
  </message>
  <message>
   <source>通话中</source>
   <translation>Connected</translation>
  </message>
 </context>
 <context>
  <name>registers</name>
  <message>
   <source>上级机构</source>
   <translation>Parent</translation>
  </message>
  <message>
   <source>下班</source>
   <translation>Off duty</translation>
  </message>
  <message>
   <source>下穿通道</source>
   <translation>Underpass</translation>
  </message>
  <message>
   <source>主码流</source>
   <translation>Main stream</translation>
  </message>
  <message>
   <source>云台</source>
   <translation>PTZ</translation>
  </message>
  <message>
   <source>云台球机</source>
   <translation>PTZ dome</translation>
  </message>
  <message>
   <source>井盖</source>
   <translation>Manhole</translation>
  </message>
  <message>
   <source>交班</source>
   <translation>Ends</translation>
  </message>
  <message>
   <source>交通管制</source>
   <translation>Traffic control</translation>
  </message>
  <message>
   <source>人员</source>
   <translation>Officer</translation>
  </message>
  <message>
   <source>任务中</source>
   <translation>On task</translation>
  </message>
  <message>
   <source>供水压力</source>
   <translation>Water pressure</translation>
  </message>
  <message>
   <source>供热</source>
   <translation>Heating</translation>
  </message>
  <message>
   <source>侦察</source>
   <translation>Look-out</translation>
  </message>
  <message>
   <source>值班</source>
   <translation>Duty</translation>
  </message>
  <message>
   <source>值班员</source>
   <translation>Operator</translation>
  </message>
  <message>
   <source>停车场</source>
   <translation>Parking</translation>
  </message>
  <message>
   <source>全部岗位</source>
   <translation>All posts</translation>
  </message>
  <message>
   <source>全部来源</source>
   <translation>All sources</translation>
  </message>
  <message>
   <source>全部状态</source>
   <translation>All states</translation>
  </message>
  <message>
   <source>全部班次</source>
   <translation>All shifts</translation>
  </message>
  <message>
   <source>全部类别</source>
   <translation>All classes</translation>
  </message>
  <message>
   <source>全部类型</source>
   <translation>All types</translation>
  </message>
  <message>
   <source>全部级别</source>
   <translation>All tiers</translation>
  </message>
  <message>
   <source>全部行政区</source>
   <translation>All districts</translation>
  </message>
  <message>
   <source>公园</source>
   <translation>Park</translation>
  </message>
  <message>
   <source>关联摄像机</source>
   <translation>Linked cameras</translation>
  </message>
  <message>
   <source>内容</source>
   <translation>Content</translation>
  </message>
  <message>
   <source>农田</source>
   <translation>Field</translation>
  </message>
  <message>
   <source>北斗</source>
   <translation>BeiDou</translation>
  </message>
  <message>
   <source>区级、部门</source>
   <translation>District</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Unit</translation>
  </message>
  <message>
   <source>受理</source>
   <translation>Accepted</translation>
  </message>
  <message>
   <source>叫应顺位</source>
   <translation>Call order</translation>
  </message>
  <message>
   <source>名称</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>名称、编号、技能或拼音首字母</source>
   <translation>Name, ID, skill or pinyin initials</translation>
  </message>
  <message>
   <source>名称、编号、责任人或拼音首字母</source>
   <translation>Name, ID, person or pinyin initials</translation>
  </message>
  <message>
   <source>名称、编号或拼音首字母</source>
   <translation>Name, ID or pinyin initials</translation>
  </message>
  <message>
   <source>否</source>
   <translation>No</translation>
  </message>
  <message>
   <source>告警类别</source>
   <translation>Alarm classes</translation>
  </message>
  <message>
   <source>固定枪机</source>
   <translation>Fixed</translation>
  </message>
  <message>
   <source>在线</source>
   <translation>Online</translation>
  </message>
  <message>
   <source>地点</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>地点、编号或拼音首字母</source>
   <translation>Place, number or pinyin initials</translation>
  </message>
  <message>
   <source>坐标</source>
   <translation>Coordinates</translation>
  </message>
  <message>
   <source>基层单位</source>
   <translation>Local</translation>
  </message>
  <message>
   <source>处理中</source>
   <translation>In work</translation>
  </message>
  <message>
   <source>外单位共享</source>
   <translation>Lent by another body</translation>
  </message>
  <message>
   <source>姓名</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>姓名或岗位</source>
   <translation>Name or post</translation>
  </message>
  <message>
   <source>子码流</source>
   <translation>Sub stream</translation>
  </message>
  <message>
   <source>完好</source>
   <translation>Good</translation>
  </message>
  <message>
   <source>容量</source>
   <translation>Capacity</translation>
  </message>
  <message>
   <source>岗位</source>
   <translation>Post</translation>
  </message>
  <message>
   <source>巡查</source>
   <translation>Patrol</translation>
  </message>
  <message>
   <source>工地</source>
   <translation>Site</translation>
  </message>
  <message>
   <source>已办结</source>
   <translation>Done</translation>
  </message>
  <message>
   <source>市场</source>
   <translation>Market</translation>
  </message>
  <message>
   <source>市级</source>
   <translation>City</translation>
  </message>
  <message>
   <source>广场</source>
   <translation>Plaza</translation>
  </message>
  <message>
   <source>应急值班</source>
   <translation>Duty officer</translation>
  </message>
  <message>
   <source>待命</source>
   <translation>Standby</translation>
  </message>
  <message>
   <source>待处理</source>
   <translation>To do</translation>
  </message>
  <message>
   <source>所属机构</source>
   <translation>Department</translation>
  </message>
  <message>
   <source>执法</source>
   <translation>Enforcement</translation>
  </message>
  <message>
   <source>执法记录仪</source>
   <translation>Bodycam</translation>
  </message>
  <message>
   <source>技能</source>
   <translation>Skills</translation>
  </message>
  <message>
   <source>抢修</source>
   <translation>Repair</translation>
  </message>
  <message>
   <source>排水</source>
   <translation>Drainage</translation>
  </message>
  <message>
   <source>接班</source>
   <translation>Starts</translation>
  </message>
  <message>
   <source>摄像机</source>
   <translation>Cameras</translation>
  </message>
  <message>
   <source>故障</source>
   <translation>Fault</translation>
  </message>
  <message>
   <source>救援</source>
   <translation>Rescue</translation>
  </message>
  <message>
   <source>无人机</source>
   <translation>Drone</translation>
  </message>
  <message>
   <source>无坐标</source>
   <translation>None</translation>
  </message>
  <message>
   <source>是</source>
   <translation>Yes</translation>
  </message>
  <message>
   <source>更新</source>
   <translation>Updated</translation>
  </message>
  <message>
   <source>朝向</source>
   <translation>Heading</translation>
  </message>
  <message>
   <source>机构</source>
   <translation>Departments</translation>
  </message>
  <message>
   <source>来源平台</source>
   <translation>Source</translation>
  </message>
  <message>
   <source>标签</source>
   <translation>Tags</translation>
  </message>
  <message>
   <source>桥梁</source>
   <translation>Bridge</translation>
  </message>
  <message>
   <source>桥梁结构</source>
   <translation>Bridge</translation>
  </message>
  <message>
   <source>橙</source>
   <translation>Orange</translation>
  </message>
  <message>
   <source>水质</source>
   <translation>Water quality</translation>
  </message>
  <message>
   <source>河道</source>
   <translation>River</translation>
  </message>
  <message>
   <source>洒水</source>
   <translation>Sprinkling</translation>
  </message>
  <message>
   <source>流量</source>
   <translation>Flow</translation>
  </message>
  <message>
   <source>测点</source>
   <translation>Points</translation>
  </message>
  <message>
   <source>清扫</source>
   <translation>Sweeping</translation>
  </message>
  <message>
   <source>清运</source>
   <translation>Waste</translation>
  </message>
  <message>
   <source>满溢</source>
   <translation>Overflow</translation>
  </message>
  <message>
   <source>照明</source>
   <translation>Lighting</translation>
  </message>
  <message>
   <source>燃气</source>
   <translation>Gas</translation>
  </message>
  <message>
   <source>物资库</source>
   <translation>Depots</translation>
  </message>
  <message>
   <source>状态</source>
   <translation>State</translation>
  </message>
  <message>
   <source>环卫</source>
   <translation>Sanitation</translation>
  </message>
  <message>
   <source>班次</source>
   <translation>Shift</translation>
  </message>
  <message>
   <source>班组</source>
   <translation>Team</translation>
  </message>
  <message>
   <source>电台</source>
   <translation>Radio</translation>
  </message>
  <message>
   <source>电话</source>
   <translation>Telephone</translation>
  </message>
  <message>
   <source>画面水印</source>
   <translation>Watermark</translation>
  </message>
  <message>
   <source>破损</source>
   <translation>Damaged</translation>
  </message>
  <message>
   <source>离线</source>
   <translation>Offline</translation>
  </message>
  <message>
   <source>移位</source>
   <translation>Moved</translation>
  </message>
  <message>
   <source>管网液位</source>
   <translation>Sewer level</translation>
  </message>
  <message>
   <source>类别</source>
   <translation>Class</translation>
  </message>
  <message>
   <source>类型</source>
   <translation>Type</translation>
  </message>
  <message>
   <source>红</source>
   <translation>Red</translation>
  </message>
  <message>
   <source>级别</source>
   <translation>Tier</translation>
  </message>
  <message>
   <source>维修中</source>
   <translation>In repair</translation>
  </message>
  <message>
   <source>编号</source>
   <translation>ID</translation>
  </message>
  <message>
   <source>缺失</source>
   <translation>Missing</translation>
  </message>
  <message>
   <source>蓝</source>
   <translation>Blue</translation>
  </message>
  <message>
   <source>行政区</source>
   <translation>District</translation>
  </message>
  <message>
   <source>街道</source>
   <translation>Street</translation>
  </message>
  <message>
   <source>角色</source>
   <translation>Role</translation>
  </message>
  <message>
   <source>诉求</source>
   <translation>Appeals</translation>
  </message>
  <message>
   <source>调度员</source>
   <translation>Dispatcher</translation>
  </message>
  <message>
   <source>责任人</source>
   <translation>In charge</translation>
  </message>
  <message>
   <source>责任网格</source>
   <translation>Grid</translation>
  </message>
  <message>
   <source>资源</source>
   <translation>Units</translation>
  </message>
  <message>
   <source>路口</source>
   <translation>Crossing</translation>
  </message>
  <message>
   <source>路灯</source>
   <translation>Street light</translation>
  </message>
  <message>
   <source>车载</source>
   <translation>Vehicle</translation>
  </message>
  <message>
   <source>车辆</source>
   <translation>Vehicle</translation>
  </message>
  <message>
   <source>道路</source>
   <translation>Roads</translation>
  </message>
  <message>
   <source>部件</source>
   <translation>Components</translation>
  </message>
  <message>
   <source>部件类别</source>
   <translation>Component classes</translation>
  </message>
  <message>
   <source>防汛</source>
   <translation>Flood control</translation>
  </message>
  <message>
   <source>隧道</source>
   <translation>Tunnel</translation>
  </message>
  <message>
   <source>预警线</source>
   <translation>Warning lines</translation>
  </message>
  <message>
   <source>驻地</source>
   <translation>Base</translation>
  </message>
  <message>
   <source>高空瞭望</source>
   <translation>High view</translation>
  </message>
  <message>
   <source>黄</source>
   <translation>Yellow</translation>
  </message>
 </context>
 <context>
  <name>rights</name>
  <message>
   <source>{0}无权{1}，请{2}处理</source>
   <translation>{0}: no right to "{1}"; ask {2}</translation>
  </message>
  <message>
   <source>、</source>
   <translation>, </translation>
  </message>
  <message>
   <source>上报告警</source>
   <translation>Report alarm</translation>
  </message>
  <message>
   <source>下达调度令</source>
   <translation>Give dispatch order</translation>
  </message>
  <message>
   <source>事件记录</source>
   <translation>Log in incident</translation>
  </message>
  <message>
   <source>云台控制</source>
   <translation>Control PTZ</translation>
  </message>
  <message>
   <source>作废案件</source>
   <translation>Void case</translation>
  </message>
  <message>
   <source>值班员</source>
   <translation>Operator</translation>
  </message>
  <message>
   <source>关闭告警</source>
   <translation>Close alarm</translation>
  </message>
  <message>
   <source>判为误报</source>
   <translation>Mark as false</translation>
  </message>
  <message>
   <source>办理案件</source>
   <translation>Handle case</translation>
  </message>
  <message>
   <source>发送通知</source>
   <translation>Send notice</translation>
  </message>
  <message>
   <source>取消搁置</source>
   <translation>Unshelve</translation>
  </message>
  <message>
   <source>告警备注</source>
   <translation>Note on alarm</translation>
  </message>
  <message>
   <source>告警立案</source>
   <translation>File as case</translation>
  </message>
  <message>
   <source>回放录像</source>
   <translation>Play back video</translation>
  </message>
  <message>
   <source>复位告警</source>
   <translation>Reset alarm</translation>
  </message>
  <message>
   <source>导出名册</source>
   <translation>Export register</translation>
  </message>
  <message>
   <source>导出审计记录</source>
   <translation>Export audit</translation>
  </message>
  <message>
   <source>导出录像</source>
   <translation>Export video</translation>
  </message>
  <message>
   <source>导出统计</source>
   <translation>Export statistics</translation>
  </message>
  <message>
   <source>应急值班</source>
   <translation>Duty officer</translation>
  </message>
  <message>
   <source>截取画面</source>
   <translation>Take snapshots</translation>
  </message>
  <message>
   <source>批准响应</source>
   <translation>Approve response</translation>
  </message>
  <message>
   <source>批量查看权属人电话</source>
   <translation>Show owners' phones</translation>
  </message>
  <message>
   <source>拨打电话</source>
   <translation>Call</translation>
  </message>
  <message>
   <source>指派告警</source>
   <translation>Assign alarm</translation>
  </message>
  <message>
   <source>推送到大屏</source>
   <translation>Send to wall</translation>
  </message>
  <message>
   <source>搁置告警</source>
   <translation>Shelve alarm</translation>
  </message>
  <message>
   <source>撤回调度令</source>
   <translation>Withdraw order</translation>
  </message>
  <message>
   <source>更改个人偏好</source>
   <translation>Set preferences</translation>
  </message>
  <message>
   <source>更改系统设置</source>
   <translation>Change settings</translation>
  </message>
  <message>
   <source>查看事件</source>
   <translation>View incidents</translation>
  </message>
  <message>
   <source>查看名册</source>
   <translation>View registers</translation>
  </message>
  <message>
   <source>查看告警</source>
   <translation>View alarms</translation>
  </message>
  <message>
   <source>查看审计记录</source>
   <translation>View audit</translation>
  </message>
  <message>
   <source>查看案件</source>
   <translation>View cases</translation>
  </message>
  <message>
   <source>查看电话号码</source>
   <translation>Show phone</translation>
  </message>
  <message>
   <source>查看系统健康</source>
   <translation>View health</translation>
  </message>
  <message>
   <source>查看统计</source>
   <translation>View statistics</translation>
  </message>
  <message>
   <source>核实告警</source>
   <translation>Confirm alarm</translation>
  </message>
  <message>
   <source>核查告警</source>
   <translation>Verify alarm</translation>
  </message>
  <message>
   <source>派遣案件</source>
   <translation>Dispatch case</translation>
  </message>
  <message>
   <source>确认告警</source>
   <translation>Acknowledge</translation>
  </message>
  <message>
   <source>立案</source>
   <translation>File case</translation>
  </message>
  <message>
   <source>管理员</source>
   <translation>Administrator</translation>
  </message>
  <message>
   <source>系统体检</source>
   <translation>Check-up</translation>
  </message>
  <message>
   <source>组织演练</source>
   <translation>Run drill</translation>
  </message>
  <message>
   <source>结案</source>
   <translation>Close case</translation>
  </message>
  <message>
   <source>编辑大屏场景</source>
   <translation>Edit wall scenes</translation>
  </message>
  <message>
   <source>群发通知</source>
   <translation>Send to many</translation>
  </message>
  <message>
   <source>观看实时视频</source>
   <translation>Watch live video</translation>
  </message>
  <message>
   <source>解除响应</source>
   <translation>End response</translation>
  </message>
  <message>
   <source>认领告警</source>
   <translation>Claim alarm</translation>
  </message>
  <message>
   <source>设备停用</source>
   <translation>Out of service</translation>
  </message>
  <message>
   <source>设备恢复使用</source>
   <translation>Back in service</translation>
  </message>
  <message>
   <source>设置画面遮挡</source>
   <translation>set privacy masks</translation>
  </message>
  <message>
   <source>调度员</source>
   <translation>Dispatcher</translation>
  </message>
  <message>
   <source>账号没有本程序认识的角色，不能{0}；请管理员核对账号</source>
   <translation>The account has no role known here: no "{0}"; the administrator checks the account</translation>
  </message>
  <message>
   <source>起草响应</source>
   <translation>Draft response</translation>
  </message>
  <message>
   <source>释放告警</source>
   <translation>Release alarm</translation>
  </message>
  <message>
   <source>锁定屏幕</source>
   <translation>Lock screen</translation>
  </message>
  <message>
   <source>领导</source>
   <translation>Leader</translation>
  </message>
 </context>
 <context>
  <name>roles</name>
  <message>
   <source>值班员</source>
   <translation>Operator</translation>
  </message>
  <message>
   <source>大屏</source>
   <translation>Wall</translation>
  </message>
  <message>
   <source>应急值班</source>
   <translation>Duty officer</translation>
  </message>
  <message>
   <source>管理员</source>
   <translation>Administrator</translation>
  </message>
  <message>
   <source>调度员</source>
   <translation>Dispatcher</translation>
  </message>
  <message>
   <source>领导</source>
   <translation>Leader</translation>
  </message>
 </context>
 <context>
  <name>scoreboard</name>
  <message>
   <source>{0} 95% 区间</source>
   <translation>{0} 95% interval</translation>
  </message>
  <message>
   <source>{0} {1} 个单位，n &lt; 30 只展示不参与名次</source>
   <translation>{0}: {1} units; n &lt; 30 shown, not ranked</translation>
  </message>
  <message>
   <source>{0} 年</source>
   <translation>{0}</translation>
  </message>
  <message>
   <source>{0} 年 {1} 季度</source>
   <translation>Q{1} {0}</translation>
  </message>
  <message>
   <source>{0} 年 {1} 月</source>
   <translation>{0}-{1}</translation>
  </message>
  <message>
   <source>{0} 次</source>
   <translation>{0}×</translation>
  </message>
  <message>
   <source>{0}未到，暂按此排</source>
   <translation>{0} not there yet: provisional</translation>
  </message>
  <message>
   <source>一、办理环节</source>
   <translation>1. Stages</translation>
  </message>
  <message>
   <source>不排</source>
   <translation>unranked</translation>
  </message>
  <message>
   <source>不满意</source>
   <translation>Not satisfied</translation>
  </message>
  <message>
   <source>专项</source>
   <translation>Special</translation>
  </message>
  <message>
   <source>个人</source>
   <translation>Person</translation>
  </message>
  <message>
   <source>个点</source>
   <translation>pt</translation>
  </message>
  <message>
   <source>二、照片</source>
   <translation>2. Photographs</translation>
  </message>
  <message>
   <source>互评</source>
   <translation>Peers</translation>
  </message>
  <message>
   <source>全部</source>
   <translation>All</translation>
  </message>
  <message>
   <source>办法</source>
   <translation>Rules</translation>
  </message>
  <message>
   <source>区</source>
   <translation>District</translation>
  </message>
  <message>
   <source>单位</source>
   <translation>Unit</translation>
  </message>
  <message>
   <source>变化</source>
   <translation>Change</translation>
  </message>
  <message>
   <source>名次</source>
   <translation>Rank</translation>
  </message>
  <message>
   <source>回访</source>
   <translation>Call-back</translation>
  </message>
  <message>
   <source>回退</source>
   <translation>Returned</translation>
  </message>
  <message>
   <source>地点</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>城市管理案件卷宗</source>
   <translation>Case file of city management</translation>
  </message>
  <message>
   <source>复审中</source>
   <translation>Under review</translation>
  </message>
  <message>
   <source>导出</source>
   <translation>Exported</translation>
  </message>
  <message>
   <source>导出人</source>
   <translation>Exported by</translation>
  </message>
  <message>
   <source>封账</source>
   <translation>Sealed</translation>
  </message>
  <message>
   <source>小样本</source>
   <translation>small n</translation>
  </message>
  <message>
   <source>平台分</source>
   <translation>Platform</translation>
  </message>
  <message>
   <source>平台没有本案照片。</source>
   <translation>The platform has no photograph of this case.</translation>
  </message>
  <message>
   <source>应办结</source>
   <translation>Due</translation>
  </message>
  <message>
   <source>应在</source>
   <translation>due</translation>
  </message>
  <message>
   <source>应结案 n</source>
   <translation>Due n</translation>
  </message>
  <message>
   <source>延期</source>
   <translation>Extended</translation>
  </message>
  <message>
   <source>得分</source>
   <translation>Score</translation>
  </message>
  <message>
   <source>得分 = {0}</source>
   <translation>Score = {0}</translation>
  </message>
  <message>
   <source>成立，已剔除</source>
   <translation>Upheld, removed</translation>
  </message>
  <message>
   <source>持平</source>
   <translation>level</translation>
  </message>
  <message>
   <source>指标与得分均为公式：改动计数，得分随之重算</source>
   <translation>Indicators and scores are formulas: change a count and they follow</translation>
  </message>
  <message>
   <source>数据截至</source>
   <translation>As of</translation>
  </message>
  <message>
   <source>无</source>
   <translation>None</translation>
  </message>
  <message>
   <source>无应办</source>
   <translation>none due</translation>
  </message>
  <message>
   <source>时间</source>
   <translation>Time</translation>
  </message>
  <message>
   <source>时限</source>
   <translation>Limit</translation>
  </message>
  <message>
   <source>曾超时</source>
   <translation>Was overdue</translation>
  </message>
  <message>
   <source>期间</source>
   <translation>Period</translation>
  </message>
  <message>
   <source>未上报</source>
   <translation>no report</translation>
  </message>
  <message>
   <source>未上报 {0}：{1}，不按 0 分计，不参与排名</source>
   <translation>Not reported, {0}: {1}; not counted as 0, not ranked</translation>
  </message>
  <message>
   <source>未办</source>
   <translation>not done</translation>
  </message>
  <message>
   <source>本台没有案件数据</source>
   <translation>No case data at this desk</translation>
  </message>
  <message>
   <source>来源</source>
   <translation>Source</translation>
  </message>
  <message>
   <source>构成</source>
   <translation>Parts</translation>
  </message>
  <message>
   <source>标记</source>
   <translation>Mark</translation>
  </message>
  <message>
   <source>案卷号 {0}</source>
   <translation>File no. {0}</translation>
  </message>
  <message>
   <source>注意</source>
   <translation>Note</translation>
  </message>
  <message>
   <source>满意</source>
   <translation>Satisfied</translation>
  </message>
  <message>
   <source>演示数据</source>
   <translation>Demonstration data</translation>
  </message>
  <message>
   <source>演示数据，不作办案依据</source>
   <translation>Demonstration data, not for casework</translation>
  </message>
  <message>
   <source>环节</source>
   <translation>Stage</translation>
  </message>
  <message>
   <source>申诉</source>
   <translation>Appeals</translation>
  </message>
  <message>
   <source>申诉中</source>
   <translation>Appealed</translation>
  </message>
  <message>
   <source>目标</source>
   <translation>Target</translation>
  </message>
  <message>
   <source>目标 {0:g}</source>
   <translation>Target {0:g}</translation>
  </message>
  <message>
   <source>矛盾</source>
   <translation>conflict</translation>
  </message>
  <message>
   <source>稳健分</source>
   <translation>Robust score</translation>
  </message>
  <message>
   <source>级别</source>
   <translation>Level</translation>
  </message>
  <message>
   <source>经办</source>
   <translation>Done by</translation>
  </message>
  <message>
   <source>经纬度</source>
   <translation>Coordinates</translation>
  </message>
  <message>
   <source>综合</source>
   <translation>Overall</translation>
  </message>
  <message>
   <source>街道</source>
   <translation>Subdistrict</translation>
  </message>
  <message>
   <source>说明</source>
   <translation>About</translation>
  </message>
  <message>
   <source>责任单位</source>
   <translation>Answerable unit</translation>
  </message>
  <message>
   <source>超 {0} h {1} min</source>
   <translation>{0} h {1} min over</translation>
  </message>
  <message>
   <source>超 {0} min</source>
   <translation>{0} min over</translation>
  </message>
  <message>
   <source>超 {0} 天 {1} h</source>
   <translation>{0} d {1} h over</translation>
  </message>
  <message>
   <source>超时</source>
   <translation>Late</translation>
  </message>
  <message>
   <source>返工</source>
   <translation>Rework</translation>
  </message>
  <message>
   <source>返工、回退、延期</source>
   <translation>Rework, returns, extensions</translation>
  </message>
  <message>
   <source>这些期间没有数</source>
   <translation>No figures in these periods</translation>
  </message>
  <message>
   <source>部门</source>
   <translation>Department</translation>
  </message>
  <message>
   <source>驳回</source>
   <translation>Rejected</translation>
  </message>
 </context>
 <context>
  <name>sound</name>
  <message>
   <source>本台无声：声音服务没有应答，正在重启。告警只能看屏幕</source>
   <translation>No sound here: the sound service does not answer and is restarting. Watch the screen for alarms</translation>
  </message>
  <message>
   <source>本台无声：没有找到音频输出设备。请接好扬声器或耳机；告警只能看屏幕</source>
   <translation>No sound here: no audio output found. Connect a loudspeaker or headset; watch the screen for alarms</translation>
  </message>
  <message>
   <source>本台无声：音频设备拒绝播放。请检查设备后在设置中试听</source>
   <translation>No sound here: the audio device refuses. Check it and test it in the settings</translation>
  </message>
  <message>
   <source>正在查找音频输出设备</source>
   <translation>Looking for an audio output</translation>
  </message>
  <message>
   <source>输出到 {0}</source>
   <translation>Output: {0}</translation>
  </message>
  <message>
   <source>静音 还剩 {0} 秒（不等于确认）</source>
   <translation>Silent for {0} s (not acknowledged)</translation>
  </message>
 </context>
 <context>
  <name>views</name>
  <message>
   <source>健康</source>
   <translation>Health</translation>
  </message>
  <message>
   <source>名册</source>
   <translation>Registry</translation>
  </message>
  <message>
   <source>告警</source>
   <translation>Alarms</translation>
  </message>
  <message>
   <source>地图</source>
   <translation>Map</translation>
  </message>
  <message>
   <source>应急</source>
   <translation>Emergency</translation>
  </message>
  <message>
   <source>登录</source>
   <translation>Sign in</translation>
  </message>
  <message>
   <source>考评</source>
   <translation>Scores</translation>
  </message>
  <message>
   <source>视频</source>
   <translation>Video</translation>
  </message>
  <message>
   <source>视频墙</source>
   <translation>Video wall</translation>
  </message>
  <message>
   <source>设置</source>
   <translation>Settings</translation>
  </message>
  <message>
   <source>驾驶舱</source>
   <translation>Cockpit</translation>
  </message>
 </context>
</TS>
