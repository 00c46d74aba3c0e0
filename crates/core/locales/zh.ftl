# Viva 说的话，简体中文。每条消息在 en.ftl 里都有对应的一条，由测试核对。

## 词

# 两句话之间。
gap = {""}
window-today = 今天
window-week = 本周
window-month = 本月
window-all = 总榜
window-season = { $number ->
    [0] 本赛季
   *[other] 第 { $number } 赛季
}
you = 你
points = { $count } 分
picture = [图：{ $what }]
difficulty = 难度 { $grade }/5
aside = （{ $what }）

## 提问

welcome = Viva：题库里有 { $questions } 道题。输入 /quiz 抽一题，{ $topic ->
    [none] /quiz 加几个词
   *[other] /quiz { $topic }{" "}
}按主题出题，/help 查看全部命令。
goodbye = 再见，你的作答都已保存。
ask-choice-one = 请输入选项字母作答。没把握？可以 /hint、/reveal 或 /skip。
ask-choice-several = 本题有多个正确选项，请一次输入所有字母，例如 A C。没把握？可以 /hint、/reveal 或 /skip。
ask-typed = 请用自己的话在一行内作答，答全需要 { $points } 个要点。没把握？可以 /hint、/reveal 或 /skip。
ask-reveal = 先在心里想好答案，再输入 /reveal 对照并给自己打分。
suggest-several = 与“{ $query }”相关的题目，输入序号选一道：
suggest-nearest = 没有叫“{ $query }”的题。下面几道最接近，输入序号选一道，或换个词再试：
suggest-none = 没有找到和“{ $query }”相关的题。/topics 可以查看全部主题。
bank-empty = 题库还是空的。用 --bank 文件夹 指定你的笔记；viva check 文件夹 会告诉你从中读到了什么。
topic-unknown = 没有“{ $topic }”这个主题。/topics 可以查看全部主题。
mode-missing = { $mode ->
    [choice] 这道题没有选项
    [typed] 这道题没有可供评分的要点
   *[other] 这道题没有这种形式
}，就请你先想一想，再看答案。

## 作答

verdict-right = ✓ 答对了！
verdict-partial = ◐ 答对了一部分。
verdict-wrong = ✗ 不太对。
verdict-points = { $points ->
    [0] 这次不得分。
   *[other] +{ $points } 分。
}
verdict-repeated = 这道题你一周内已经答对过，这次不计分，但照样计入记忆和连续天数。
verdict-bonus = 第一个答对，再加 { $points } 分。
verdict-already = 以第一次作答为准，你已经答过了：{ $answer }
verdict-closed = 这道题已经结束。输入 /quiz 再来一题。
points-hit = 你答到了：
points-missed = 还缺：
your-answer = 你的选择
next-reveal = /reveal 查看完整答案，/quiz 再来一题。
next-quiz = 输入 /quiz 再来一题。
empty-answer = 答案是空的。请输入选项字母或几句话，也可以 /skip 跳过。
not-an-option = “{ $given }”不在选项 { $first } 到 { $last } 之中。请输入{ $several ->
    [yes] 所选各项的字母，例如 A C
   *[no] 一个字母
}。
one-option-only = 本题只有一个正确选项，请只输入一个字母。
nothing-open = 现在没有等待作答的题。输入 /quiz 来一题。
not-offered = 上面没有 { $given } 号。请输入 1 到 { $last } 之间的序号。
still-open = 上次还没答完的题：
hint-choice = 可以排除这一项：{ $option }
hint-typed = 其中一个要点以“{ $start }”开头。
hint-topics = 这道题与{ $topics }有关。
hint-none = 这道题没有提示，/reveal 可以查看答案。
grade-yourself = 掌握得怎么样？1 完全不会 · 2 勉强想起 · 3 掌握不错 · 4 轻松答出
not-a-grade = “{ $given }”不是有效的打分。请输入 1（完全不会）到 4（轻松答出）之间的数字。
self-graded = 记下了。{ $days ->
    [0] 今天还会再遇到它。
    [1] 明天该复习了。
   *[other] { $days } 天后该复习了。
}
skipped = 已跳过。/quiz 再来一题，/reveal 查看这道题的答案。
answer-of = 答案：{ $title }
answer-missing = 笔记里还没有这道题的答案。

