//! What the store must do, told once for both databases.

use super::*;

#[test]
fn accounts_become_learners_and_names_follow() {
    check(async |url| {
        let world = World::open(&url).await;
        let ann = world.store.learner(Account { at: place("1"), name: "Ann" }).await.unwrap();
        let renamed = world.store.learner(Account { at: place("1"), name: "Änn 安" }).await.unwrap();
        assert_eq!((ann.id, renamed.name.as_str()), (renamed.id, "Änn 安"));
        let elsewhere = Account { at: Place { platform: "other", id: "1" }, name: "Ann" };
        assert_ne!(world.store.learner(elsewhere).await.unwrap().id, ann.id);

        world.store.set_learner_language(ann.id, Some(Language::Zh)).await.unwrap();
        let zone = "Asia/Shanghai".parse().unwrap();
        world.store.set_learner_zone(ann.id, Some(&zone)).await.unwrap();
        let unknown = world.store.set_learner_language(LearnerId(99), None).await.unwrap_err();
        assert!(matches!(unknown, StoreError::UnknownLearner(LearnerId(99))));
        let found = world.store.learner_by_id(ann.id).await.unwrap().unwrap();
        assert_eq!((found.language, found.zone.as_ref()), (Some(Language::Zh), Some(&zone)));
        found
    });
}

#[test]
fn one_account_met_by_many_at_once_is_one_learner() {
    check(async |url| {
        let world = World::open(&url).await;
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let store = world.store.clone();
                tokio::spawn(async move {
                    store.learner(Account { at: place("1"), name: "Ann" }).await.unwrap().id
                })
            })
            .collect();
        let mut ids = Vec::new();
        for task in tasks {
            ids.push(task.await.unwrap());
        }
        ids.dedup();
        ids.len()
    });
}

#[test]
fn venues_belong_to_communities() {
    check(async |url| {
        let World { store, venue, community } = World::open(&url).await;
        let sibling = store.venue(place("channel 2"), place("guild")).await.unwrap();
        let moved = store.venue(place("channel"), place("another guild")).await.unwrap();
        assert_eq!((&sibling.community, moved.id, &moved.community), (&community, venue, &community));

        store.set_community_zone(community.id, &"Europe/Berlin".parse().unwrap()).await.unwrap();
        store.set_community_language(community.id, Some(Language::En)).await.unwrap();
        let unknown = store.set_community_language(CommunityId(99), None).await.unwrap_err();
        assert!(matches!(unknown, StoreError::UnknownCommunity(CommunityId(99))));
        assert_eq!(store.community(CommunityId(99)).await.unwrap(), None);
        store.community(community.id).await.unwrap()
    });
}

#[test]
fn a_round_keeps_its_text_and_its_time() {
    check(async |url| {
        let world = World::open(&url).await;
        let store = &world.store;
        let asked = world.ask("dropout", &["regularization", " ", "regularization"], 0).await;
        assert_eq!(asked.topics, ["regularization"]);
        assert_eq!(store.edition(&asked.edition).await.unwrap().as_deref(), Some(&text("dropout")));
        assert_eq!(store.edition("none").await.unwrap(), None);
        assert_eq!(asked.closes_at, Some(at(60)));

        store.posted(asked.id, Some("m1"), at(5)).await.unwrap();
        store.posted(asked.id, Some("m2"), at(50)).await.unwrap();
        let posted = store.round(asked.id).await.unwrap().unwrap();
        assert_eq!((posted.posted_at, posted.closes_at), (Some(at(5)), Some(at(65))));
        assert_eq!((posted.message.as_deref(), posted.language), (Some("m1"), Language::Zh));
        assert_eq!(store.open_round_of(world.venue).await.unwrap(), Some(posted.clone()));

        let later = world.ask("dropout", &[], 10).await;
        assert_eq!(later.edition, asked.edition);
        assert_eq!(store.open_round_of(world.venue).await.unwrap(), Some(later.clone()));
        let due = async |seconds| {
            let due = store.due_rounds("test", at(seconds), 10).await.unwrap();
            due.into_iter().map(|round| round.id).collect::<Vec<_>>()
        };
        assert_eq!(due(64).await, []);
        assert_eq!(store.due_rounds("elsewhere", at(65), 10).await.unwrap(), []);
        assert_eq!(due(65).await, [asked.id]);
        assert_eq!(due(70).await, [asked.id, later.id]);
        assert!(store.close_round(asked.id, at(70)).await.unwrap());
        assert!(!store.close_round(asked.id, at(71)).await.unwrap());
        assert!(!store.close_round(RoundId(99), at(71)).await.unwrap());
        assert_eq!(due(70).await, [later.id]);
        assert_eq!(store.round(RoundId(99)).await.unwrap(), None);

        let nowhere = NewRound {
            venue: VenueId(99),
            asker: None,
            question: &id("dropout"),
            text: &text("dropout"),
            exercise: &Exercise::Reveal,
            language: Language::En,
            topics: &[],
            at: at(0),
            lasts: None,
        };
        assert!(matches!(store.open_round(nowhere).await, Err(StoreError::UnknownVenue(VenueId(99)))));
        store.round(asked.id).await.unwrap()
    });
}

