# Viva 说的话，简体中文。每条消息在 en.ftl 里都有对应的一条，由测试核对。

## 词

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
picture = 图
difficulty = 难度 { $grade }/5

## 提问

welcome = Viva：题库里有 { $questions } 道题。输入 /quiz 抽一题，/quiz 过拟合 按主题出题，/help 查看全部命令。
goodbye = 再见，你的作答都已保存。
ask-choice-one = 请输入选项字母作答。没把握？可以 /hint、/reveal 或 /skip。
ask-choice-several = 本题有多个正确选项，请一次输入所有字母，例如 A C。没把握？可以 /hint、/reveal 或 /skip。
ask-typed = 请用自己的话在一行内作答，共有 { $points } 个要点。没把握？可以 /hint、/reveal 或 /skip。
ask-reveal = 先在心里想好答案，再输入 /reveal 对照并给自己打分。
suggest-several = 有几道题和“{ $query }”相关，输入序号选一道：
suggest-nearest = 没有叫“{ $query }”的题。下面几道最接近，输入序号选一道，或换个词再试：
suggest-none = 没有找到和“{ $query }”相关的题。/topics 可以查看全部主题。
bank-empty = 题库还是空的。用 --bank 文件夹 指定你的笔记；viva check 文件夹 会告诉你从中读到了什么。
topic-exhausted = 没有关于“{ $topic }”的题。/topics 可以查看全部主题。
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
stats-answers = 共答 { $answered } 题，答对 { $right } 题（{ $percent } %）
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
season-begun = 第 { $number } 赛季“{ $name }”现在开始，排行榜从零计分。/leaderboard season 看本赛季，/leaderboard season 1 看第一赛季。
season-nameless = 赛季要有名字，请写在命令后面，例如 /season 秋季赛。
language-set = 好的，接下来用中文。
language-unknown = Viva 会说 en 和 zh，不会“{ $given }”。请输入 /language en 或 /language zh。
unknown-command = 没有 /{ $given } 这个命令。{ $near ->
    [none] 输入 /help 查看全部命令。
   *[other] 你是想输入 /{ $near } 吗？/help 可以查看全部命令。
}
help =
    /quiz [主题] [choice|typed|reveal]     出一道题
    /review [choice|typed|reveal]          复习快要忘记的题
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