## 成绩

leaderboard-title = 排行榜 · { $window }
leaderboard-topic = 排行榜 · { $window } · { $topic }
leaderboard-empty = 还没有人得分。输入 /quiz 来答第一题。
leaderboard-row = { $points } · 答 { $answered } 题，对 { $right } 题
leaderboard-own = 你在 { $learners } 人中排第 { $rank }。
stats-title = 你的战绩
stats-answers = 共答 { $answered } 题，答对 { $right } 题（{ $percent }%）
stats-none = 你还没有答过题。输入 /quiz 来答第一题。
stats-points = 总计 { $points } 分，本周 { $week } 分
stats-streak = { $days ->
    [0] 目前没有连续记录，今天答一题就重新开始
   *[other] 已连续 { $days } 天
}（最长 { $best }）
stats-due = { $count ->
    [0] 没有到期要复习的题
   *[other] 有 { $count } 道题该复习了，输入 /review 开始
}
topics-title = 主题及题数。输入 /quiz 加主题名，就从中出一题。
topics-none = 这些笔记没有标主题。输入 /quiz 加几个字，可以按内容找题。

## 设置与帮助

review-none = 现在没有到期要复习的题。输入 /quiz 来一道别的。
too-many-own = 你在这里已有三道题没有结束，请先作答或结束一道。
too-many-open = 这里已有十道题没有结束，请先答几道。
answer-first = 请先作答；答完或本题结束后就能看完整答案。
asker-first = 现在只有出题人可以公布答案，其他人还需等 { $seconds } 秒。
not-yours = 只有出题人可以提前结束这道题。到时间它会自动结束。
no-record = { $name } 在这里还没有答过题。
stats-title-of = { $name } 的战绩
not-a-time = “{ $given }”不是一天中的时间，请写成 08:30 或 21:00 这样。
not-a-zone = 没有“{ $given }”这个时区，请用 Asia/Shanghai、Europe/Berlin 或 UTC 这样的名称。
not-days = 看不懂“{ $given }”是哪几天，请写成 周一至周五、周六、周日 或 每日。
season-begun = 第 { $number } 赛季“{ $name }”现在开始，排行榜从零计分。/leaderboard season 看本赛季；后面加数字看以往赛季，例如 /leaderboard season 1。
season-nameless = 赛季要有名字，请写在命令后面，例如 /season 秋季赛。
language-set = 好的，接下来用中文。
language-unknown = Viva 会说中文和英文。请输入 /language zh 或 /language en。
unknown-command = 没有 /{ $given } 这个命令。{ $near ->
    [none] 输入 /help 查看全部命令。
   *[other] 你是想输入 /{ $near } 吗？/help 可以查看全部命令。
}
help =
    /quiz [主题] [选择|简答|先想后看]      出一道题
    /review [选择|简答|先想后看]           复习快要忘记的题
    字母、数字或几句话                     作答
    /hint                                  给点提示
    /reveal                                查看完整答案
    /skip                                  跳过这道题
    /leaderboard [today|week|month|all|season] [主题]
    /season 名字                           开始新赛季
    /stats                                 你的战绩
    /topics                                有哪些主题
    /language en|zh                        切换 Viva 的语言
    /quit                                  退出（Ctrl-D 也可以）
store-failed = 没能保存，这次不算数：{ $reason } 请再试一次。

## Discord