#[test]
fn a_venue_remembers_what_it_has_seen() {
    check(async |url| {
        let world = World::open(&url).await;
        for (question, seconds) in [("dropout", 0), ("norms", 1), ("dropout", 2)] {
            world.ask(question, &[], seconds).await;
        }
        let asked = world.store.asked(world.venue).await.unwrap();
        assert_eq!(asked, [(id("norms"), at(1)), (id("dropout"), at(2))]);
        asked
    });
}

#[test]
fn answers_earn_points_bonus_and_rest() {
    check(async |url| {
        let world = World::open(&url).await;
        let (ann, bob) = (world.learner("Ann").await, world.learner("Bob").await);
        let first = world.ask("dropout", &["regularization"], 0).await.id;
        let mut told = Vec::new();
        let mut verdicts = Vec::new();
        for (round, learner, graded, seconds) in [
            (first, ann, RIGHT, 1),
            (first, ann, RIGHT, 2),
            (first, bob, WRONG, 3),
            (world.ask("dropout", &["regularization"], 10).await.id, ann, RIGHT, 11),
            (
                world.ask("norms", &[], 20).await.id,
                bob,
                Graded::Typed { mark: Mark::Partial, coverage: 650 },
                21,
            ),
            (world.ask("saddle", &[], 30).await.id, bob, Graded::Reveal(Recall::Hard), 31),
            (world.ask("saddle", &[], 40).await.id, bob, RIGHT, 100),
        ] {
            let recorded = world.answer(round, learner, graded, seconds).await;
            verdicts.push((recorded.verdict, recorded.points, recorded.bonus, recorded.rests_until));
            told.push(recorded);
        }
        let rest = at(1 + 7 * 86_400);
        assert_eq!(
            verdicts,
            [
                (Verdict::Right, 10, None, None),
                (Verdict::Already, 0, None, None),
                (Verdict::Wrong, 0, Some(ann), None),
                (Verdict::Right, 0, None, Some(rest)),
                (Verdict::Partial, 7, None, None),
                (Verdict::Partial, 0, None, None),
                (Verdict::Closed, 0, None, None),
            ]
        );
        let board = world.board(Window::All, None, bob, Page::FIRST, 0).await;
        let rows = [(1, "Ann".to_owned(), 15, 2, 2), (2, "Bob".to_owned(), 7, 0, 2)];
        assert_eq!(board, (rows.to_vec(), Some(rows[1].clone()), 2));
        let topic = world.board(Window::All, Some("regularization"), ann, Page::FIRST, 0).await;
        assert_eq!(topic.0, [(1, "Ann".to_owned(), 15, 2, 2), (2, "Bob".to_owned(), 0, 0, 1)]);

        let answers = [
            world.store.answer_of(first, ann).await.unwrap(),
            world.store.answer_of(first, LearnerId(99)).await.unwrap(),
        ];
        assert_eq!(answers, [Some("B\u{FFFD}".to_owned()), None]);

        let stats = world.store.stats(bob, &world.community, at(40)).await.unwrap();
        assert_eq!((stats.memories, stats.due, stats.streak.current), (3, 0, 1));
        let later = world.store.stats(bob, &world.community, at(2 * 86_400)).await.unwrap();
        assert_eq!((later.due, later.streak.current, later.streak.best), (3, 0, 1));
        let due = world.store.due_questions(bob, at(2 * 86_400), 2).await.unwrap();
        assert_eq!(due, [id("dropout"), id("norms")]);
        (told, board, stats, later)
    });
}

#[test]
fn a_round_or_learner_that_is_not_there_fails_alone() {
    check(async |url| {
        let world = World::open(&url).await;
        let ann = world.learner("Ann").await;
        let round = world.ask("dropout", &[], 0).await.id;
        let answer =
            |round, learner| Answer { round, learner, text: String::new(), graded: RIGHT, at: at(1) };
        let (good, no_round, no_learner) = tokio::join!(
            world.store.record(answer(round, ann)),
            world.store.record(answer(RoundId(99), ann)),
            world.store.record(answer(round, LearnerId(99))),
        );
        assert!(matches!(no_round, Err(StoreError::UnknownRound(RoundId(99)))));
        assert!(matches!(no_learner, Err(StoreError::UnknownLearner(LearnerId(99)))));
        good.unwrap()
    });
}

