<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
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
   <source>领导席只看不确认，请值班员确认</source>
   <translation>A leader's seat only looks: ask the operator to acknowledge</translation>
  </message>
 </context>
 <context>
  <name>AlarmDetailPanel</name>
  <message>
   <source>在左侧列表、地图或时间轴上选一条</source>
   <translation>Select one in the list, on the map or on the timeline</translation>
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
   <source>近 60 min 没有读数</source>
   <translation>No reading in the last 60 min</translation>
  </message>
  <message>
   <source>这条告警已不在未结清单</source>
   <translation>This alarm is no longer among the open ones</translation>
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
   <translation>{0} listed · by level and time</translation>
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
   <source>新告警会自动出现在这里</source>
   <translation>New alarms appear here by themselves</translation>
  </message>
  <message>
   <source>未列出的未确认 {0} 条</source>
   <translation>{0} unacknowledged not listed</translation>
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
   <source>洪峰 · 线 {0}</source>
   <translation>Flood · line {0}</translation>
  </message>
  <message>
   <source>洪峰线 {0}</source>
   <translation>Flood line {0}</translation>
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
  <name>CityMap</name>
  <message>
   <source>回到选中告警</source>
   <translation>Back to the selected alarm</translation>
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
   <source>已停用</source>
   <translation>Out of service</translation>
  </message>
  <message>
   <source>已恢复 处置中</source>
   <translation>Normal, being handled</translation>
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
   <source>底图</source>
   <translation>Base map</translation>
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
   <source>恢复未确认</source>
   <translation>Normal, unacknowledged</translation>
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
   <source>未确认</source>
   <translation>Unacknowledged</translation>
  </message>
  <message>
   <source>缩小</source>
   <translation>Zoom out</translation>
  </message>
  <message>
   <source>选中的告警没有位置，地图未移动</source>
   <translation>The selected alarm has no position; the map stays</translation>
  </message>
  <message>
   <source>重新打开</source>
   <translation>Open again</translation>
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
  <name>LevelCount</name>
  <message>
   <source>{0}：未结 {1}，其中未确认 {2}</source>
   <translation>{0}: {1} open, {2} of them unacknowledged</translation>
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
   <source>画面停滞</source>
   <translation>The picture stands still</translation>
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
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>城瞰 · 值班工作站</source>
   <translation>Chengkan · Workstation</translation>
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
  <name>NearestTiles</name>
  <message>
   <source>关联视频</source>
   <translation>Linked video</translation>
  </message>
 </context>
 <context>
  <name>NoticeCard</name>
  <message>
   <source>关闭通知</source>
   <translation>Close notice</translation>
  </message>
 </context>
 <context>
  <name>NoticeList</name>
  <message>
   <source>最近通知</source>
   <translation>Recent notices</translation>
  </message>
  <message>
   <source>还没有通知</source>
   <translation>No notices yet</translation>
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
  <name>ServiceWatch</name>
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
   <source>实时通道</source>
   <translation>Live channel</translation>
  </message>
  <message>
   <source>平台接口</source>
   <translation>Platform interface</translation>
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
  <name>Station</name>
  <message>
   <source>{0}。已记入日志，可以继续工作</source>
   <translation>{0}. Written to the log; you can go on working</translation>
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
   <source>程序内部错误（第 {0} 次）</source>
   <translation>Internal error (no. {0})</translation>
  </message>
  <message>
   <source>缺少中文字体：请安装 fonts-noto-cjk 后重新启动</source>
   <translation>Chinese font missing: install fonts-noto-cjk and start again</translation>
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
   <source>最近 50 条通知</source>
   <translation>Last 50 notices</translation>
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
   <source>通知</source>
   <translation>Notices</translation>
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
   <source>特别严重</source>
   <translation>extremely severe</translation>
  </message>
  <message>
   <source>较重</source>
   <translation>serious</translation>
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
 </context>
 <context>
  <name>roles</name>
  <message>
   <source>值班员</source>
   <translation>Operator</translation>
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
  <name>views</name>
  <message>
   <source>告警</source>
   <translation>Alarms</translation>
  </message>
  <message>
   <source>地图</source>
   <translation>Map</translation>
  </message>
  <message>
   <source>登录</source>
   <translation>Sign in</translation>
  </message>
  <message>
   <source>视频</source>
   <translation>Video</translation>
  </message>
 </context>
</TS>