button-answer = 作答
button-hint = 提示
button-end = 结束本题
button-show-me = 给我看答案
button-show-all = 向所有人公布
button-full-answer = 完整答案
button-another = 再来一题
button-previous = ← 上一页
button-next = 下一页 →
button-read-on = 查看全文
button-forget = 删除我的数据
button-keep = 全部保留
choose-one = 请选择一项
choose-several = 选出所有正确选项
pick-question = 选一道题
pick-topic = 选一个主题
card-reveal = 先在心里作答，再看答案，然后告诉我你掌握得怎么样。
card-typed = 用自己的话作答，答全需要 { $points } 个要点。
card-answered = { $count ->
    [0] 还没有人作答
   *[other] 已有 { $count } 人作答
}
card-closes = { $when }截止
card-over = { $answered ->
    [0] 已结束，无人作答
   *[other] 已结束，{ $answered } 人作答，{ $right } 人答对
}
card-first = 最先答对：{ $name }
card-votes = { $count ->
    [0] 无人选
   *[other] { $count } 人
}
form-title = 你的答案
form-label = 用自己的话写
grade-with-buttons = 掌握得怎么样？
grade-again = 完全不会
grade-hard = 勉强想起
grade-good = 会
grade-easy = 很熟
suggest-several-menu = 与“{ $query }”相关的题目，请选一道：
suggest-nearest-menu = 没有叫“{ $query }”的题，下面几道最接近，请选一道，或换个词试试：
hint-none-button = 这道题没有提示，点“给我看答案”即可查看。
leaderboard-empty-chat = 还没有人得分，输入 `/quiz` 来答第一题。
topics-none-chat = 这些笔记没有标主题。输入 `/quiz` 加几个字，可以按内容找题。
topics-menu = 共 { $questions } 道题。选一个主题看看有哪些：
topic-questions = { $topic }：{ $count } 道题
topic-size = { $count } 道题
unknown-button = 这个按钮不是我的，或者属于别的频道。输入 `/quiz` 出一道新题。
question-gone = 这道题已经不在了。输入 `/quiz` 再来一道。
store-failed-chat = 没能保存，这次不算数，请稍后再试。
daily-set = 设置好了：{ $what }。第一题将在{ $when }发出。
daily-when = 每日一题 { $time }（{ $zone }），{ $days }
every-day = 每天
day-mon = 周一
day-tue = 周二
day-wed = 周三
day-thu = 周四
day-fri = 周五
day-sat = 周六
day-sun = 周日
daily-next = 下一次：{ $when }
daily-off = 目前已关闭，用 `/daily set` 重新开启。
daily-off-because = Discord 拒绝了发送，所以已关闭：{ $reason } 解决后请用 `/daily set` 重新设置。
daily-none = 这里还没有每日一题，用 `/daily set` 开启。
daily-stopped = 每日一题已关闭，用 `/daily set` 重新开启。
daily-last-posted = 最近一次：{ $when } 已发出
daily-last-failed = 最近一次：{ $when } 失败：{ $reason }
daily-last-sending = 最近一次：{ $when } 起正在发送
daily-yesterday = 上一题
daily-nobody = 没有人得分，今天来争第一吧！
daily-winners = 当日最佳：{ $names }
settings-are = 语言：{ $language } · 出题方式：{ $mode } · 向所有人公布答案：{ $revealers }
settings-own-language = 各用各的
settings-own-mode = 视题目而定
mode-choice = 选择题
mode-typed = 简答
mode-reveal = 先想后看
revealers-asker = 出题人；一分钟后任何人
revealers-everyone = 任何人随时可以
forget-sure = 这会删除你在本服务器和其他所有服务器的作答、得分、连续记录、记忆曲线和设置，无法恢复。可以先用 `/privacy export` 保存一份。
forgotten = 已完成。你在所有服务器的作答、得分、连续记录、记忆曲线和设置都已删除。
kept = 什么都没有删除。
exported = 这是 Viva 保存的关于你的全部数据。
hello-discord = **大家好，我是 Viva。** 我把学习笔记变成测验。先试试这三样：
    • `/quiz` 出一道题，`/quiz topic:过拟合` 按主题出题
    • `/leaderboard` 看谁领先
    • `/daily set` 每天早上在这里发一道题
    其他命令见 `/help`。
help-discord = **出题与作答**
    `/quiz [主题] [方式] [语言]` 出一道题，点按钮作答
    `/review` 复习快要忘记的题
    `/topics` 有哪些主题
    {""}**看看成绩**
    `/leaderboard [时间] [主题]`、`/stats [成员]`
    {""}**设置**（服务器管理者可用）
    `/daily set`、`/daily show`、`/daily stop`、`/settings`、`/doctor`
    {""}**你的数据**
    `/privacy export`、`/privacy forget`