#[test]
fn fifty_answers_at_once_count_once() {
    check(async |url| {
        let world = World::open(&url).await;
        let ann = world.learner("Ann").await;
        let round = world.ask("dropout", &[], 0).await.id;
        let tasks: Vec<_> = (0..50)
            .map(|_| {
                let store = world.store.clone();
                let answer = Answer { round, learner: ann, text: "A".to_owned(), graded: RIGHT, at: at(1) };
                tokio::spawn(async move { store.record(answer).await.unwrap().verdict })
            })
            .collect();
        let mut counted = 0;
        for task in tasks {
            counted += usize::from(task.await.unwrap() == Verdict::Right);
        }
        assert_eq!(counted, 1);
        world.board(Window::All, None, ann, Page::FIRST, 0).await
    });
}

#[test]
fn two_programs_on_one_database_count_once() {
    check(async |url| {
        let world = World::open(&url).await;
        let other = Store::open(&url).await.unwrap();
        let mut learners = Vec::new();
        for n in 0..20 {
            learners.push(world.learner(&format!("learner {n}")).await);
        }
        let mut rounds = Vec::new();
        for n in 0..5 {
            rounds.push(world.ask(&format!("question {n}"), &["topic"], 0).await.id);
        }
        let mut tasks = Vec::new();
        for store in [&world.store, &other] {
            for learner in &learners {
                let (store, learner, rounds) = (store.clone(), *learner, rounds.clone());
                tasks.push(tokio::spawn(async move {
                    let mut earned = (0, 0);
                    for round in rounds {
                        let answer =
                            Answer { round, learner, text: "A".to_owned(), graded: RIGHT, at: at(1) };
                        let recorded = store.record(answer).await.unwrap();
                        earned.0 += recorded.points;
                        earned.1 += u64::from(recorded.bonus.is_some());
                    }
                    earned
                }));
            }
        }
        let (mut points, mut bonuses) = (0, 0);
        for task in tasks {
            let earned = task.await.unwrap();
            points += earned.0;
            bonuses += earned.1;
        }
        assert_eq!((points, bonuses), (20 * 5 * 10, 5));
        let page = Page { number: 0, rows: 100 };
        let (rows, _, learners) = world.board(Window::All, Some("topic"), learners[0], page, 0).await;
        let total: u64 = rows.iter().map(|row| row.2).sum();
        assert_eq!((total, learners), (20 * 5 * 10 + 5 * 5, 20));
        // Who is first is a matter of chance here; that points and ranks fit together is not.
        let rank = |row: &Row| rows.iter().filter(|other| other.2 > row.2).count() as u64 + 1;
        assert!(rows.iter().all(|row| row.0 == rank(row)), "{rows:?}");
        total
    });
}

#[test]
fn ties_share_a_rank_and_everybody_sees_their_own() {
    check(async |url| {
        let world = World::open(&url).await;
        let coverages = [1000, 800, 800, 600, 0, 200, 200, 200, 100, 900, 300, 400];
        let mut learners = Vec::new();
        for (n, coverage) in coverages.into_iter().enumerate() {
            let learner = world.learner(&format!("learner {n}")).await;
            for question in ["a", "b", "c"] {
                let round = world.ask(&format!("{question}{n}"), &[], 0).await.id;
                world.answer(round, learner, Graded::Typed { mark: Mark::Partial, coverage }, 1).await;
            }
            learners.push(learner);
        }
        let stranger = world.learner("stranger").await;
        let first = world.board(Window::All, None, learners[4], Page { number: 0, rows: 5 }, 0).await;
        let second = world.board(Window::All, None, learners[8], Page { number: 1, rows: 5 }, 0).await;
        let third = world.board(Window::All, None, stranger, Page { number: 2, rows: 5 }, 0).await;
        let ranks = |board: &Board| board.0.iter().map(|row| row.0).collect::<Vec<_>>();
        assert_eq!(
            (ranks(&first), ranks(&second), ranks(&third)),
            (vec![1, 2, 3, 3, 5], vec![6, 7, 8, 8, 8], vec![11, 12])
        );
        assert_eq!(first.1.as_ref().unwrap().0, 12);
        assert_eq!((third.1.clone(), third.2), (None, 12));
        (first, second, third)
    });
}

