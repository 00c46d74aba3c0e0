# What Viva says, in English. Every message stands in zh.ftl too; a test compares the two.

## Words

# Between two sentences.
gap = {" "}
window-today = Today
window-week = This week
window-month = This month
window-all = All time
window-season = { $number ->
    [0] This season
   *[other] Season { $number }
}
you = You
points = { $count ->
    [one] 1 point
   *[other] { $count } points
}
picture = [picture: { $what }]
difficulty = difficulty { $grade }/5
aside = {"  "}({ $what })

## Asking

welcome = Viva: { $questions ->
    [one] 1 question
   *[other] { $questions } questions
} to practise. Type /quiz to be asked one, { $topic ->
    [none] /quiz and a few words to choose what about
   *[other] /quiz { $topic } to choose what about
}, /help for everything else.
goodbye = Goodbye. Your answers are saved.
ask-choice-one = Answer with a letter. Stuck? /hint, /reveal or /skip.
ask-choice-several = More than one is right: answer with all their letters, such as A C. Stuck? /hint, /reveal or /skip.
ask-typed = Answer in your own words, on one line; a full answer names { $points } points. Stuck? /hint, /reveal or /skip.
ask-reveal = Think of your answer first, then type /reveal and grade yourself.
suggest-several = Found for “{ $query }”; pick one by its number:
suggest-nearest = Nothing is called “{ $query }”. The nearest are below; pick one by its number, or try another word:
suggest-none = Nothing matches “{ $query }”. /topics lists what there is.
bank-empty = There are no questions yet. Point Viva at notes with --bank FOLDER; `viva check FOLDER` says what it finds in them.
topic-unknown = “{ $topic }” is not a topic here. /topics lists them.
mode-missing = This question has no { $mode ->
    [choice] options to choose from
    [typed] key points to grade an answer by
   *[other] such mode
}, so here it is to think over and reveal.

## Answering

verdict-right = ✓ Right!
verdict-partial = ◐ Partly right.
verdict-wrong = ✗ Not quite.
verdict-points = { $points ->
    [0] No points this time.
    [one] +1 point.
   *[other] +{ $points } points.
}
verdict-repeated = No points: you had this one right less than a week ago. It still counts for your memory and your streak.
verdict-bonus = +{ $points } for being the first to get it right.
verdict-already = Your first answer counts, and you gave it: { $answer }
verdict-closed = This question is closed. /quiz asks another.
points-hit = You named:
points-missed = Still missing:
your-answer = your answer
next-reveal = /reveal shows the full answer, /quiz asks another.
next-quiz = /quiz asks another.
empty-answer = That answer is empty. Type a letter or some words, or /skip.
not-an-option = “{ $given }” is none of the options { $first } to { $last }. Answer with { $several ->
    [yes] their letters, such as A C
   *[no] one letter
}.
one-option-only = Only one option is right here; answer with one letter.
nothing-open = No question is open. /quiz asks one.
not-offered = There is no number { $given } above. Pick one from 1 to { $last }.
still-open = Still open from last time:
hint-choice = Not this one: { $option }
hint-typed = One of the points begins with “{ $start }”.
hint-topics = It is about { $topics }.
hint-none = No hint for this one; /reveal shows the answer.
grade-yourself = How well did you know it? 1 not at all · 2 barely · 3 well · 4 easily
not-a-grade = “{ $given }” is not a grade. Type a number from 1 (not at all) to 4 (easily).
self-graded = Noted. { $days ->
    [0] You will meet it again today.
    [one] It is due again tomorrow.
   *[other] It is due again in { $days } days.
}
skipped = Skipped. /quiz asks another, /reveal shows the answer of this one.
answer-of = Answer: { $title }
answer-missing = The notes have no answer to this yet.

## Standing

leaderboard-title = Leaderboard · { $window }
leaderboard-topic = Leaderboard · { $window } · { $topic }
leaderboard-empty = Nobody has points here yet. /quiz asks the first question.
leaderboard-row = { $points } · { $right } of { $answered } right
leaderboard-own = You are number { $rank } of { $learners }.
stats-title = Your record
stats-answers = { $answered } answered, { $right } right ({ $percent }%)
stats-none = You have not answered anything yet. /quiz asks the first question.
stats-points = { $points } points in all, { $week } this week
stats-streak = { $days ->
    [0] No streak right now; one answer today begins one
    [one] A streak of 1 day
   *[other] A streak of { $days } days
} (best: { $best })
stats-due = { $count ->
    [0] Nothing is due for review
    [one] 1 question is due; /review asks it
   *[other] { $count } questions are due; /review asks the first
}
topics-title = Topics, with how many questions each. /quiz and a topic asks one of them.
topics-none = These notes name no topics. /quiz and a few words finds a question by what it says.