missing-permission = 我不能在 { $channel } 发消息，请在那里授予我：{ $permissions }。
doctor-fine = 这里一切正常：我可以查看本频道、发消息和上传文件。
doctor-missing = 我在 { $channel } 缺少权限：{ $permissions }。请在频道设置的“权限”里授予。
doctor-elsewhere-fine = { $count ->
    [0] 没有其他文字频道。
   *[other] 其他 { $count } 个文字频道里也一切正常。
}
doctor-elsewhere = 我在其他频道缺少一些权限，只有想让我去的频道才需要处理：
doctor-elsewhere-more = …… 另外还有 { $count } 个频道。
permission-view = 查看频道
permission-send = 发送消息
permission-threads = 在子区内发送消息
permission-attach = 附加文件

command-quiz = 出一道题
command-review = 复习快要忘记的题
command-topics = 看看有哪些主题
command-leaderboard = 查看排行榜
command-stats = 查看自己或别人的战绩
command-daily = 每天在本频道发一道题
command-daily-set = 开启或修改每日一题
command-daily-show = 查看每日一题和最近一次发送情况
command-daily-stop = 关闭每日一题
command-settings = 查看和修改 Viva 在这里的设置
command-doctor = 检查 Viva 在这里能否正常工作
command-help = Viva 能做什么
command-privacy = Viva 保存了你的哪些数据
command-privacy-export = 导出 Viva 保存的关于你的全部数据
command-privacy-forget = 删除 Viva 保存的关于你的全部数据
option-topic = 主题，中英文均可，怎么说都行
option-mode = 出题方式
option-language = 用哪种语言
option-window = 哪段时间
option-member = 看谁的战绩
option-time = 几点，例如 08:30
option-timezone = 哪个时区，例如 Asia/Shanghai
option-channel = 在哪个频道，不填就是本频道
option-weekdays = 星期几，例如 周一至周五；不填就是每天
option-reveal = 谁可以向所有人公布答案

## Telegram

button-open-chat = 打开私聊
telegram-card-typed = 回复这条消息，用自己的话作答，答全需要 { $points } 个要点。
telegram-card-letters = 正确选项不止一个：回复这条消息，写出全部字母，例如 A C。
telegram-unknown-command = 没有 /{ $given } 这个命令，所有命令见 /help。
telegram-unknown-button = 这个按钮属于别的聊天，或者题目已经不在了。发送 /quiz 出一道新题。
only-administrators = 只有本群管理员可以这样做。
telegram-daily-none = 这里还没有每日一题。
telegram-daily-off = 目前已关闭。
telegram-daily-off-because = Telegram 拒绝了发送，所以已关闭：{ $reason }。解决后请重新设置。
telegram-daily-stopped = 每日一题已关闭。发送 /daily 加时间可重新开启。
telegram-daily-usage = 开启或修改：/daily 08:30 Asia/Shanghai
    只在某几天，或只考某个主题：/daily 08:30 Asia/Shanghai 周一至周五 优化
    关闭：/daily off