#[test]
fn ranks_hold_over_many_points() {
    check(async |url| {
        let world = World::open(&url).await;
        let (ann, bob) = (world.learner("Ann").await, world.learner("Bob").await);
        let mut ranks = Vec::new();
        for n in 0..60 {
            let round = world.ask(&format!("question {n}"), &[], n).await.id;
            world.answer(round, ann, RIGHT, n).await;
            if n % 2 == 0 {
                world.answer(round, bob, WRONG, n).await;
            }
            let board = world.board(Window::All, None, bob, Page::FIRST, 0).await;
            ranks.push((board.0.len(), board.1.map(|row| row.0), board.2));
        }
        assert!(ranks.iter().all(|rank| *rank == (2, Some(2), 2)), "{ranks:?}");
        world.board(Window::All, None, ann, Page::FIRST, 0).await
    });
}

#[test]
fn days_and_weeks_begin_by_the_community() {
    check(async |url| {
        let mut world = World::open(&url).await;
        let ann = world.learner("Ann").await;
        // 20 hours after noon in Greenwich it is four in the afternoon of the same day in Shanghai.
        let zone = "Asia/Shanghai".parse().unwrap();
        world.store.set_community_zone(world.community.id, &zone).await.unwrap();
        world.community = world.store.community(world.community.id).await.unwrap().unwrap();
        let mut told = Vec::new();
        for (n, hours) in [0, 3, 5, 24 * 4, 24 * 30].into_iter().enumerate() {
            let round = world.ask(&format!("question {n}"), &[], hours * 3600).await.id;
            let streak = world.answer(round, ann, RIGHT, hours * 3600 + 1).await.streak;
            let mut points = Vec::new();
            for window in [Window::Today, Window::Week, Window::Month, Window::All] {
                let board = world.board(window, None, ann, Page::FIRST, hours * 3600 + 1).await;
                points.push(board.1.map(|row| row.2));
            }
            told.push((points, streak.current));
        }
        let points = |day, week, month, all| vec![Some(day), Some(week), Some(month), Some(all)];
        assert_eq!(
            told,
            [
                (points(10, 10, 10, 10), 1),
                (points(20, 20, 20, 20), 1),
                // At noon it was eight in the evening, so this is the day after.
                (points(10, 30, 30, 30), 2),
                (points(10, 40, 40, 40), 1),
                (points(10, 10, 10, 50), 1),
            ]
        );
        let yesterday = world.board(Window::Today, None, ann, Page::FIRST, 24 * 60 * 3600).await;
        assert_eq!(yesterday, (vec![], None, 0));
        told
    });
}

#[test]
fn a_season_starts_anew_and_the_old_one_stays() {
    check(async |url| {
        let world = World::open(&url).await;
        let ann = world.learner("Ann").await;
        let community = world.community.id;
        let play = async |n: i64| {
            let round = world.ask(&format!("question {n}"), &["topic"], n * 100).await.id;
            world.answer(round, ann, RIGHT, n * 100 + 1).await;
        };
        play(0).await;
        assert_eq!(world.store.seasons(community).await.unwrap(), []);
        let spring = world.store.start_season(community, "Spring", at(100)).await.unwrap();
        play(1).await;
        play(2).await;
        let autumn = world.store.start_season(community, "秋", at(300)).await.unwrap();
        play(3).await;
        assert_eq!(world.store.seasons(community).await.unwrap(), [spring.clone(), autumn.clone()]);
        let unknown = world.store.start_season(CommunityId(99), "", at(0)).await.unwrap_err();
        assert!(matches!(unknown, StoreError::UnknownCommunity(CommunityId(99))));
        let mut points = Vec::new();
        for window in [Window::All, Window::Season(1), Window::Season(2), Window::Season(3)] {
            for topic in [None, Some("topic")] {
                points.push(world.board(window, topic, ann, Page::FIRST, 0).await.1.map(|row| row.2));
            }
        }
        assert_eq!(points, [Some(40), Some(40), Some(20), Some(20), Some(10), Some(10), None, None]);
        (spring, autumn)
    });
}