## Settings and help

review-none = Nothing is due for review. /quiz asks something else.
too-many-own = You already have three questions open here. Answer or close one first.
too-many-open = There are ten questions open here already. Answer some of them first.
answer-first = Answer first; then, or when the question is closed, you can see the full answer.
asker-first = Whoever asked may reveal this now; everyone else in { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}.
not-yours = Only who asked can close this question early. It closes by itself.
no-record = { $name } has not answered anything here yet.
stats-title-of = The record of { $name }
not-a-time = “{ $given }” is no time of the day. Write one such as 08:30 or 21:00.
not-a-zone = There is no time zone “{ $given }”. Use a name such as Europe/Berlin, Asia/Shanghai or UTC.
not-days = “{ $given }” names no days. Write some such as mon-fri, sat,sun or daily.
season-begun = Season { $number }, “{ $name }”, begins now, and its leaderboard is empty. /leaderboard season shows it; a number after it, as in /leaderboard season 1, shows an earlier one.
season-nameless = A season needs a name. Type one after the command, as in /season Autumn.
language-set = From now on in English.
language-unknown = Viva speaks English and Chinese. Type /language en or /language zh.
unknown-command = There is no command /{ $given }. { $near ->
    [none] /help lists them.
   *[other] Did you mean /{ $near }? /help lists them all.
}
help =
    /quiz [subject] [choice|typed|reveal]  ask a question
    /review [choice|typed|reveal]          ask what you are about to forget
    a letter, a number or your own words   answer it
    /hint                                  a nudge
    /reveal                                the full answer
    /skip                                  leave this question
    /leaderboard [today|week|month|all|season] [topic]
    /season NAME                           begin a new season of the leaderboard
    /stats                                 your record
    /topics                                what there is to learn
    /language en|zh                        the language Viva speaks
    /quit                                  leave (so does Ctrl-D)
store-failed = That could not be saved, so it does not count: { $reason } Please try again.

## Discord

