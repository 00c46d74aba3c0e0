//! Journeys on Telegram: the real program, a stand-in for the Bot API, people who vote, press, reply and type.

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::Connection;
use viva_tests::telegram::story::member::Member;
use viva_tests::telegram::{Fault, Standing, Telegram, schema};
use viva_tests::{Machine, Talk, seeds};

use super::discord::{CIRCLE, PICTURED, bare, is_tall, without_pictures};

const SUM: &str = "## What is one and one? {#sum topics=\"arithmetic\"}\n\nIt is **two**, because of **Peano**.\n\n\
    ### Quiz\n\n- [ ] one\n  > Too few.\n- [x] two\n  > Count.\n- [ ] three\n  > Too many.\n";
const PRIMES: &str = "## Which numbers are prime? {#primes}\n\n**Two** and **three** are.\n\n\
    ### Quiz\n\n- [x] two\n- [x] three\n- [ ] four\n";
const LISTINGS: &str = "## Which listing adds? {#listings}\n\nThe **first** one.\n\n\
    ### Quiz\n\n- [x] `1 + 1`\n- [ ] `1 - 1`\n";
const MANTRA: &str = "## What does the mantra say? {#mantra}\n\nNothing that could be < graded & weighed.\n";

/// Viva on a Telegram of its own.
struct Story {
    machine: Machine,
    telegram: Telegram,
    program: Option<Talk>,
    more: Vec<(&'static str, String)>,
}

impl Story {
    async fn begin(notes: &str) -> Self {
        let machine = Machine::default();
        machine.write("notes.md", notes);
        machine.write("figures/circle.svg", CIRCLE);
        let mut story = Self { machine, telegram: Telegram::start().await, program: None, more: Vec::new() };
        story.start().await;
        story
    }

    async fn start(&mut self) {
        let mut environment = vec![
            ("TELEGRAM_TOKEN", self.telegram.token().to_owned()),
            ("TELEGRAM_API_URL", self.telegram.url()),
        ];
        environment.extend(self.more.clone());
        self.program = Some(self.machine.serve(&environment, &["--bank", "notes.md"]));
        self.telegram.bot_is_there().await;
    }

    /// Waits until what was done is handled: a vote may have to wait for the word that its poll was posted.
    async fn settles(&self) {
        self.telegram.bot_has_seen_all().await;
        tokio::time::sleep(Duration::from_millis(400)).await;
    }

    fn stop(&mut self) {
        let program = self.program.take().expect("it runs");
        assert_eq!(program.stop(), Some(0));
    }

    fn kill(&mut self) {
        drop(self.program.take());
    }

    fn end(mut self) {
        self.stop();
        assert_eq!(self.telegram.violations(), [""; 0]);
    }
}

fn says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word:?} is missing in\n{text}");
    }
}

/// What comes of writing something.
async fn asks(member: &Member, words: &str) -> String {
    member.says(words).await;
    member.chat().next_message().await.text()
}

/// A formula between a picture on the web and one beside the notes.
const REMOTE: &str = "## What is ridge? {#ridge}\n\n![on the web](https://example.org/ridge.png)\n\n\
    $$\\hat\\beta = (X^\\top X + \\lambda I)^{-1} X^\\top y$$\n\n![a circle](figures/circle.svg)\n";