#[test]
fn who_is_forgotten_leaves_nothing() {
    check(async |url| {
        let world = World::open(&url).await;
        let (ann, bob) = (world.learner("Ann").await, world.learner("Bob").await);
        for n in 0..3 {
            let round = world.ask(&format!("question {n}"), &["topic"], n).await.id;
            world.answer(round, ann, RIGHT, n).await;
            world.answer(round, bob, if n == 0 { RIGHT } else { WRONG }, n).await;
        }
        // Ann waits for a second answer when she goes; the bonus must not look for her.
        let open = world.ask("question 3", &[], 3).await.id;
        world.answer(open, ann, RIGHT, 3).await;
        let before = world.store.export(ann).await.unwrap();
        assert_eq!(before["name"], "Ann");
        assert_eq!(before["attempts"].as_array().unwrap().len(), 4);
        assert_eq!(before["attempts"][0]["answer"], "B\u{fffd}");
        assert_eq!(before["memories"].as_array().unwrap().len(), 4);

        world.store.forget(ann).await.unwrap();
        assert!(matches!(world.store.forget(ann).await, Err(StoreError::UnknownLearner(_))));
        assert!(matches!(world.store.export(ann).await, Err(StoreError::UnknownLearner(_))));
        let board = world.board(Window::All, None, bob, Page::FIRST, 0).await;
        let bobs = (1, "Bob".to_owned(), 10, 1, 3);
        assert_eq!(board, (vec![bobs.clone()], Some(bobs), 1));
        let second = world.answer(open, bob, RIGHT, 4).await;
        assert_eq!(second.bonus, Some(bob));
        let again = world.learner("Ann").await;
        assert_ne!(again, ann);
        assert_eq!(world.store.export(again).await.unwrap()["attempts"].as_array().unwrap().len(), 0);
        before
    });
}

#[test]
fn what_was_acknowledged_is_there_after_a_crash() {
    let crash = |url: &str| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (ann, round) = runtime.block_on(async {
            let world = World::open(url).await;
            let ann = world.learner("Ann").await;
            let round = world.ask("dropout", &[], 0).await.id;
            assert_eq!(world.answer(round, ann, RIGHT, 1).await.verdict, Verdict::Right);
            // Gone without a word: no close, no drop.
            std::mem::forget(world);
            (ann, round)
        });
        runtime.shutdown_background();
        (ann, round)
    };
    let verdict = |url: &str, (ann, round)| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async { World::open(url).await.answer(round, ann, RIGHT, 2).await.verdict })
    };
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("viva.db").display());
    let who = crash(&url);
    // What the disk holds at this instant is what is left: the copy knows nothing of the first store.
    let copy = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
        std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    let _shared_memory_is_lost = std::fs::remove_file(copy.path().join("viva.db-shm"));
    let copied = format!("sqlite:{}", copy.path().join("viva.db").display());
    assert_eq!(verdict(&copied, who), Verdict::Already);
    assert_eq!(verdict(&url, who), Verdict::Already);
    if let Some(cluster) = Cluster::shared() {
        let url = tokio::runtime::Runtime::new().unwrap().block_on(cluster.database());
        assert_eq!(verdict(&url, crash(&url)), Verdict::Already);
    }
}

#[test]
fn a_closed_store_says_so() {
    check(async |url| {
        let world = World::open(&url).await;
        let (ann, round) = (world.learner("Ann").await, world.ask("dropout", &[], 0).await.id);
        world.store.close().await;
        let answer = Answer { round, learner: ann, text: String::new(), graded: RIGHT, at: at(1) };
        let error = world.store.record(answer).await.unwrap_err();
        assert!(matches!(error, StoreError::NotRecorded(_)));
        error.to_string()
    });
}

#[test]
fn what_cannot_be_opened_says_why() {
    let open = |url: String| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(Store::open(&url)).err().expect("it must not open").to_string()
    };
    let folder = tempfile::tempdir().unwrap();
    let garbage = folder.path().join("notes.md");
    std::fs::write(&garbage, "# These are notes and no database.\n".repeat(100)).unwrap();
    for (url, part) in [
        ("viva.db".to_owned(), "write sqlite:viva.db or postgres://"),
        (format!("sqlite:{}/no/such/folder/viva.db", folder.path().display()), "see that its folder exists"),
        (format!("sqlite:{}", garbage.display()), "no SQLite database"),
        ("postgres://viva:secret@127.0.0.1:1/viva".to_owned(), "see that the server runs"),
    ] {
        let message = open(url);
        assert!(message.contains(part) && !message.contains("secret"), "{message}");
    }
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    check(async |url| {
        Store::open(&url).await.unwrap().close().await;
        let insert = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
            VALUES (9999, 'later', TRUE, '', 0)";
        if url.starts_with("sqlite") {
            sqlx::query(insert).execute(&sqlx::SqlitePool::connect(&url).await.unwrap()).await.unwrap();
        } else {
            sqlx::query(insert).execute(&sqlx::PgPool::connect(&url).await.unwrap()).await.unwrap();
        }
        let error = Store::open(&url).await.err().expect("it must not open");
        assert!(matches!(error, StoreError::Newer { schema: 9999 }), "{error:?}");
        error.to_string()
    });
}