telegram-daily-channel = 频道里的投票是匿名的，所以在这里不计分；在群组里每个人都有得分。
telegram-daily-lonely = 已经一周没有人作答了，从现在起我会静音发送。发送 /daily off 可以关闭；只要有人作答，提示音就会恢复。
settings-title = Viva 在这里的设置，点一行即可修改：
setting-button = { $setting }：{ $value }
setting-language = 语言
setting-mode = 出题方式
setting-revealers = 公布答案
setting-rich = 答案样式
rich-on = 富文本，适合新版客户端
rich-off = 普通，适合所有客户端
telegram-doctor-fine = 这里一切正常：我可以发消息和投票。
telegram-doctor-messages = 我不能在这里发消息。请允许成员发消息，或者把我设为有此权限的管理员。
telegram-doctor-polls = 我不能在这里发投票。请在群权限里允许发起投票，或者把我设为管理员。
telegram-doctor-unknown = 没能查到我在这里的权限：{ $reason }
telegram-doctor-privacy = 隐私模式已开启：我只能看到命令和对我消息的回复，这就够用了。
telegram-doctor-reads-all = 隐私模式已关闭：Telegram 会把这里的所有消息都给我看，而我只需要命令和回复。可以找 @BotFather 用 /setprivacy 开启。
telegram-forget-sure = 这会删除你在这里和其他所有聊天中的作答、得分、连续记录、记忆曲线和设置，无法恢复。可以先用 /privacy export 保存一份。
telegram-forgotten = 已完成。你在所有聊天中的作答、得分、连续记录、记忆曲线和设置都已删除。
telegram-export-sent = 已经私聊发给你了。
telegram-export-begin = 你打开过和我的私聊，我才能单独发消息给你。请先打开私聊，再在那里发送 /privacy export。
telegram-try-again = 刚才没有成功，请稍后再试。
telegram-privacy-usage = /privacy export 把 Viva 保存的关于你的全部数据发给你。
    /privacy forget 删除这些数据。
hello-telegram = 大家好，我是 Viva，我把学习笔记变成测验。先试试这三样：
    /quiz 出一道题，/quiz 过拟合 按主题出题
    /leaderboard 看谁领先
    /daily 08:30 Asia/Shanghai 每天早上在这里发一道题
    其他命令见 /help。
help-telegram = 出题与作答
    /quiz [主题] [选择|简答|看答案] 出一道题
    /review 复习快要忘记的题
    /topics 看看有哪些主题
    /hint、/reveal、/skip 用于正在进行的题
    {""}
    看看成绩
    /leaderboard [today|week|month|all|season] [主题]
    /stats 查看自己的战绩
    {""}
    设置（管理员）
    /daily、/settings、/season 名称、/doctor
    {""}
    个人
    /language en|zh
    /privacy export、/privacy forget
command-season = 开始排行榜的新赛季
command-language = 选择 Viva 对你说的语言

# 图表上的文字要短；以 -alt 结尾的说给看不到图的人。
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
chart-calendar = 最近半年的答题
chart-less = 少
chart-more = 多
chart-calendar-alt = 最近半年答了 { $answers } 题，分布在 { $days } 天，最多的一天 { $most } 题。
chart-topics = 各主题正确率
chart-forecast = 今后两周的记忆
chart-recall = 不复习还能记住的比例
chart-due = 该复习的题数
chart-forecast-alt = 如果不复习，两周后还能记住 { $recall } %；这期间有 { $due } 题该复习。

## 对笔记的提示，供 `viva check` 和日志使用