/// A time two minutes ahead at most, in UTC.
fn soon() -> String {
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(70);
    soon.strftime("%H:%M").to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn five_members_vote_and_two_share_a_rank() {
    let story = Story::begin(SUM).await;
    let group = story.telegram.supergroup("Study");
    let [ann, bob, cid, dan, eve] = ["Ann", "Bob", "Cid", "Dan", "Eve"].map(|name| group.member(name));
    ann.says("/quiz sum").await;
    let poll = group.next_poll().await;
    assert_eq!(poll.text(), "What is one and one?");
    let right = poll.correct()[0];
    assert_eq!(poll.options()[right], "two");
    assert_eq!(poll.poll()["explanation"], "Count.");
    cid.votes(&poll, poll.wrong()).await;
    for member in [&bob, &dan, &eve] {
        member.votes(&poll, right).await;
        // Each is first to be handled, so that the tie is one of points and not of speed.
        story.settles().await;
    }
    bob.forces_vote(&poll, &[poll.wrong()]).await;
    story.telegram.repeats_the_last_update();
    story.settles().await;

    let refused = bob.clicks(&poll, "Close").await.answer().await;
    says(&refused, &["Only who asked can close"]);
    ann.clicks(&poll, "Close").await.answer().await;
    poll.closed().await;
    let board = asks(&dan, "/leaderboard today").await;
    says(&board, &["Bob", "· 15 points", "· 10 points", "You are number 2 of 4."]);
    assert_eq!(board.matches("🥈").count(), 2, "{board}");
    says(&asks(&cid, "/stats").await, &["1 answered, 0 right"]);
    let albums = story.telegram.called("sendMediaGroup", 1).await;
    assert_eq!(albums[0].files.len(), 3, "a calendar, topics, a forecast");
    says(&albums[0].body["media"].to_string(), &["Answers in the last half year: 1 on one day"]);
    // The board's chart comes with it, or in its place if that went out before it was drawn.
    let board = || {
        let photo = story.telegram.calls("sendPhoto").pop().map(|sent| sent.body["caption"].clone());
        let edit = story.telegram.calls("editMessageMedia").pop();
        photo.or_else(|| edit.map(|edit| edit.body["media"]["caption"].clone()))
    };
    for _ in 0..25 {
        if board().is_some() {
            break;
        }
        story.settles().await;
    }
    let caption = board().expect("a chart");
    says(caption.as_str().expect("a caption"), &["Bob", "15 points"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn each_exercise_has_its_way() {
    let story = Story::begin(&[SUM, PRIMES, LISTINGS, MANTRA].concat()).await;
    let group = story.telegram.supergroup("Study");
    let (ann, bob) = (group.member("Ann"), group.member("Bob"));

    // Several right options make a poll that takes several votes.
    ann.says("/quiz primes").await;
    let poll = group.next_poll().await;
    assert_eq!(poll.correct().len(), 2);
    ann.votes_for(&poll, &poll.correct()).await;
    story.settles().await;

    // Code does not fit a poll: it becomes buttons, and the verdict is for the presser alone.
    ann.says("/quiz listings").await;
    let card = group.next_message().await;
    says(&card.text(), &["Which listing adds?", "1 + 1", "Nobody has answered yet"]);
    let letter = |words: &str| {
        let text = card.text();
        let line = text.lines().find(|line| line.ends_with(words)).expect("an option");
        line[..1].to_owned()
    };
    says(&bob.clicks(&card, &letter("1 + 1")).await.answer().await, &["Right!", "+10 points"]);
    says(&bob.clicks(&card, &letter("1 - 1")).await.answer().await, &["Your first answer counts"]);
    let mut card = card;
    says(&card.edited().await, &["1 has answered"]);
    ann.clicks(&card, "Close").await.answer().await;
    says(&card.edited().await, &["Closed; 1 answered, 1 right", "Bob"]);

    // In own words, by a reply.
    ann.says("/quiz sum typed").await;
    let card = group.next_message().await;
    says(&card.text(), &["Reply to this message", "a full answer names 2 points"]);
    bob.replies(&card, "because of Peano").await;
    let verdict = group.next_message().await;
    says(&verdict.text(), &["Partly right", "You named:", "Peano", "Still missing:", "two"]);
    assert!(verdict.has("spoiler"), "what is missing is hidden from the others");

    // Think and reveal: alone, in the private chat that the button leads to, or for all.
    ann.says("/quiz mantra").await;
    let card = group.next_message().await;
    let show = card.buttons().into_iter().find(|button| button.text == "Show me").expect("a button");
    let url = show.url.expect("a link");
    let payload = url.split("start=").nth(1).expect("a payload").to_owned();
    let alone = bob.privately();
    says(
        &asks(&alone, &format!("/start {payload}")).await,
        &["< graded & weighed", "How well did you know it?"],
    );
    let refused = bob.clicks(&card, "Reveal to all").await.answer().await;
    says(&refused, &["Whoever asked may reveal this now"]);
    ann.clicks(&card, "Reveal to all").await.answer().await;
    let shown = group.next_message().await;
    says(&shown.text(), &["< graded & weighed"]);
    assert!(shown.has("expandable_blockquote"));
    says(&bob.clicks(&shown, "Well").await.answer().await, &["due again"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_chat_goes_from_question_to_question() {
    let story = Story::begin(&[SUM, MANTRA].concat()).await;
    let ann = story.telegram.person("Ann");
    says(&asks(&ann, "/start").await, &["Hello, I'm Viva", "/quiz"]);
    // More than three in a row: each is over once it was answered.
    for _ in 0..4 {
        ann.says("/quiz sum").await;
        let poll = ann.chat().next_poll().await;
        ann.votes(&poll, poll.correct()[0]).await;
        poll.closed().await;
    }
    ann.says("/quiz sum typed").await;
    let card = ann.chat().next_message().await;
    says(&card.text(), &["Reply to this message"]);
    ann.says("two, says Peano").await;
    let verdict = ann.chat().next_message().await;
    says(&verdict.text(), &["Right!", "No points: you had this one right"]);
    ann.clicks(&verdict, "Full answer").await.answer().await;
    says(&ann.chat().next_message().await.text(), &["It is two, because of Peano."]);
    // A suggestion is a button.
    let none = asks(&ann, "/quiz elephants").await;
    says(&none, &["elephants"]);
    says(&asks(&ann, "/nonsense").await, &["There is no command /nonsense"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn both_languages_are_spoken() {
    let story = Story::begin(SUM).await;
    let group = story.telegram.supergroup("学习");
    let ann = group.administrator("安").speaking("zh-hans");
    says(&asks(&ann, "/help").await, &["出题与作答"]);
    says(&asks(&ann, "/language en").await, &["From now on in English."]);
    says(&asks(&ann, "/help").await, &["Ask and answer"]);
    let commands = story.telegram.commands("all_chat_administrators", "zh");
    assert!(commands.contains(&"daily".to_owned()), "{commands:?}");
    assert!(!story.telegram.commands("all_group_chats", "").contains(&"daily".to_owned()));
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_of_a_forum_is_a_place_of_its_own() {
    let story = Story::begin(SUM).await;
    let forum = story.telegram.forum("Study");
    let (maths, chess) = (forum.topic("Maths"), forum.topic("Chess"));
    let ann = maths.member("Ann");
    ann.says("/quiz sum").await;
    let poll = maths.next_poll().await;
    assert_eq!(poll.thread(), maths.thread());
    ann.votes(&poll, poll.correct()[0]).await;
    story.settles().await;
    let bob = chess.member("Bob");
    says(&asks(&bob, "/leaderboard").await, &["Ann", "10 points"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_counts_though_viva_was_away() {
    let mut story = Story::begin(SUM).await;
    let group = story.telegram.supergroup("Study");
    let ann = group.member("Ann");
    ann.says("/quiz sum").await;
    let poll = group.next_poll().await;
    story.settles().await;
    story.stop();
    ann.votes(&poll, poll.correct()[0]).await;
    // The notes have changed meanwhile: the round keeps what it asked.
    story.machine.write("notes.md", MANTRA);
    story.start().await;
    story.settles().await;
    says(&asks(&ann, "/leaderboard").await, &["Ann", "10 points"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_keeps_everything_when_it_becomes_a_supergroup() {
    let story = Story::begin(SUM).await;
    let group = story.telegram.group("Study");
    let ann = group.owner("Ann");
    ann.says("/quiz sum").await;
    let poll = group.next_poll().await;
    ann.votes(&poll, poll.correct()[0]).await;
    says(&asks(&ann, "/daily 23:59 UTC").await, &["Done: Daily question at 23:59"]);
    ann.says("/quiz sum typed").await;
    let _card = group.next_message().await;
    story.settles().await;
    let after = group.becomes_supergroup();
    let ann = after.welcomes(&ann);
    ann.becomes(Standing::Creator);
    says(&asks(&ann, "/leaderboard").await, &["Ann", "10 points"]);
    says(&asks(&ann, "/daily").await, &["Daily question at 23:59", "Next:"]);
    // The question that was open still is: it can be left.
    says(&asks(&ann, "/skip").await, &["Skipped"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_are_shared_in_any_chat() {
    let story = Story::begin(&[SUM, MANTRA].concat()).await;
    let ann = story.telegram.person("Ann");
    let results = ann.types_inline("mantra").await.results().await;
    assert_eq!(results[0]["title"], "What does the mantra say?");
    let url = results[0]["reply_markup"]["inline_keyboard"][0][0]["url"].as_str().expect("a link").to_owned();
    let payload = url.split("start=").nth(1).expect("a payload").to_owned();
    says(&asks(&ann, &format!("/start {payload}")).await, &["What does the mantra say?"]);
    assert!(ann.types_inline("").await.results().await.len() == 2);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_decide_who_may() {
    let story = Story::begin(SUM).await;
    let group = story.telegram.supergroup("Study");
    let (ann, boss, ghost) =
        (group.member("Ann"), group.administrator("Boss"), group.anonymous_administrator("Ghost"));
    says(&asks(&ann, "/daily 08:30 UTC").await, &["Only administrators"]);
    says(
        &asks(&ghost, "/daily 08:30 Asia/Kathmandu mon-fri arithmetic").await,
        &["08:30 (Asia/Kathmandu), Mon, Tue, Wed, Thu, Fri · arithmetic"],
    );
    says(&asks(&boss, "/daily 8 o'clock").await, &["8", "no time of the day", "/daily 08:30 Europe/Berlin"]);
    says(&asks(&boss, "/daily 08:30 Mars/Base").await, &["no time zone “Mars/Base”"]);
    says(&asks(&boss, "/daily off").await, &["off now"]);
    says(&asks(&boss, "/doctor").await, &["Everything is in order", "Privacy mode is on"]);
    boss.says("/settings").await;
    let mut settings = group.next_message().await;
    let language = settings.buttons()[0].text.clone();
    says(&language, &["Language: everybody's own"]);
    says(&ann.clicks(&settings, &language).await.answer().await, &["Only administrators"]);
    boss.clicks(&settings, &language).await.answer().await;
    settings.edited().await;
    says(&settings.buttons()[0].text, &["Language: English"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn rich_answers_come_where_they_are_wanted_and_known() {
    let story = Story::begin(SUM).await;
    let group = story.telegram.supergroup("Study");
    let boss = group.administrator("Boss");
    boss.says("/settings").await;
    let mut settings = group.next_message().await;
    boss.clicks(&settings, "Answers: plain, for every app").await.answer().await;
    settings.edited().await;
    let reveal = async || {
        boss.says("/quiz sum reveal").await;
        let card = group.next_message().await;
        boss.clicks(&card, "Reveal to all").await.answer().await;
        group.next_message().await
    };
    let rich = reveal().await;
    assert_eq!(rich.method(), "sendRichMessage");
    says(&rich.text(), &["It is two, because of Peano."]);
    story.telegram.knows_rich_messages(false);
    for _ in 0..2 {
        let classic = reveal().await;
        assert_eq!(classic.method(), "sendMessage");
        says(&classic.text(), &["It is two, because of Peano."]);
    }
    assert_eq!(story.telegram.calls("sendRichMessage").len(), 2, "a server that knows none is asked once");
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_write_stays_text() {
    let story = Story::begin(SUM).await;
    let group = story.telegram.supergroup("Study");
    let ann = group.member("<b>Ann</b> \u{202e}&lt;");
    ann.says("/quiz sum").await;
    let poll = group.next_poll().await;
    ann.votes(&poll, poll.correct()[0]).await;
    story.settles().await;
    says(&asks(&ann, "/leaderboard").await, &["<b>Ann</b> &lt;"]);
    for wrote in ["<b>", "&lt;", "\u{202e}abc", &"🙂".repeat(2_000)] {
        let said = asks(&ann, &format!("/quiz {wrote}")).await;
        assert!(said.chars().count() < 4_096, "{said}");
    }
    for kind in ["unknown_update", "unknown_reaction"] {
        story.telegram.delivers(kind, json!({ "what": "ever" }));
    }
    story.telegram.delivers("poll_answer", json!({ "poll_id": poll.poll_id(), "option_ids": [0] }));
    let said = ann.says("/stats").await;
    says(&group.next_message().await.text(), &["1 answered, 1 right"]);
    ann.edits(&said, "/help").await;
    story.settles().await;
    group.stays_quiet(Duration::from_millis(500)).await;
    // A forged button, and one of another chat.
    let other = story.telegram.supergroup("Other");
    let bob = other.member("Bob");
    bob.says("/quiz sum typed").await;
    let card = other.next_message().await;
    for data in ["c:1:0", "e:1", "x", "c:99999:0", "f:1"] {
        let said = bob.clicks_data(&card, data).await.answer().await;
        assert!(said.contains("belongs to another chat"), "{data}: {said:?}");
    }
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_may_leave_no_trace() {
    let story = Story::begin(SUM).await;
    let group = story.telegram.supergroup("Study");
    let ann = group.member("Ann");
    ann.says("/quiz sum").await;
    let poll = group.next_poll().await;
    ann.votes(&poll, poll.correct()[0]).await;
    story.settles().await;
    // Nobody can be written to who has not begun.
    says(&asks(&ann, "/privacy export").await, &["once you have opened a chat"]);
    let alone = ann.privately();
    asks(&alone, "/start").await;
    alone.says("/privacy export").await;
    let file = alone.chat().next_message().await;
    let export: Value = serde_json::from_slice(&file.files()[0].bytes).expect("JSON");
    assert!(export.to_string().contains("sum"), "{export}");
    alone.says("/privacy forget").await;
    let mut sure = alone.chat().next_message().await;
    alone.clicks(&sure, "Forget me").await.answer().await;
    says(&sure.edited().await, &["Done."]);
    says(&asks(&ann, "/stats").await, &["You have not answered anything yet"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn viva_says_hello_once_and_speaks_no_more_when_put_out() {
    let story = Story::begin(SUM).await;
    let group = story.telegram.supergroup("Study");
    let boss = group.administrator("Boss");
    group.makes_bot(Standing::Left, &boss);
    group.brings_in_the_bot(&boss);
    says(&group.next_message().await.text(), &["Hello, I'm Viva", "/quiz", "/leaderboard", "/daily"]);
    says(&asks(&boss, "/daily 23:58 UTC").await, &["Done"]);
    group.makes_bot(Standing::Kicked, &boss);
    story.settles().await;
    group.brings_in_the_bot(&boss);
    says(&asks(&boss, "/daily").await, &["so it is off: Viva is not in this chat any more"]);
    story.end();
}

/// A daily question on the minute: in a group that answered the one before.
#[tokio::test(flavor = "multi_thread")]
async fn a_daily_question_comes_on_the_minute_and_never_twice() {
    let mut story = Story::begin(SUM).await;
    let group = story.telegram.supergroup("Study");
    let (boss, quiet, channel) =
        (group.administrator("Boss"), story.telegram.supergroup("Shut"), story.telegram.channel("News"));
    says(&asks(&boss, &format!("/daily {} UTC", soon())).await, &["Done: Daily question at"]);
    let other = quiet.administrator("Other");
    says(&asks(&other, &format!("/daily {} UTC", soon())).await, &["Done"]);
    channel.posts(&format!("/daily {} UTC", soon()));
    says(&channel.next_message().await.text(), &["polls are anonymous"]);
    quiet.forbids("polls");
    quiet.forbids("messages");
    // Telegram posts the question, but its word is lost, and Viva dies.
    story.telegram.fails("sendPoll", Fault::Lost);
    let mut polls = 0;
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        polls = story.telegram.calls("sendPoll").len();
        if polls >= 3 {
            break;
        }
    }
    assert_eq!(polls, 3, "one for each chat");
    tokio::time::sleep(Duration::from_secs(1)).await;
    story.kill();
    story.start().await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(story.telegram.calls("sendPoll").len(), 3, "none is sent again");
    quiet.allows_all();
    says(&asks(&other, "/daily").await, &["it is off: Bad Request: not enough rights"]);
    story.end();
}

/// How many daily questions fall due at once, where as many may not leave at once.
const RUSH: usize = 400;

#[tokio::test(flavor = "multi_thread")]
async fn a_rush_of_daily_questions_keeps_nobody_waiting() {
    let mut story = Story::begin(SUM).await;
    let group = story.telegram.supergroup("Study");
    let ann = group.member("Ann");
    asks(&ann, "/stats").await;
    story.stop();
    let rooms: Vec<_> = (0..RUSH).map(|n| story.telegram.supergroup(&format!("Group {n}"))).collect();
    let url = format!("sqlite:{}", story.machine.folder().join("viva.db").display());
    let mut database = sqlx::SqliteConnection::connect(&url).await.expect("the database");
    let due = jiff::Timestamp::now().as_millisecond();
    sqlx::query("BEGIN").execute(&mut database).await.expect("a transaction");
    for room in &rooms {
        for (statement, argument) in [
            ("INSERT INTO communities (platform, external) VALUES ('telegram', $1)", room.id().to_string()),
            (
                "INSERT INTO venues (community, platform, external) \
                 SELECT id, 'telegram', external FROM communities WHERE external = $1",
                room.id().to_string(),
            ),
        ] {
            sqlx::query(statement).bind(argument).execute(&mut database).await.expect("a row");
        }
        let schedule = "INSERT INTO schedules (venue, minute, time_zone, weekdays, topic, due_at) \
            SELECT id, 0, 'UTC', 127, '', $1 FROM venues WHERE external = $2";
        let schedule = sqlx::query(schedule).bind(due).bind(room.id().to_string());
        schedule.execute(&mut database).await.expect("a schedule");
    }
    sqlx::query("COMMIT").execute(&mut database).await.expect("it is written");
    story.telegram.limits_floods(true);
    let began = std::time::Instant::now();
    story.start().await;
    let mut slowest = Duration::ZERO;
    while story.telegram.calls("sendPoll").len() < RUSH {
        let asked = std::time::Instant::now();
        asks(&ann, "/stats").await;
        slowest = slowest.max(asked.elapsed());
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert!(began.elapsed() < Duration::from_secs(90), "{}", story.telegram.calls("sendPoll").len());
    }
    assert!(
        began.elapsed() > Duration::from_secs(RUSH as u64 / 30),
        "as fast as Telegram takes them, and no faster"
    );
    assert!(slowest < Duration::from_secs(2), "a reply took {slowest:?}");
    assert_eq!(story.telegram.refused(), 0);
    let chats: std::collections::HashSet<_> =
        story.telegram.calls("sendPoll").iter().map(|call| call.body["chat_id"].to_string()).collect();
    assert_eq!(chats.len(), RUSH, "each once");
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn telegram_stumbles_and_viva_goes_on() {
    let story = Story::begin(SUM).await;
    let group = story.telegram.supergroup("Study");
    let ann = group.member("Ann");
    story.telegram.fails("sendPoll", Fault::TooMany(1));
    ann.says("/quiz sum").await;
    let poll = group.next_poll().await;
    story.telegram.fails("answerCallbackQuery", Fault::ServerError);
    says(&ann.clicks(&poll, "Hint").await.answer().await, &["Not this one"]);
    story.telegram.goes_down();
    tokio::time::sleep(Duration::from_millis(500)).await;
    story.telegram.comes_back();
    story.telegram.delivers_twice(true);
    ann.votes(&poll, poll.correct()[0]).await;
    story.settles().await;
    story.telegram.delivers_twice(false);
    says(&asks(&ann, "/leaderboard").await, &["Ann", "10 points"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_are_posted_where_a_webhook_is_set() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let listen = free.local_addr().expect("an address").to_string();
    drop(free);
    let mut story = Story::begin(SUM).await;
    story.stop();
    let url = format!("http://{listen}/updates");
    story.more = vec![("TELEGRAM_WEBHOOK_URL", url.clone()), ("TELEGRAM_WEBHOOK_LISTEN", listen)];
    story.start().await;
    let ann = story.telegram.person("Ann");
    says(&asks(&ann, "/start").await, &["Hello, I'm Viva"]);
    let forged = reqwest::Client::new()
        .post(&url)
        .header("X-Telegram-Bot-Api-Secret-Token", "guess")
        .body("{\"update_id\":1}");
    assert_eq!(forged.send().await.expect("an answer").status(), 401);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_telegram_does_not_know_ends_the_program() {
    let telegram = Telegram::start().await;
    let machine = Machine::default();
    for token in ["7000000001:AAE-wrong_token-of-no-use-anywhere000", "nonsense"] {
        let environment = [("TELEGRAM_TOKEN", token.to_owned()), ("TELEGRAM_API_URL", telegram.url())];
        let mut program = machine.serve(&environment, &[]);
        program.hear("@BotFather");
        assert_eq!(program.ends(), Some(1));
    }
}

/// What people read of HTML, letters and digits alone.
fn read(html: &str) -> String {
    // Apps show the language of a listing above it.
    let html = html.replace("<code class=\"language-", "").replace("\">", " ");
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    bare(&text.replace("&lt;", "").replace("&gt;", "").replace("&quot;", "").replace("&amp;", ""))
}

/// What an answer says, with each picture's caption in the place of its number.
fn told(answer: &[Value]) -> String {
    let text = |message: &Value| {
        message["text"].as_str().or(message["rich_message"]["html"].as_str()).map(ToOwned::to_owned)
    };
    let mut told: String = answer.iter().filter_map(text).collect();
    let captions = answer.iter().filter_map(|message| message["media"].as_array()).flatten();
    // From the last, so that 1 is not found in 12.
    for caption in captions.rev().map(|picture| picture["caption"].as_str().expect("a caption")) {
        let (number, words) = caption.split_once(" · ").unwrap_or((caption, ""));
        for mark in [format!("🖼 <b>{number}</b>"), format!("🖼 {number}")] {
            if told.contains(&mark) {
                told = told.replacen(&mark, &words.replace(['<', '>'], " "), 1);
                break;
            }
        }
    }
    told
}

#[test]
fn real_notes_are_valid_messages_that_lose_nothing() {
    let Some(seeds) = seeds() else { return };
    let machine = Machine::default();
    let bank = seeds.display().to_string();
    let (_, report) = machine.json(&["check", &bank]);
    let questions = report["questions"].as_array().expect("questions");
    assert_eq!(questions.len(), 13);
    for question in questions {
        let id = question["id"].as_str().expect("an id");
        let show = |platform: &str| machine.json(&["show", id, "--bank", &bank, "--for", platform]).1;
        let console = show("console");
        let console = without_pictures(console["answer"][0].as_str().expect("an answer"));
        for (platform, method) in [("telegram", "sendMessage"), ("telegram-rich", "sendRichMessage")] {
            let shown = show(platform);
            let of = |part: &str| shown[part].as_array().expect("messages").clone();
            for message in of("question").iter().chain(&of("answer")) {
                let method = if message["media"].is_array() { "sendMediaGroup" } else { method };
                assert_eq!(schema::check_telegram(method, message), [""; 0], "{id}");
            }
            let told: String = read(&told(&of("answer")));
            // What the terminal shows of an answer, Telegram shows as well, in the same order; but a rich message
            // has formulas as LaTeX, where the terminal has characters.
            let mut rest = told.as_str();
            let words =
                console.lines().flat_map(|line| line.split_whitespace().map(move |word| (line, bare(word))));
            for (line, word) in words {
                let is_plain =
                    word.chars().all(|c| c.is_ascii_alphabetic() || ('\u{4e00}'..'\u{a000}').contains(&c));
                if word.is_empty() || word.starts_with("http") || method == "sendRichMessage" && !is_plain {
                    continue;
                }
                if is_tall(line) {
                    assert!(told.contains(&word), "{platform}: {id} lost {word:?}");
                    continue;
                }
                let found = rest.find(&word);
                assert!(found.is_some(), "{platform}: {id} lost {word:?} of {line:?}");
                rest = &rest[found.unwrap_or_default() + word.len()..];
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_readme_shows_what_a_chat_shows() {
    let machine = Machine::default();
    let telegram = Telegram::start().await;
    let environment = [("TELEGRAM_TOKEN", telegram.token().to_owned()), ("TELEGRAM_API_URL", telegram.url())];
    let program = machine.serve(&environment, &[]);
    telegram.bot_is_there().await;
    let group = telegram.supergroup("Study");
    let ann = group.member("Ann");
    let picture = super::readme("```text\n/quiz overfitting");
    // Which of its quizzes a question is asked with is up to chance.
    for _ in 0..30 {
        ann.says("/quiz overfitting").await;
        let poll = group.next_poll().await;
        let mut shown = vec![poll.text()];
        shown.extend(
            poll.poll()["description"]
                .as_str()
                .map(|above| above.lines().map(ToOwned::to_owned).collect::<Vec<_>>())
                .into_iter()
                .flatten(),
        );
        shown.extend(poll.options().iter().map(|option| format!("( ) {option}")));
        let buttons: Vec<String> =
            poll.buttons().iter().map(|button| format!("[ {} ]", button.text)).collect();
        shown.push(buttons.join(" "));
        ann.clicks(&poll, "Close").await.answer().await;
        if picture.iter().all(|line| shown.contains(line)) {
            assert_eq!(program.stop(), Some(0));
            return;
        }
    }
    panic!("the README shows {picture:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_followed_by_its_pictures_which_go_up_once() {
    let story = Story::begin(PICTURED).await;
    let ann = story.telegram.person("Ann");
    let show = async |uploads: usize| {
        ann.says("/quiz ridge reveal").await;
        let card = ann.chat().next_message().await;
        ann.clicks(&card, "Show me").await.answer().await;
        let answer = ann.chat().next_message().await;
        let text = answer.text();
        let places: Vec<_> = (1..=4).map(|n| text.find(&format!("🖼 {n}")).expect("a number")).collect();
        assert!(places.is_sorted(), "{text}");
        let mut pictures = Vec::new();
        for _ in 0..4 {
            pictures.push(ann.chat().next_message().await);
        }
        let captions: Vec<String> = pictures.iter().map(|picture| picture.text()).collect();
        for (caption, words) in captions.iter().zip(["1 · β", "2 · a circle", "3 · 方法", "4 · I"]) {
            assert!(caption.starts_with(words), "{captions:?}");
        }
        for picture in &pictures {
            assert_eq!(picture.method(), "sendMediaGroup");
            assert_eq!(picture.reply_to(), Some(answer.id()));
            assert!(picture.json()["photo"][0]["width"].as_u64() >= Some(60));
        }
        let albums = story.telegram.calls("sendMediaGroup");
        let sent = albums.iter().rfind(|call| call.status == 200).expect("an album");
        assert_eq!(sent.files.len(), uploads, "what went up once is known by its id");
        ann.clicks(&answer, "Well").await.answer().await;
    };
    show(4).await;
    show(0).await;
    story.telegram.forgets_files();
    show(4).await;
    show(0).await;

    let board = asks(&ann, "/leaderboard").await;
    says(&board, &["Nobody has points here yet"]);
    let stats = asks(&ann, "/stats").await;
    says(&stats, &["You have not answered anything yet"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_telegram_can_not_fetch_is_a_link() {
    let story = Story::begin(REMOTE).await;
    let ann = story.telegram.person("Ann");
    for (offline, pictures) in [(false, 3), (true, 2)] {
        story.telegram.is_offline(offline);
        ann.says("/quiz ridge reveal").await;
        let card = ann.chat().next_message().await;
        ann.clicks(&card, "Show me").await.answer().await;
        let answer = ann.chat().next_message().await;
        assert!(answer.json().to_string().contains("https://example.org/ridge.png"), "{}", answer.text());
        for _ in 0..pictures {
            assert_eq!(ann.chat().next_message().await.reply_to(), Some(answer.id()));
        }
        story.settles().await;
        let albums = story.telegram.calls("sendMediaGroup");
        let sent = albums.last().expect("an album");
        assert_eq!((sent.status, sent.body["media"].as_array().map(Vec::len)), (200, Some(pictures)));
        ann.clicks(&answer, "Well").await.answer().await;
    }
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_photos_are_not_allowed_text_says_it_all() {
    let story = Story::begin(SUM).await;
    let group = story.telegram.supergroup("Study");
    let ann = group.member("Ann");
    ann.says("/quiz sum").await;
    let poll = group.next_poll().await;
    ann.votes(&poll, poll.correct()[0]).await;
    story.settles().await;
    group.forbids("photos");
    says(&asks(&ann, "/leaderboard").await, &["Ann", "10 points"]);
    says(&asks(&ann, "/stats").await, &["1 answered, 1 right"]);
    story.settles().await;
    story.end();
}