#[test]
fn a_round_tells_who_answered_what() {
    check(async |url| {
        let world = World::open(&url).await;
        let (ann, bob) = (world.learner("Ann").await, world.learner("Bob").await);
        let round = world.ask("dropout", &[], 0).await.id;
        assert_eq!(world.store.answered(round).await.unwrap(), 0);
        world.answer(round, bob, WRONG, 2).await;
        world.answer(round, ann, RIGHT, 1).await;
        let answers = world.store.answers(round).await.unwrap();
        let told: Vec<_> = answers
            .iter()
            .map(|answer| (answer.name.as_str(), answer.graded, answer.points, answer.bonus))
            .collect();
        assert_eq!(told, [("Ann", RIGHT, 10, 5), ("Bob", WRONG, 0, 0)]);
        assert_eq!(world.store.answered(round).await.unwrap(), 2);

        let open = async |seconds| world.store.open_rounds(world.venue, ann, at(seconds)).await.unwrap();
        assert_eq!((open(1).await, open(60).await), ((1, 0), (0, 0)));
        world.store.close_round(round, at(3)).await.unwrap();
        assert_eq!(open(3).await, (0, 0));
        assert_eq!(world.store.find_learner(place("Ann")).await.unwrap(), Some(ann));
        assert_eq!(world.store.find_learner(place("Zoe")).await.unwrap(), None);
        answers
    });
}

#[test]
fn a_community_is_set_up_and_greeted_once() {
    check(async |url| {
        let World { store, community, .. } = World::open(&url).await;
        assert_eq!((community.mode, community.revealers), (None, Revealers::Asker));
        store.set_community_mode(community.id, Some(Mode::Typed)).await.unwrap();
        store.set_revealers(community.id, Revealers::Everyone).await.unwrap();
        let unknown = store.set_revealers(CommunityId(99), Revealers::Asker).await.unwrap_err();
        assert!(matches!(unknown, StoreError::UnknownCommunity(CommunityId(99))));
        let unknown = store.set_community_mode(CommunityId(99), None).await.unwrap_err();
        assert!(matches!(unknown, StoreError::UnknownCommunity(CommunityId(99))));
        let greeted = [
            store.greet(place("guild"), at(0)).await.unwrap(),
            store.greet(place("guild"), at(1)).await.unwrap(),
            store.greet(place("new guild"), at(1)).await.unwrap(),
        ];
        assert_eq!(greeted, [true, false, true]);
        store.community(community.id).await.unwrap()
    });
}

fn daily(time: &str) -> Daily {
    let zone = "Europe/Berlin".parse().unwrap();
    let weekdays = "mon-fri".parse().unwrap();
    Daily { time: time.parse().unwrap(), zone, weekdays, topic: Some("regularization".to_owned()) }
}