button-answer = Answer
button-hint = Hint
button-end = Close
button-show-me = Show me
button-show-all = Reveal to all
button-full-answer = Full answer
button-another = Another question
button-previous = ← Back
button-next = Next →
button-read-on = Read the rest
button-forget = Forget me
button-keep = Keep everything
choose-one = Choose an option
choose-several = Choose all right options
pick-question = Pick a question
pick-topic = Pick a topic
card-reveal = Think of your answer first. Then look, and say how well you knew it.
card-typed = Answer in your own words; a full answer names { $points } points.
card-answered = { $count ->
    [0] Nobody has answered yet
    [one] 1 has answered
   *[other] { $count } have answered
}
card-closes = closes { $when }
card-over = { $answered ->
    [0] Closed; nobody answered
    [one] Closed; 1 answered, { $right } right
   *[other] Closed; { $answered } answered, { $right } right
}
card-first = first right answer: { $name }
card-votes = { $count ->
    [0] nobody
   *[other] { $count }
}
form-title = Your answer
form-label = In your own words
grade-with-buttons = How well did you know it?
grade-again = Not at all
grade-hard = Barely
grade-good = Well
grade-easy = Easily
suggest-several-menu = Found for “{ $query }”; pick one:
suggest-nearest-menu = Nothing is called “{ $query }”. These come nearest; pick one, or try another word:
hint-none-button = No hint for this one; “Show me” shows the answer.
leaderboard-empty-chat = Nobody has points here yet. `/quiz` asks the first question.
topics-none-chat = These notes name no topics. `/quiz` with a few words finds a question by what it says.
topics-menu = { $questions ->
    [one] 1 question
   *[other] { $questions } questions
}. Pick a topic to see what it asks:
topic-questions = { $count ->
    [one] 1 question on { $topic }:
   *[other] { $count } questions on { $topic }:
}
topic-size = { $count ->
    [one] 1 question
   *[other] { $count } questions
}
unknown-button = This button is not one of mine, or belongs to another channel. `/quiz` asks a new question.
question-gone = This question is gone. `/quiz` asks another.
store-failed-chat = That could not be saved, so it does not count. Please try again in a moment.
daily-set = Done: { $what }. The first comes { $when }.
daily-when = Daily question at { $time } ({ $zone }), { $days }
every-day = every day
day-mon = Mon
day-tue = Tue
day-wed = Wed
day-thu = Thu
day-fri = Fri
day-sat = Sat
day-sun = Sun
daily-next = Next: { $when }
daily-off = It is off. `/daily set` turns it on again.
daily-off-because = Discord refused it, so it is off: { $reason } Mend that, then `/daily set` it again.
daily-none = There is no daily question here. `/daily set` begins one.
daily-stopped = The daily question is off now. `/daily set` turns it on again.
daily-last-posted = Latest: posted { $when }
daily-last-failed = Latest: failed { $when }: { $reason }
daily-last-sending = Latest: on its way since { $when }
daily-yesterday = The question before
daily-nobody = Nobody scored. Be the first today!
daily-winners = Best of the day: { $names }
settings-are = Language: { $language } · Questions: { $mode } · Reveal to all: { $revealers }
settings-own-language = everybody's own
settings-own-mode = as each question allows
mode-choice = multiple choice
mode-typed = in your own words
mode-reveal = think and reveal
revealers-asker = whoever asked; anyone after a minute
revealers-everyone = anyone at any time
forget-sure = This deletes your answers, points, streak, memories and settings, here and in every other server. It can't be undone. `/privacy export` gives you a copy first.
forgotten = Done. Your answers, points, streak, memories and settings are deleted, in every server.
kept = Nothing was deleted.
exported = This is everything Viva stores about you.
hello-discord = **Hello, I'm Viva.** I turn study notes into quizzes. Three things to try:
    • `/quiz` asks a question, `/quiz topic:overfitting` one on a subject of yours
    • `/leaderboard` shows who leads
    • `/daily set` posts a question here every morning
    `/help` tells the rest.
help-discord = **Ask and answer**
    `/quiz [topic] [mode] [language]` asks a question; press a button to answer
    `/review` asks what you are about to forget
    `/topics` shows what there is to learn
    {""}**See how you stand**
    `/leaderboard [window] [topic]`, `/stats [member]`
    {""}**Set up** (for those who manage the server)
    `/daily set`, `/daily show`, `/daily stop`, `/settings`, `/doctor`
    {""}**Your data**
    `/privacy export`, `/privacy forget`
missing-permission = I may not post in { $channel }: grant me { $permissions } there.
doctor-fine = Everything is in order here: I may see this channel, write in it and attach files.
doctor-missing = In { $channel } I lack: { $permissions }. Grant them in the channel's settings, under Permissions.
doctor-elsewhere-fine = { $count ->
    [0] There are no other text channels.
    [one] In the other text channel I may do the same.
   *[other] In the { $count } other text channels I may do the same.
}
doctor-elsewhere = In other channels I lack something, which matters only where you want me:
doctor-elsewhere-more = … and in { $count } more.
permission-view = View Channel
permission-send = Send Messages
permission-threads = Send Messages in Threads
permission-attach = Attach Files

command-quiz = Ask a question
command-review = Ask what you are about to forget
command-topics = Show what there is to learn
command-leaderboard = Show who leads
command-stats = Show your record, or somebody else's
command-daily = A question every day in this channel
command-daily-set = Begin a daily question, or change it
command-daily-show = Show the daily question and how its latest post went
command-daily-stop = End the daily question
command-settings = Show and change how Viva is set up here
command-doctor = Say what keeps Viva from working here
command-help = Say what Viva can do
command-privacy = What Viva stores about you
command-privacy-export = Get everything that Viva stores about you
command-privacy-forget = Delete everything that Viva stores about you
option-topic = A subject, in any language, as you would say it
option-mode = How to ask
option-language = In which language
option-window = Of which time
option-member = Whose record
option-time = When, as in 08:30
option-timezone = By which clock, as in Europe/Berlin
option-channel = In which channel; this one if you leave it out
option-weekdays = On which days, as in mon-fri; every day if you leave it out
option-reveal = Who may show an answer to everybody

