//! Journeys on Discord: the real program, a stand-in for Discord, people who press buttons.

use std::time::Duration;

use serde_json::Value;
use sqlx::Connection;
use viva_tests::discord::{Channel, Discord, Member, Mishap, Response, permissions, rules, schema};
use viva_tests::{Machine, Talk, seeds};

const SUM: &str = "## What is one and one? {#sum topics=\"arithmetic\"}\n\nIt is **two**, because of **Peano**.\n\n\
    ### Quiz\n\n- [ ] one\n  > Too few.\n- [x] two\n  > Count.\n- [ ] three\n  > Too many.\n";
const PRIMES: &str = "## Which numbers are prime? {#primes}\n\n**Two** and **three** are.\n\n\
    ### Quiz\n\n- [x] two\n- [x] three\n- [ ] four\n";
const MANTRA: &str = "## What does the mantra say? {#mantra}\n\nNothing that could be graded.\n";

/// Viva on a Discord of its own.
struct Story {
    machine: Machine,
    discord: Discord,
    program: Option<Talk>,
}

impl Story {
    async fn begin(notes: &str) -> Self {
        let machine = Machine::default();
        machine.write("notes.md", notes);
        machine.write("figures/circle.svg", CIRCLE);
        let mut story = Self { machine, discord: Discord::start().await, program: None };
        story.start().await;
        story
    }

    async fn start(&mut self) {
        let environment = [("DISCORD_TOKEN", self.discord.token()), ("DISCORD_API_URL", self.discord.url())];
        self.program = Some(self.machine.serve(&environment, &["--bank", "notes.md"]));
        self.discord.ready().await;
    }

    fn stop(&mut self) {
        let program = self.program.take().expect("it runs");
        assert_eq!(program.stop(), Some(0));
    }

    fn end(mut self) {
        self.stop();
        assert_eq!(self.discord.violations(), [""; 0]);
    }
}

/// The button of the option that says `words`.
fn option(card: &Response, words: &str) -> String {
    let text = card.text();
    let line = text.lines().find(|line| line.trim_end().ends_with(&format!("  {words}")));
    let line = line.expect("the card lists the option");
    card.button(line.trim_start_matches('*').get(..1).expect("a letter"))
}