#[test]
fn a_daily_question_is_set_sent_and_stopped() {
    check(async |url| {
        let World { store, venue, .. } = World::open(&url).await;
        assert_eq!(store.schedule(venue).await.unwrap(), None);
        store.set_schedule(venue, &daily("08:00"), at(5)).await.unwrap();
        store.set_schedule(venue, &daily("23:59"), at(10)).await.unwrap();
        let unknown = store.set_schedule(VenueId(99), &daily("08:00"), at(5)).await.unwrap_err();
        assert!(matches!(unknown, StoreError::UnknownVenue(VenueId(99))));
        let set = store.schedule(venue).await.unwrap().unwrap();
        assert_eq!((&set.daily, set.due_at, &set.stopped), (&daily("23:59"), Some(at(10)), &None));

        assert_eq!(store.due_schedules("test", at(9), 10).await.unwrap(), []);
        assert_eq!(store.due_schedules("elsewhere", at(10), 10).await.unwrap(), []);
        let due = store.due_schedules("test", at(10), 10).await.unwrap();
        assert_eq!(due.iter().map(|due| due.place.as_str()).collect::<Vec<_>>(), ["channel"]);

        let (question, text) = (id("dropout"), text("dropout"));
        let round = NewRound {
            venue,
            asker: None,
            question: &question,
            text: &text,
            exercise: &Exercise::Reveal,
            language: Language::En,
            topics: &[],
            at: at(11),
            lasts: Some(SignedDuration::from_secs(60)),
        };
        let push = store.begin_push(at(10), at(100), &round).await.unwrap().unwrap();
        // Another process was slower.
        assert_eq!(store.begin_push(at(10), at(100), &round).await.unwrap(), None);
        assert!(!store.skip_schedule(venue, at(10), at(200)).await.unwrap());
        assert_eq!((push.place.as_str(), push.due_at, push.state), ("channel", at(10), PushState::Ready));

        let patience = SignedDuration::from_secs(30);
        let take = async |seconds| store.take_over_pushes("test", at(seconds), patience, 10).await.unwrap();
        assert_eq!(take(40).await, []);
        assert_eq!(store.take_over_pushes("elsewhere", at(41), patience, 10).await.unwrap(), []);
        assert_eq!(take(41).await, std::slice::from_ref(&push));
        assert_eq!(take(41).await, []);
        store.push_leaves(push.id, at(42)).await.unwrap();
        assert_eq!(take(72).await[0].state, PushState::Leaving);
        store.push_arrived(&push, Some("m1"), at(80)).await.unwrap();
        assert_eq!(take(200).await, []);
        let round_after = store.round(push.round).await.unwrap().unwrap();
        assert_eq!((round_after.message.as_deref(), round_after.closes_at), (Some("m1"), Some(at(140))));
        assert_eq!(store.last_push(venue, at(10)).await.unwrap(), None);

        let second = store
            .begin_push(at(100), at(300), &NewRound { at: at(100), ..round.clone() })
            .await
            .unwrap()
            .unwrap();
        store.push_failed(&second, "Unknown Channel", true, at(101)).await.unwrap();
        assert!(store.round(second.round).await.unwrap().unwrap().closed_at.is_some());
        let failed = store.last_push(venue, at(1000)).await.unwrap().unwrap();
        assert_eq!((failed.state, failed.detail.as_deref()), (PushState::Failed, Some("Unknown Channel")));
        let off = store.schedule(venue).await.unwrap().unwrap();
        assert_eq!((off.due_at, off.stopped.as_deref()), (None, Some("Unknown Channel")));
        assert!(!store.stop_schedule(venue, None).await.unwrap());
        store.set_schedule(venue, &daily("08:00"), at(500)).await.unwrap();
        assert_eq!(store.schedule(venue).await.unwrap().unwrap().stopped, None);
        assert!(store.stop_schedule(venue, None).await.unwrap());
        (set, due, failed, off)
    });
}

#[test]
fn a_community_moves_with_all_it_has() {
    check(async |url| {
        let World { store, venue, community } = World::open(&url).await;
        let world = World { store: store.clone(), venue, community: community.clone() };
        let asked = world.ask("dropout", &[], 0).await;
        store.posted(asked.id, Some("p7"), at(1)).await.unwrap();
        store.polled(asked.id, "poll-7").await.unwrap();
        assert_eq!(store.round_of_poll("poll-7").await.unwrap().map(|round| round.id), Some(asked.id));
        assert_eq!(store.round_of_poll("poll-8").await.unwrap(), None);
        let shown = store.round_of_message(venue, "p7").await.unwrap();
        assert_eq!(shown.map(|round| round.id), Some(asked.id));
        assert_eq!(store.round_of_message(venue, "7").await.unwrap(), None);
        store.set_rich(community.id, true).await.unwrap();
        assert!(store.community(community.id).await.unwrap().unwrap().rich);

        // Something was said under the new name before the move was told.
        let early = store.venue(place("new guild"), place("new guild")).await.unwrap();
        assert_ne!(early.id, venue);
        let home = store.venue(place("guild"), place("guild")).await.unwrap();
        assert_eq!(home.community.id, community.id);
        assert!(!store.rename_community(place("unknown"), "x").await.unwrap());
        assert!(store.rename_community(place("guild"), "new guild").await.unwrap());
        let moved = store.venue(place("new guild"), place("new guild")).await.unwrap();
        assert_eq!((moved.id, moved.community.id, moved.community.rich), (home.id, community.id, true));
        assert_eq!(store.round_of_poll("poll-7").await.unwrap().map(|round| round.venue), Some(venue));
        moved.community
    });
}

#[test]
fn a_community_falls_silent_as_a_whole() {
    check(async |url| {
        let world = World::open(&url).await;
        let store = &world.store;
        let daily = Daily {
            time: "08:30".parse().unwrap(),
            zone: "UTC".parse().unwrap(),
            weekdays: Weekdays::ALL,
            topic: None,
        };
        let sibling = store.venue(place("channel 2"), place("guild")).await.unwrap();
        let stranger = store.venue(place("elsewhere"), place("elsewhere")).await.unwrap();
        for venue in [world.venue, sibling.id, stranger.id] {
            store.set_schedule(venue, &daily, at(100)).await.unwrap();
        }
        store.stop_schedules(place("guild"), "put out").await.unwrap();
        let mut told = Vec::new();
        for venue in [world.venue, sibling.id, stranger.id] {
            let schedule = store.schedule(venue).await.unwrap().unwrap();
            told.push((schedule.due_at, schedule.stopped));
        }
        assert_eq!(told[2], (Some(at(100)), None));
        assert_eq!(told[0], (None, Some("put out".to_owned())));
        assert_eq!(told[0], told[1]);
        told
    });
}