severity-note = 说明
severity-warning = 警告
severity-error = 错误
remark-unreadable = 无法打开（{ $reason }）；请检查路径和权限
remark-not-utf8 = 文件不是 UTF-8 编码，已跳过；请另存为 UTF-8（在编辑器里选择“以指定编码保存”）
remark-too-large = 文件超过 { $limit } MiB，已跳过；请拆成几个文件
remark-symlink-loop = 这个链接又指回了自己所在的文件夹，不再跟随；请删除它
remark-empty = 文件是空的；请写一个提问的标题，并在下面写上答案
remark-no-question = 没有找到题目；请把每道题写成标题（## 为什么……？），答案写在下面；如果这个文件本来就没有题目，请在文件开头的元数据里写 `read_as: none`
remark-front-matter = 文件开头的元数据无法读取，已忽略（{ $reason }）；可用的字段有 title、language（en 或 zh）、topics（列表）和 read_as
remark-front-matter-open = 文件开头的元数据没有结束；请在后面加一行 ---，或删去第一行
remark-grade = { $key } 的值是“{ $value }”；请写 1 到 5 的数字
remark-attribute = 不认识属性“{ $key }”，已忽略；可用的有 #id、difficulty、frequency、topics 和 aliases
remark-unclosed-fence = 这个代码块没有结束，后面的内容都被算在里面；请在最后一行之后加一行 { $fence }
remark-unclosed-details = 这个 <details> 没有结束；请在最后一行之后加上 </details>
remark-unclosed-formula = 这个公式没有结束；请在后面加上 $$，如果是美元符号，请写成 \$\$
remark-too-deep = 这里的列表、引用和标签嵌套超过 { $depth } 层，更深的已被展平；请拆开来写
remark-id-taken = id { $id } 已被 { $by } 占用，这道题改用 { $free }；请在标题后用 {"{"}#…{"}"} 给它单独的 id
remark-near-duplicate = 这道题和 { $twin } 问的几乎一样；请合并，或换一种问法
remark-missing-image = 图片“{ $url }”不存在；请把“{ $path }”放进题库，或改正路径
remark-image-outside = 图片“{ $url }”在题库之外，已略去；请把它移到笔记旁边
remark-no-answer = “{ $title }”没有答案；请写在标题下面
remark-too-few-options = 这道题下面“{ $asked }”处的测验不足两个选项，已略去；请补上 `- [ ]` 行
remark-empty-option = 这道题下面“{ $asked }”处的测验有一个空选项，已略去；请在方框后写上选项
remark-no-right-option = 这道题下面“{ $asked }”处的测验没有正确选项，已略去；请用 `- [x]` 标出正确选项
skip-contents = 目录
skip-licence = 许可证
skip-contributions = 关于贡献
skip-references = 参考资料
skip-introduction = 简介
skip-top = 回到顶部的链接
skip-before = 第一道题之前的文字
remark-letter = 答案是 { $named }，但选项只到 { $last }，所以全部按文字处理；请改正字母
remark-attributes-open = 标题的属性没有结束；请在后面加上 {"}"}
remark-id = id“{ $id }”应当只用小写字母、数字和连字符；暂且照用
remark-no-notes = 这个文件夹里没有笔记文件（.md、.markdown、.txt）；请换一个文件夹

## 命令行

check-file = { $questions } 道题，读取方式 { $habit }，语言 { $language }
check-skipped = ；跳过 { $what }
check-and = 、
check-question = （{ $choices } 道测验，{ $points } 个要点）
check-pictures = 画出 { $drawn } 张图片，{ $fallen } 张以文字发送
check-all = { $questions } 道题，{ $errors } 个错误，{ $warnings } 个警告
search-nothing = 没有找到“{ $query }”；请换个词试试
show-nothing = 没有与“{ $query }”匹配的题目；用 `viva search` 看看有哪些
bank-missing = { $path } 不存在；请用 --bank 指定一个笔记文件或文件夹
no-home = 找不到存放答题记录的主目录；请用 --database sqlite:文件 指定一个文件
no-data-folder = 无法创建文件夹 { $path }；请用 --database sqlite:文件 指定别的位置
nothing-to-serve = 还没有设置聊天平台，没有可以服务的地方。
    请把 DISCORD_TOKEN 或 TELEGRAM_TOKEN（或两者）设为机器人的令牌，或者用 `viva console` 直接在这里聊。
out-unmade = 无法创建文件夹 { $path }；请用 --out 指定别的文件夹
out-unwritten = 无法写入 { $path }；请检查文件夹
pictures-drawing = 正在画图
pictures-none = 这道题不需要图片，全部是文字
pictures-fell-back = { $kind }“{ $source }”以文字发送：{ $reason }
kind-formula = 公式
kind-table = 表格
kind-figure = 图片
not-drawn-long = 长 { $bytes } 字节，最多只画 { $limit } 字节
not-drawn-unreadable = 无法读取：{ $detail }
not-drawn-glyph = 字体里没有“{ $glyph }”（{ $code }）
not-drawn-large = 画出来会有 { $width } × { $height } 像素，太大了
not-drawn-costly = 画起来太费时间（{ $detail }）
not-drawn-blank = 画出来什么也看不见
not-drawn-forbidden = 含有图片里不允许的内容（{ $detail }）
not-drawn-gave-up = 绘图库处理不了
not-read-missing = 题库里没有这个文件
not-read-large = 文件太大
not-read = 文件无法读取（{ $reason }）
doctor-notes = 笔记：{ $files } 个文件，{ $questions } 道题
doctor-no-question = 笔记：没有找到题目；用 `viva check` 看原因
doctor-notes-failed = 笔记：{ $error }
doctor-pictures = 图片：{ $drawn } 张都能画出来
doctor-fallen = 图片：{ $drawn } 张能画出来，{ $fallen } 张以文字发送：
doctor-more-fallen = …… 用 `viva check --pictures` 查看全部
doctor-database = 数据库：能打开，结构是最新的
doctor-database-failed = 数据库：{ $error }
doctor-tokens = 聊天平台：已设置 { $platforms } 的令牌
doctor-and = {" "}和{" "}
doctor-no-token = 聊天平台：还没有设置令牌；`viva run` 需要 DISCORD_TOKEN 或 TELEGRAM_TOKEN，`viva console` 不需要
doctor-tokens-failed = 聊天平台：{ $error }