/// A message once it has so many pictures: text may come first, and they a moment later.
async fn pictured(answer: &Response, count: usize) -> Response {
    let mut now = answer.now().expect("an answer");
    for _ in 0..200 {
        if now.files().len() == count {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        now = answer.now().expect("an answer");
    }
    assert_eq!(now.files().len(), count, "{}", now.text());
    now
}

fn says(response: &Response, words: &[&str]) {
    let text = response.text();
    for word in words {
        assert!(text.contains(word), "{word:?} is missing in\n{text}");
    }
}

async fn quiz(member: &Member, channel: &Channel, topic: &str) -> Response {
    let card = member.command(channel, "quiz", [("topic", topic)]).await;
    assert!(!card.is_private(), "{}", card.text());
    card
}

#[tokio::test(flavor = "multi_thread")]
async fn five_members_answer_and_two_share_a_rank() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let general = guild.general();
    let [ann, bob, cid, dan, eve] = ["Ann", "Bob", "Cid", "Dan", "Eve"].map(|name| guild.member(name));
    let card = quiz(&ann, &general, "sum").await;
    says(&card, &["What is one and one?", "two"]);
    let (right, wrong) = (option(&card, "two"), option(&card, "one"));

    let verdict = cid.press(&card, &wrong).await;
    assert!(verdict.is_private());
    says(&verdict, &["Not quite", "Too few.", "Count."]);
    for (member, points) in [(&bob, "+10 points"), (&dan, "+10 points"), (&eve, "+10 points")] {
        let verdict = member.press(&card, &right).await;
        assert!(verdict.is_private());
        says(&verdict, &["Right!", points]);
    }
    says(&bob.press(&card, &wrong).await, &["Your first answer counts"]);

    says(&bob.press(&card, &card.button("Close")).await, &["Only who asked can close"]);
    let closed = ann.press(&card, &card.button("Close")).await;
    says(&closed, &["4 answered, 3 right", "first right answer: Bob"]);
    says(&dan.press(&card, &right).await, &["Your first answer counts"]);
    says(&ann.press(&card, &right).await, &["This question is closed"]);

    let board = dan.command(&general, "leaderboard", [("window", "today")]).await;
    says(&board, &["number 2 of 4"]);
    // As a chart, which says the same in words.
    let board = pictured(&board, 1).await;
    let rows: Vec<String> =
        board.text().lines().filter(|line| line.contains(" points · ")).map(bare).collect();
    for (row, words) in rows.iter().zip(["Bob15points11", "Dan10points11", "Eve10points11", "Cid0points01"]) {
        assert!(row.ends_with(words), "{rows:?}");
    }
    assert_eq!(rows.len(), 4, "{}", board.text());
    let week = dan.press(&board, &board.button("This week")).await;
    assert!(week.is_private());
    says(&week, &["This week", "Bob"]);
    says(&cid.command(&general, "stats", []).await, &["1 answered, 0 right"]);
    let record = dan.command(&general, "stats", []).await;
    says(&record, &["Your record", "1 answered, 1 right"]);
    let calendar = "Answers in the last half year: 1 on one day, at most 1 on one.";
    says(
        &pictured(&record, 3).await,
        &[calendar, "Right answers by topic\narithmetic 1/1", "If you repeat nothing"],
    );
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn each_exercise_has_its_way() {
    let story = Story::begin(&[SUM, PRIMES, MANTRA].concat()).await;
    let guild = story.discord.guild("Study");
    let general = guild.general();
    let ann = guild.member("Ann");

    let several = quiz(&ann, &general, "primes").await;
    let menu = several.menus().remove(0);
    let values: Vec<String> = menu["options"]
        .as_array()
        .expect("options")
        .iter()
        .filter(|option| !option["label"].as_str().unwrap_or_default().ends_with("four"))
        .map(|option| option["value"].as_str().expect("a value").to_owned())
        .collect();
    let id = menu["custom_id"].as_str().expect("an id");
    says(
        &ann.select(&several, id, [values[0].as_str(), values[1].as_str()]).await,
        &["Right!", "+10 points"],
    );

    let typed = ann.command(&general, "quiz", [("topic", "sum"), ("mode", "typed")]).await;
    says(&typed, &["a full answer names 2 points"]);
    says(&ann.press(&typed, &typed.button("Hint")).await, &["begins with"]);
    let form = ann.press(&typed, &typed.button("Answer")).await;
    let verdict = ann.submit(&form, [("answer", "two, says Peano")]).await;
    assert!(verdict.is_private());
    says(&verdict, &["Right!", "You named", "Peano"]);

    let reveal = quiz(&ann, &general, "mantra").await;
    let shown = ann.press(&reveal, &reveal.button("Show me")).await;
    assert!(shown.is_private());
    says(&shown, &["Nothing that could be graded."]);
    says(&ann.press(&shown, &shown.button("Well")).await, &["It is due again"]);
    let all = ann.press(&reveal, &reveal.button("Reveal to all")).await;
    assert!(!all.is_private());
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_work_after_a_restart_and_a_change_of_the_notes() {
    let mut story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let general = guild.general();
    let (ann, bob) = (guild.member("Ann"), guild.member("Bob"));
    let card = quiz(&ann, &general, "sum").await;
    let right = option(&card, "two");
    story.stop();
    story.machine.write("notes.md", PRIMES);
    story.start().await;
    says(&bob.press(&card, &right).await, &["Right!"]);
    let closed = ann.press(&card, &card.button("Close")).await;
    story.stop();
    story.start().await;
    says(&bob.press(&closed, &closed.button("Full answer")).await, &["because of", "Peano"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_speaks_the_language_of_whoever_asks() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("学习小组");
    let general = guild.general();
    let li = guild.member("Li");
    li.speaks("zh-CN");
    let card = quiz(&li, &general, "sum").await;
    says(&card, &["还没有人作答"]);
    says(&li.press(&card, &option(&card, "two")).await, &["答对", "+10 分"]);
    let offered = li.complete(&general, "quiz", ("topic", "su"), []).await;
    assert_eq!(
        offered.choices.iter().map(|(label, _)| label.as_str()).collect::<Vec<_>>(),
        ["What is one and one?"]
    );
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_direct_message_one_question_follows_another() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let ann = guild.member("Ann");
    let direct = ann.direct();
    // Nobody else can answer, so each is over once it was answered, and no limit stands in the way.
    for _ in 0..12 {
        let card = quiz(&ann, &direct, "sum").await;
        says(&ann.press(&card, &option(&card, "two")).await, &["Right!"]);
        tokio::time::sleep(Duration::from_millis(100)).await;
        says(&card.now().expect("the card"), &["Closed; 1 answered"]);
    }
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_and_direct_messages_are_places_too() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let ann = guild.member("Ann");
    for place in [guild.thread(&guild.general(), "numbers"), ann.direct()] {
        let card = quiz(&ann, &place, "sum").await;
        let verdict = ann.press(&card, &option(&card, "two")).await;
        assert!(verdict.is_private());
        says(&verdict, &["Right!"]);
    }
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_presses_at_once_count_once_each() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let general = guild.general();
    let ann = guild.member("Ann");
    let card = quiz(&ann, &general, "sum").await;
    let right = option(&card, "two");
    let presses: Vec<_> = (0..50)
        .map(|number| {
            let (member, card, right) =
                (guild.member(&format!("Member {number}")), card.clone(), right.clone());
            tokio::spawn(async move { member.press(&card, &right).await.text() })
        })
        .collect();
    for press in presses {
        assert!(press.await.expect("a press").contains("Right!"));
    }
    says(&ann.press(&card, &card.button("Close")).await, &["50 answered, 50 right"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_write_stays_text_and_forged_buttons_do_nothing() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let general = guild.general();
    // A fox can't be drawn: such names stay text.
    let (mallory, ann) = (guild.member("@everyone [x](http://e.org) <@&1> 🦊"), guild.member("Ann"));
    let card = quiz(&mallory, &general, "sum").await;
    mallory.press(&card, &option(&card, "two")).await;
    ann.press(&card, &option(&card, "one")).await;
    let board = mallory.command(&general, "leaderboard", []).await;
    says(&board, &["\\[x\\]", "\\<@&1>", "🦊"]);
    let lost = ann.command(&general, "quiz", [("topic", "@everyone ```")]).await;
    assert!(lost.is_private());
    for forged in ["c:999999:0", "s:1:0:0", "nonsense", "f:1", "g:1:9"] {
        let refused = ann.forge(&card, forged).await;
        assert!(refused.is_private() || forged == "f:1", "{forged}");
        says(&refused, &["not one of mine"]);
    }
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_forgotten_in_the_middle_of_a_round() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let general = guild.general();
    let (ann, bob) = (guild.member("Ann"), guild.member("Bob"));
    let card = quiz(&ann, &general, "sum").await;
    ann.press(&card, &option(&card, "two")).await;
    let file = ann.command(&general, "privacy export", []).await;
    assert!(file.is_private());
    assert!(String::from_utf8_lossy(&file.files()[0].1).contains("Ann"));
    let sure = ann.command(&general, "privacy forget", []).await;
    says(&sure, &["can't be undone"]);
    says(&ann.press(&sure, &sure.button("Forget me")).await, &["Done."]);
    says(&bob.press(&card, &option(&card, "two")).await, &["Right!"]);
    let board = bob.command(&general, "leaderboard", []).await;
    assert!(!board.text().contains("Ann"), "{}", board.text());
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daily_question_is_set_by_managers_and_explains_what_it_lacks() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let general = guild.general();
    let ann = guild.member("Ann");
    guild.grant(&ann, permissions::MANAGE_GUILD);
    let set = ann.command(&general, "daily set", [("time", "08:30"), ("timezone", "Asia/Shanghai")]).await;
    says(&set, &["08:30 (Asia/Shanghai), every day"]);
    says(&ann.command(&general, "daily show", []).await, &["Next:"]);
    says(
        &ann.command(&general, "daily set", [("time", "25:00"), ("timezone", "UTC")]).await,
        &["no time of the day"],
    );
    says(
        &ann.command(&general, "daily set", [("time", "8:00"), ("timezone", "Mars")]).await,
        &["no time zone"],
    );
    says(&ann.command(&general, "daily stop", []).await, &["off now"]);
    general.forbid(permissions::SEND_MESSAGES);
    let refused = ann.command(&general, "daily set", [("time", "08:30"), ("timezone", "UTC")]).await;
    says(&refused, &["I may not post", "Send Messages"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_lacking_is_told_by_channel() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let (general, morning) = (guild.general(), guild.channel("morning"));
    let ann = guild.member("Ann");
    guild.grant(&ann, permissions::MANAGE_GUILD);
    general.forbid(permissions::SEND_MESSAGES | permissions::VIEW_CHANNEL);
    let health = ann.command(&morning, "doctor", []).await;
    says(&health, &["Everything is in order", &format!("<#{}>: View Channel, Send Messages", general.id())]);
    let other = general.id().to_string();
    let set = [("time", "08:30"), ("timezone", "UTC"), ("channel", other.as_str())];
    says(&ann.command(&morning, "daily set", set).await, &["View Channel, Send Messages"]);
    story.end();
}

/// The minute after the one that begins within ten seconds, so that there is time to agree on it.
fn soon() -> String {
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(70);
    soon.strftime("%H:%M").to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daily_question_comes_once_though_discord_loses_its_word() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let morning = guild.channel("morning");
    let ann = guild.member("Ann");
    guild.grant(&ann, permissions::MANAGE_GUILD);
    says(
        &ann.command(&morning, "daily set", [("time", &soon()), ("timezone", "UTC"), ("weekdays", "daily")])
            .await,
        &["Done", "(UTC), every day"],
    );
    // It is posted, but nobody says so: the second try is known by its nonce.
    story.discord.misbehave(1, "POST", "/messages", Mishap::AnswerLost);
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        if !morning.posts().is_empty() {
            break;
        }
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let posts = morning.posts();
    assert_eq!(posts.len(), 1, "the question of the day came not once");
    says(&posts[0], &["What is one and one?"]);
    says(&ann.press(&posts[0], &option(&posts[0], "two")).await, &["Right!"]);
    says(&ann.command(&morning, "daily show", []).await, &["Latest: posted"]);
    let health = ann.command(&morning, "doctor", []).await;
    says(
        &health,
        &["Everything is in order", "In the other text channel I may do the same", "Latest: posted"],
    );
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_shuts_viva_out_ends_its_daily_question() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let (general, morning) = (guild.general(), guild.channel("morning"));
    let ann = guild.member("Ann");
    guild.grant(&ann, permissions::MANAGE_GUILD);
    ann.command(&morning, "daily set", [("time", &soon()), ("timezone", "UTC")]).await;
    morning.forbid(permissions::SEND_MESSAGES);
    let mut state = String::new();
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        state = ann.command(&morning, "daily show", []).await.text();
        if state.contains("it is off") {
            break;
        }
    }
    assert!(state.contains("Discord refused it, so it is off: Missing Permissions"), "{state}");
    assert!(morning.posts().is_empty());
    says(&quiz(&ann, &general, "sum").await, &["What is one and one?"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_long_is_thought_about_first() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let general = guild.general();
    let ann = guild.member("Ann");
    let card = quiz(&ann, &general, "sum").await;
    // Somebody else writes to the database for longer than Discord would wait.
    let url = format!("sqlite:{}", story.machine.folder().join("viva.db").display());
    let mut other = sqlx::SqliteConnection::connect(&url).await.expect("the database");
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.expect("nobody else writes");
    let pressed = tokio::spawn({
        let (ann, card, right) = (ann.clone(), card.clone(), option(&card, "two"));
        async move { ann.press(&card, &right).await }
    });
    tokio::time::sleep(Duration::from_secs(4)).await;
    sqlx::query("COMMIT").execute(&mut other).await.expect("it ends");
    let thinking = pressed.await.expect("a press");
    assert!(thinking.after.expect("it was answered") < Duration::from_secs(3));
    assert!(thinking.is_private());
    tokio::time::sleep(Duration::from_secs(1)).await;
    says(&thinking.now().expect("the verdict"), &["Right!", "+10 points"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_viva_is_no_member_the_token_is_all_it_needs() {
    let story = Story::begin(SUM).await;
    let elsewhere = story.discord.foreign_guild("Elsewhere");
    let (ann, bob) = (elsewhere.member("Ann"), elsewhere.member("Bob"));
    let card = quiz(&ann, &elsewhere.general(), "sum").await;
    says(&bob.press(&card, &option(&card, "two")).await, &["Right!"]);
    // The card is drawn anew by the token of the command.
    tokio::time::sleep(Duration::from_secs(4)).await;
    says(&card.now().expect("the card is there"), &["1 has answered"]);
    says(&ann.press(&card, &card.button("Close")).await, &["1 answered, 1 right"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_discords_costs_nobody_an_answer() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let general = guild.general();
    let ann = guild.member("Ann");
    let card = quiz(&ann, &general, "sum").await;
    story.discord.misbehave(1, "POST", "/callback", Mishap::Broken(500));
    says(&ann.press(&card, &option(&card, "two")).await, &["Right!", "+10 points"]);
    // The card is there, though Discord's word of it was lost: it can be answered, and is drawn anew.
    story.discord.misbehave(1, "POST", "/callback", Mishap::AnswerLost);
    let card = quiz(&ann, &general, "sum").await;
    says(&guild.member("Bob").press(&card, &option(&card, "two")).await, &["Right!"]);
    tokio::time::sleep(Duration::from_secs(4)).await;
    says(&card.now().expect("the card"), &["1 has answered"]);
    let refusals = story.discord.forgive();
    assert!(matches!(&refusals[..], [one] if one.contains("already been acknowledged")), "{refusals:?}");
    story.discord.drop_sockets();
    story.discord.ready().await;
    says(&ann.command(&general, "leaderboard", []).await, &["Ann", "10 points"]);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_server_hears_hello_once() {
    let story = Story::begin(SUM).await;
    let guild = story.discord.guild("Study");
    let general = guild.general();
    story.discord.until("Viva says hello", |_| !general.posts().is_empty()).await;
    says(&general.posts()[0], &["Hello, I'm Viva", "/quiz", "/leaderboard", "/daily set"]);
    story.discord.drop_sockets();
    story.discord.ready().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(general.posts().len(), 1);
    story.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_ends_the_program_with_a_way_to_get_one() {
    let machine = Machine::default();
    let discord = Discord::start().await;
    let environment = [("DISCORD_TOKEN", "nonsense".to_owned()), ("DISCORD_API_URL", discord.url())];
    let mut program = machine.serve(&environment, &[]);
    program.hear("discord.com/developers/applications");
    assert_eq!(program.ends(), Some(1));
}

/// All that a message says in its texts, without Markdown's signs and white space.
fn told(messages: &Value) -> String {
    fn texts(value: &Value, out: &mut String) {
        match value {
            Value::Object(fields) => {
                for name in ["content", "description"] {
                    out.extend(fields.get(name).and_then(Value::as_str));
                }
                fields.values().filter(|value| value.is_array()).for_each(|value| texts(value, out));
            }
            Value::Array(values) => values.iter().for_each(|value| texts(value, out)),
            _ => {}
        }
    }
    let mut out = String::new();
    texts(messages, &mut out);
    bare(&out)
}

/// Letters and digits alone: what no rendering may lose.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a line is one of several of a formula, such as a matrix, which are read one after the other only there.
pub(super) fn is_tall(line: &str) -> bool {
    line.contains(|c| ('\u{239b}'..='\u{23b3}').contains(&c))
}

/// What a terminal shows, without what stands there for pictures.
pub(super) fn without_pictures(shown: &str) -> String {
    let mut parts = shown.split("[图：");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(']').map_or("", |(_, behind)| behind))
}

#[test]
fn real_notes_fit_and_lose_nothing() {
    let Some(seeds) = seeds() else { return };
    let machine = Machine::default();
    let bank = seeds.display().to_string();
    let (_, report) = machine.json(&["check", &bank]);
    let questions = report["questions"].as_array().expect("questions");
    assert_eq!(questions.len(), 13);
    for question in questions {
        let id = question["id"].as_str().expect("an id");
        let show = |platform: &str| machine.json(&["show", id, "--bank", &bank, "--for", platform]).1;
        let (discord, console) = (show("discord"), show("console"));
        for message in
            discord["question"].as_array().into_iter().chain(discord["answer"].as_array()).flatten()
        {
            assert_eq!(rules::message_faults(message), [""; 0], "{id}");
            let faults = schema::check_discord("POST", "/channels/1/messages", message);
            assert_eq!(faults, [""; 0], "{id}");
        }
        // What the terminal shows of an answer, Discord shows as well, in the same order.
        let told = told(&discord["answer"]);
        let mut rest = told.as_str();
        let console = without_pictures(console["answer"][0].as_str().expect("an answer"));
        for line in console.lines() {
            for word in
                line.split_whitespace().map(bare).filter(|word| !word.is_empty() && !word.starts_with("http"))
            {
                if is_tall(line) {
                    assert!(told.contains(&word), "{id} lost {word:?} of {line:?}");
                    continue;
                }
                let at = rest.find(&word);
                assert!(at.is_some(), "{id} lost {word:?} of {line:?}");
                rest = &rest[at.unwrap_or_default() + word.len()..];
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_readme_shows_what_a_card_shows() {
    let machine = Machine::default();
    let discord = Discord::start().await;
    let environment = [("DISCORD_TOKEN", discord.token()), ("DISCORD_API_URL", discord.url())];
    let program = machine.serve(&environment, &[]);
    discord.ready().await;
    let guild = discord.guild("Study");
    let (general, ann) = (guild.general(), guild.member("Ann"));
    let picture = super::readme("posts a card in the channel:\n\n```text\n");
    // Which of its quizzes a question is asked with is up to chance.
    for _ in 0..30 {
        let card = quiz(&ann, &general, "overfitting").await;
        // Discord shows a time as people say it.
        let text = card.text();
        let (before, when) = text.split_once("<t:").expect("when it closes");
        let text = format!("{before}in an hour{}", when.split_once('>').map_or("", |(_, after)| after));
        let shown: Vec<&str> = text.lines().map(|line| line.trim_start_matches(['#', '-', ' '])).collect();
        let is_shown = |line: &String| match line.strip_prefix("[ ") {
            Some(buttons) => buttons
                .trim_end_matches(" ]")
                .split(" ] [ ")
                .all(|label| card.buttons().iter().any(|button| button.label == label)),
            // The order of the options, and so their letters, are up to chance as well.
            None => {
                let words = line.split_once("  ").map_or(line.as_str(), |(_, words)| words);
                shown.iter().any(|shown| *shown == words || shown.ends_with(&format!("**  {words}")))
            }
        };
        if picture.iter().all(is_shown) {
            assert_eq!(program.stop(), Some(0));
            return;
        }
        ann.press(&card, &card.button("Close")).await;
    }
    panic!("the README shows {picture:#?}");
}

/// Notes with all that wants a picture.
pub(super) const PICTURED: &str = "## Why does ridge regression shrink? {#ridge topics=\"regularization\"}\n\nIt adds a **penalty**:\n\n\
    $$\\hat\\beta = (X^\\top X + \\lambda I)^{-1} X^\\top y$$\n\nThe **shape** is\n\n![a circle](figures/circle.svg)\n\n\
    | 方法 | 作用 |\n| --- | --- |\n| 岭回归 | 收缩系数 |\n\nand **last** a matrix:\n\n\
    $$I = \\begin{bmatrix} 1 & 0 \\\\ 0 & 1 \\end{bmatrix}$$\n";
pub(super) const CIRCLE: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='60'>\
    <circle cx='30' cy='30' r='25' fill='#0072b2'/></svg>";

/// What a message shows, top to bottom: its texts, and the alternative texts of its pictures.
fn shown(response: &Response) -> Vec<String> {
    let mut shown = Vec::new();
    for component in response.components() {
        shown.extend(component["content"].as_str().map(ToOwned::to_owned));
        for item in component["items"].as_array().into_iter().flatten() {
            shown.push(format!("[{}]", item["description"].as_str().unwrap_or_default()));
        }
    }
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_shows_its_pictures_where_they_belong() {
    let story = Story::begin(PICTURED).await;
    let guild = story.discord.guild("Study");
    let (general, ann) = (guild.general(), guild.member("Ann"));
    let card = ann.command(&general, "quiz", [("topic", "ridge"), ("mode", "reveal")]).await;
    let answer = ann.press(&card, &card.button("Show me")).await;
    assert!(answer.after.is_some_and(|after| after < Duration::from_secs(2)));
    let now = pictured(&answer, 4).await;
    let files = now.files();
    for (name, bytes) in &files {
        let picture = image::load_from_memory(bytes).expect("a picture");
        assert!(name.ends_with(".png") && picture.width() >= 60 && picture.width() <= 4_096, "{name}");
    }
    let order: Vec<String> = shown(&now).iter().map(|part| bare(part)).collect();
    let at = |words: &str| {
        order.iter().position(|part| part.contains(words)).unwrap_or_else(|| panic!("{words}: {order:?}"))
    };
    let places = ["penalty", "XᵀX", "shape", "acircle", "岭回归收缩系数", "last", "I1001"].map(at);
    assert!(places.is_sorted(), "{places:?} of {order:?}");

    // Where Discord takes no pictures, all of it is said in words.
    ann.press(&answer, &answer.button("Well")).await;
    story.discord.takes_no_files();
    let card = ann.command(&general, "quiz", [("topic", "ridge"), ("mode", "reveal")]).await;
    let answer = ann.press(&card, &card.button("Show me")).await;
    says(&answer, &["penalty", "XᵀX", "岭回归", "a circle"]);
    assert!(answer.files().is_empty());
    let refusals = story.discord.forgive();
    assert!(
        !refusals.is_empty() && refusals.iter().all(|refusal| refusal.contains("too large")),
        "{refusals:?}"
    );
    story.end();
}