#[test]
fn writers_commit_together_and_fail_alone() {
    check(async |url| {
        let world = World::open(&url).await;
        let tasks: Vec<_> = (0..60)
            .map(|n| {
                let store = world.store.clone();
                tokio::spawn(async move {
                    let name = format!("channel {n}");
                    match n % 3 {
                        // A venue of its own.
                        0 => Some(store.venue(place(&name), place("guild")).await.unwrap().id),
                        // One that fails half-way: its text is written before its venue is missed.
                        1 => {
                            let text = text("dropout");
                            let new = NewRound {
                                venue: VenueId(9_999),
                                asker: None,
                                question: &id("dropout"),
                                text: &text,
                                exercise: &Exercise::Reveal,
                                language: Language::En,
                                topics: &[],
                                at: at(0),
                                lasts: None,
                            };
                            let failed = store.open_round(new).await;
                            assert!(matches!(failed, Err(StoreError::UnknownVenue(VenueId(9_999)))));
                            None
                        }
                        // One that nobody waits for: it is stored whole or not at all.
                        _ => {
                            let writing = store.venue(place(&name), place(&name));
                            drop(tokio::time::timeout(std::time::Duration::from_micros(200), writing).await);
                            None
                        }
                    }
                })
            })
            .collect();
        let mut made = Vec::new();
        for task in tasks {
            made.extend(task.await.unwrap());
        }
        let again = Store::open(&url).await.unwrap();
        for (at, venue) in made.iter().enumerate() {
            let name = format!("channel {}", at * 3);
            assert_eq!(again.find_venue(place(&name)).await.unwrap(), Some(*venue), "{name}");
        }
        // Whoever writes next finds the way free.
        let last = again.venue(place("last"), place("guild")).await.unwrap();
        assert_eq!(last.community.id, world.community.id);
        made.len()
    });
}

#[test]
fn what_was_learned_is_told_day_by_day() {
    check(async |url| {
        let world = World::open(&url).await;
        let (ann, bob) = (world.learner("Ann").await, world.learner("Bob").await);
        let day = 86_400;
        for (question, asked) in [("dropout", 0), ("norms", 10), ("lora", 3 * day)] {
            let round = world.ask(question, &["regularization"], asked).await.id;
            world.answer(round, ann, RIGHT, asked + 1).await;
        }
        let community = world.community.id;
        let days = world.store.days(ann, community, Day(0)).await.unwrap();
        let (first, answers) = days[0];
        assert_eq!((first.date().to_string().as_str(), answers), ("2023-11-15", 2));
        assert_eq!(days[1..], [(Day(first.0 + 3), 1)]);
        assert_eq!(world.store.days(ann, community, Day(first.0 + 1)).await.unwrap(), days[1..]);
        assert_eq!(world.store.days(ann, CommunityId(99), Day(0)).await.unwrap(), []);
        assert_eq!(world.store.days(bob, community, Day(0)).await.unwrap(), []);

        let mut memories = world.store.memories(ann).await.unwrap();
        assert_eq!(memories.len(), 3);
        memories.sort_by_key(|memory| memory.reviewed_at);
        assert_eq!(world.store.memories(bob).await.unwrap(), []);
        (days, memories)
    });
}

#[test]
fn what_was_sent_once_is_remembered_until_it_is_forgotten() {
    check(async |url| {
        let World { store, .. } = World::open(&url).await;
        let here = |id| Place { platform: "telegram", id };
        assert_eq!(store.upload(here("picture")).await.unwrap(), None);
        store.uploaded(here("picture"), "first", at(0)).await.unwrap();
        store.uploaded(here("picture"), "second", at(1)).await.unwrap();
        store.uploaded(here("another"), "third", at(2)).await.unwrap();
        assert_eq!(store.upload(here("picture")).await.unwrap().as_deref(), Some("second"));
        let elsewhere = Place { platform: "discord", id: "picture" };
        assert_eq!(store.upload(elsewhere).await.unwrap(), None);
        store.forget_upload(here("picture")).await.unwrap();
        store.forget_upload(here("never sent")).await.unwrap();
        assert_eq!(store.upload(here("picture")).await.unwrap(), None);
        store.upload(here("another")).await.unwrap()
    });
}