## Telegram

button-open-chat = Open the chat
telegram-card-typed = Reply to this message in your own words; a full answer names { $points } points.
telegram-card-letters = More than one is right: reply to this message with all their letters, such as A C.
telegram-unknown-command = There is no command /{ $given }. /help lists them.
telegram-unknown-button = This button belongs to another chat, or to a question that is gone. /quiz asks a new one.
only-administrators = Only administrators of this chat can do that.
telegram-daily-none = There is no daily question here.
telegram-daily-off = It is off.
telegram-daily-off-because = Telegram refused it, so it is off: { $reason }. Mend that, then set it again.
telegram-daily-stopped = The daily question is off now. /daily and a time turn it on again.
telegram-daily-usage = To begin or change it: /daily 08:30 Europe/Berlin
    Only on some days, or on one topic: /daily 08:30 Europe/Berlin mon-fri optimization
    To end it: /daily off
telegram-daily-channel = In a channel polls are anonymous, so nobody gets points here. In a group everybody does.
telegram-daily-lonely = Nobody has answered for a week, so I come without a sound from now on. /daily off ends this, one answer brings the sound back.
settings-title = How Viva is set up here. Press a line to change it:
setting-button = { $setting }: { $value }
setting-language = Language
setting-mode = Questions
setting-revealers = Reveal to all
setting-rich = Answers
rich-on = laid out, for up-to-date apps
rich-off = plain, for every app
telegram-doctor-fine = Everything is in order here: I may write and send polls.
telegram-doctor-messages = I may not write here. Let members send messages, or make me an administrator who may.
telegram-doctor-polls = I may not send polls here. Allow polls in the group's permissions, or make me an administrator.
telegram-doctor-unknown = I could not find out what I may do here: { $reason }
telegram-doctor-privacy = Privacy mode is on: I see commands and replies to my messages, and nothing else. That is all I need.
telegram-doctor-reads-all = Privacy mode is off: Telegram shows me all messages here, though I need only commands and replies. @BotFather turns it on with /setprivacy.
telegram-forget-sure = This deletes your answers, points, streak, memories and settings, here and in every other chat. It can't be undone. /privacy export gives you a copy first.
telegram-forgotten = Done. Your answers, points, streak, memories and settings are deleted, in every chat.
telegram-export-sent = I sent it to you in our private chat.
telegram-export-begin = I can write to you alone only once you have opened a chat with me. Open it, then send /privacy export there.
telegram-try-again = That did not work just now. Please try again in a moment.
telegram-privacy-usage = /privacy export sends you everything that Viva stores about you.
    /privacy forget deletes it.
hello-telegram = Hello, I'm Viva. I turn study notes into quizzes. Three things to try:
    /quiz asks a question, /quiz overfitting one on a subject of yours
    /leaderboard shows who leads
    /daily 08:30 Europe/Berlin posts a question here every morning
    /help tells the rest.
help-telegram = Ask and answer
    /quiz [topic] [choice|typed|reveal] asks a question
    /review asks what you are about to forget
    /topics shows what there is to learn
    /hint, /reveal and /skip help with the open question
    {""}
    See how you stand
    /leaderboard [today|week|month|all|season] [topic]
    /stats shows your record
    {""}
    Set up (administrators)
    /daily, /settings, /season NAME, /doctor
    {""}
    For yourself
    /language en|zh
    /privacy export, /privacy forget
command-season = Begin a new season of the leaderboard
command-language = Choose the language Viva speaks with you

# Charts. What stands on them must be short; those that end in -alt say the same to who can't see them.
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
chart-calendar = Answers in the last half year
chart-less = less
chart-more = more
chart-calendar-alt = Answers in the last half year: { $answers } on { $days ->
    [one] one day
   *[other] { $days } days
}{""}, at most { $most } on one.
chart-topics = Right answers by topic
chart-forecast = Your memory in the next two weeks
chart-recall = still remembered if you repeat nothing
chart-due = questions that come back
chart-forecast-alt = If you repeat nothing, you will remember { $recall } % in two weeks; { $due ->
    [one] one question comes
   *[other] { $due } questions come
}{""} back until then.

## Remarks on notes, for `viva check` and the log