cli = 把笔记变成测验、答案揭晓和排行榜
cli-more = Viva 从 Markdown 笔记里读出问题和答案，在聊天里提问：`viva console` 在这个终端里聊，`viva run` 在聊天软件里聊。
cli-template = {"{"}about-with-newline{"}"}
    用法：{"{"}usage{"}"}

    {"{"}all-args{"}"}
cli-commands = 命令
cli-arguments = 参数
cli-options = 选项
cli-console = 在这个终端里和 Viva 聊天
cli-console-more = {""}
cli-run = 在 Discord 和 Telegram 上提供服务，机器人的令牌放在 DISCORD_TOKEN 和 TELEGRAM_TOKEN 里
cli-run-more = DISCORD_API_URL 让请求发往代理，而不是 discord.com；VIVA_SHARDS（例如 0-3/16）只运行一部分分片，让多个进程共用一个数据库。TELEGRAM_API_URL 指定自己的 Bot API 服务器，代替 api.telegram.org；设了 TELEGRAM_WEBHOOK_URL，Telegram 就把更新推送到那里，Viva 在 TELEGRAM_WEBHOOK_LISTEN（默认 127.0.0.1:8080）上接收，否则由 Viva 主动拉取。
cli-check = 说明笔记里读到了什么、哪里有问题
cli-check-more = 退出状态：没有错误为 0，有错误为 1，用法不对为 2。
cli-search = 查找题目
cli-search-more = {""}
cli-show = 打印一道题和它的答案，与平台收到的一样
cli-show-more = {""}
cli-doctor = 检查 Viva 需要的东西是否齐全：笔记、数据库、画图的字体、令牌
cli-doctor-more = 退出状态：齐全为 0，缺少什么为 1。
cli-help = 打印某个命令的说明
cli-completions = 打印命令行补全脚本
cli-completions-more = {""}
cli-argument-bank = 笔记文件或文件夹（.md、.markdown、.txt），可以给出多个；不给则用 VIVA_BANK，或自带的题目
cli-argument-database = 答题记录放在哪里：sqlite:文件 或 postgres://……；不给则用 DATABASE_URL，或数据目录里的一个文件
cli-argument-language = Viva 说的语言：en 或 zh；不给则用系统的语言
cli-argument-paths = 笔记文件和文件夹
cli-argument-pictures = 把公式、表格和图片也全部画一遍，并说明哪些画不了、只能以文字发送
cli-argument-format = 打印成什么样：text（默认），或供程序使用的 json；平台的消息总是 JSON
cli-argument-query = 要找的内容，任何语言都可以，也可以是题目的 id
cli-argument-limit = 最多打印几条，默认 5 条
cli-argument-platform = 用于哪个平台：console（默认）、discord、telegram，或 telegram-rich（富消息，适合新版应用）
cli-argument-out = 不打印消息，而把这道题和答案里的图片全部写进这个文件夹
cli-argument-shell = 哪种命令行：bash、elvish、fish、powershell 或 zsh
cli-argument-help = 打印这些说明
cli-argument-version = 打印版本号