severity-note = note
severity-warning = warning
severity-error = error
remark-unreadable = this can't be opened ({ $reason }); check the path and its permissions
remark-not-utf8 = this file is not UTF-8 and is left out; save it as UTF-8 (an editor's “Save with encoding”)
remark-too-large = this file is larger than { $limit } MiB and is left out; split it
remark-symlink-loop = this link leads back into its own folder and is not followed; remove it
remark-empty = this file is empty; write a heading that asks and the answer below it
remark-no-question = no question was found here; write each as a heading (## Why …?) with its answer below, or say `read_as: none` in the front matter if this file holds none
remark-front-matter = the front matter can't be read and is ignored ({ $reason }); it knows title, language (en or zh), topics (a list) and read_as
remark-front-matter-open = the front matter has no end; add a line --- after it, or take the first line away
remark-grade = { $key } is “{ $value }”; write a number from 1 to 5
remark-attribute = the attribute “{ $key }” is unknown and ignored; there are #id, difficulty, frequency, topics and aliases
remark-unclosed-fence = this listing has no end, so all that follows is in it; add a line with { $fence } after its last line
remark-unclosed-details = this <details> has no end; add </details> after its last line
remark-unclosed-formula = this formula has no end; add $$ after it, or write \$\$ where dollars are meant
remark-too-deep = lists, quotes and tags nest deeper than { $depth } here, deeper ones are flattened; split them
remark-id-taken = the id { $id } is taken by { $by }, so this question is { $free }; give it an id of its own: {"{"}#…{"}"} after its heading
remark-near-duplicate = this asks nearly the same as { $twin }; merge the two, or word them further apart
remark-missing-image = the picture “{ $url }” is not there; add “{ $path }” to the bank or mend the path
remark-image-outside = the picture “{ $url }” lies outside of the bank and is left out; move it beside the notes
remark-no-answer = “{ $title }” has no answer; write it below the heading
remark-too-few-options = the quiz below this question, at “{ $asked }”, has fewer than two options and is left out; add `- [ ]` lines
remark-empty-option = the quiz below this question, at “{ $asked }”, has an option without a text and is left out; write the option after its box
remark-no-right-option = the quiz below this question, at “{ $asked }”, has no right option and is left out; mark the right ones with `- [x]`
skip-contents = a table of contents
skip-licence = a licence
skip-contributions = about contributions
skip-references = a list of references
skip-introduction = an introduction
skip-top = a link to the top
skip-before = text before the first question
remark-letter = the answer is { $named }, but the options end at { $last }, so all of it is read as text; mend the letter
remark-attributes-open = the attributes of this heading have no end; add {"}"} after them
remark-id = the id “{ $id }” should have lower-case letters, digits and hyphens only; it is used as it is
remark-no-notes = there is no file of notes (.md, .markdown, .txt) in this folder; name another

## The command line

check-file = { $questions ->
    [one] 1 question
   *[other] { $questions } questions
}, read as { $habit }, { $language }
check-skipped = ; skipped { $what }
check-and = {", "}
check-question = ({ $choices ->
    [one] 1 quiz
   *[other] { $choices } quizzes
}, { $points ->
    [one] 1 key point
   *[other] { $points } key points
})
check-pictures = { $drawn ->
    [one] 1 picture
   *[other] { $drawn } pictures
}{" "}drawn, { $fallen } sent as text
check-all = { $questions ->
    [one] 1 question
   *[other] { $questions } questions
}, { $errors ->
    [one] 1 error
   *[other] { $errors } errors
}, { $warnings ->
    [one] 1 warning
   *[other] { $warnings } warnings
}
search-nothing = nothing found for “{ $query }”; try another word
show-nothing = nothing matches “{ $query }”; `viva search` finds what there is
bank-missing = there is nothing at { $path }; name a file or folder of notes with --bank
no-home = there is no home folder to keep answers in; name a file with --database sqlite:FILE
no-data-folder = the folder { $path } could not be made; name another place with --database sqlite:FILE
nothing-to-serve = no chat platform is set up, so there is nothing to serve.
    Set DISCORD_TOKEN or TELEGRAM_TOKEN to a bot's token, or both, or chat right here with `viva console`.
out-unmade = the folder { $path } can't be made; name another with --out
out-unwritten = { $path } can't be written; check the folder
pictures-drawing = drawing
pictures-none = this question needs no pictures: all of it is text
pictures-fell-back = the { $kind } “{ $source }” is sent as text: { $reason }
kind-formula = formula
kind-table = table
kind-figure = figure
not-drawn-long = it is { $bytes } bytes long, and at most { $limit } are drawn
not-drawn-unreadable = it can't be read: { $detail }
not-drawn-glyph = there is no glyph for “{ $glyph }” ({ $code })
not-drawn-large = it would be { $width } by { $height } pixels large
not-drawn-costly = it would take too long to draw: { $detail }
not-drawn-blank = nothing of it can be seen
not-drawn-forbidden = it holds { $detail }, which a picture may not
not-drawn-gave-up = the library that draws it gave up
not-read-missing = it is not in the bank
not-read-large = its file is too large
not-read = its file can't be read ({ $reason })
doctor-notes = notes: { $questions ->
    [one] 1 question
   *[other] { $questions } questions
}{" "}in { $files ->
    [one] 1 file
   *[other] { $files } files
}
doctor-no-question = notes: no question was found; `viva check` says why
doctor-notes-failed = notes: { $error }
doctor-pictures = pictures: all { $drawn } can be drawn
doctor-fallen = pictures: { $drawn } can be drawn, { $fallen } are sent as text:
doctor-more-fallen = … `viva check --pictures` names all
doctor-database = database: open and up to date
doctor-database-failed = database: { $error }
doctor-tokens = chats: tokens are set for { $platforms }
doctor-and = {" and "}
doctor-no-token = chats: no token is set; `viva run` needs DISCORD_TOKEN or TELEGRAM_TOKEN, `viva console` none
doctor-tokens-failed = chats: { $error }

cli = Turns notes into quizzes, answer reveals and leaderboards
cli-more = Viva reads questions and answers from Markdown notes and asks them in a chat: in this terminal with `viva console`, elsewhere with `viva run`.
cli-template = {"{"}about-with-newline{"}"}
    Usage: {"{"}usage{"}"}

    {"{"}all-args{"}"}
cli-commands = Commands
cli-arguments = Arguments
cli-options = Options
cli-console = Chat with Viva in this terminal
cli-console-more = {""}
cli-run = Serve Discord and Telegram, with the bots' tokens in DISCORD_TOKEN and TELEGRAM_TOKEN
cli-run-more = DISCORD_API_URL sends requests to a proxy instead of discord.com; VIVA_SHARDS, such as 0-3/16, runs a part of the shards, so that several processes can share a database. TELEGRAM_API_URL names a Bot API server of your own instead of api.telegram.org; TELEGRAM_WEBHOOK_URL has Telegram post updates there instead of being asked for them, and Viva listens on TELEGRAM_WEBHOOK_LISTEN, 127.0.0.1:8080 if unset.
cli-check = Say what is found in notes, and what is wrong with them
cli-check-more = Exit status: 0 without errors, 1 with errors, 2 for wrong usage.
cli-search = Find questions
cli-search-more = {""}
cli-show = Print a question and its answer as a platform would get them
cli-show-more = {""}
cli-doctor = Say whether Viva has what it needs: notes, a database, glyphs for pictures, tokens
cli-doctor-more = Exit status: 0 if it has, 1 if something is missing.
cli-help = Print what a command accepts
cli-completions = Print a completion script for a shell
cli-completions-more = {""}
cli-argument-bank = A file or folder of notes (.md, .markdown, .txt); may be given several times. Without it, VIVA_BANK or the bundled questions
cli-argument-database = Where answers are kept: sqlite:FILE or postgres://… Without it, DATABASE_URL or a file in your data folder
cli-argument-language = The language Viva speaks: en or zh. Without it, that of your system
cli-argument-paths = Files and folders of notes
cli-argument-pictures = Draw every formula, table and figure too, and say which are sent as text because they can't be drawn
cli-argument-format = How to print it: text, which it is by default, or json, for programs. Messages of a platform are always JSON
cli-argument-query = What to look for, in any language, or a question's id
cli-argument-limit = How many to print at most, 5 by default
cli-argument-platform = For which platform: console, which it is by default, discord, telegram, or telegram-rich, with rich messages for up-to-date apps
cli-argument-out = Write every picture of the question and its answer into this folder, instead of printing messages
cli-argument-shell = Which shell: bash, elvish, fish, powershell or zsh
cli-argument-help = Print this
cli-argument-version = Print the version
