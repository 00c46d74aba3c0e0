//! What a search finds, and how sure it says it is.

use viva_core::bank::{KeyPoint, Question, QuestionId, Text};
use viva_core::document::{Block, Document, Inline};
use viva_core::glossary::Glossary;
use viva_core::language::Language;
use viva_core::search::{Found, Index, Kind};

const GLOSSARY: &str = r#"
    [dropout]
    en = ["dropout"]
    zh = ["随机失活"]
    [early-stopping]
    en = ["early stopping"]
    zh = ["早停"]
    [overfitting]
    en = ["overfitting"]
    zh = ["过拟合"]
    [transformer]
    en = ["transformer"]
    zh = ["变换器"]
"#;

fn glossary() -> Glossary {
    Glossary::parse(GLOSSARY).expect("a sound glossary")
}

/// A question in the language of its title.
fn question(
    id: &str,
    title: &str,
    aliases: &[&str],
    topics: &[&str],
    points: &[&str],
    answer: &str,
) -> Question {
    let strings = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect();
    let text = Text {
        language: Language::of(title),
        title: vec![Inline::Text(title.to_owned())],
        body: Document::default(),
        answer: Document::from(vec![Block::Paragraph(vec![Inline::Text(answer.to_owned())])]),
        aliases: strings(aliases),
        topics: strings(topics),
        difficulty: None,
        frequency: None,
        key_points: points.iter().map(|&phrase| KeyPoint { phrase: phrase.to_owned() }).collect(),
        choices: Vec::new(),
    };
    Question { id: QuestionId(id.to_owned()), texts: vec![text] }
}

fn bank() -> Vec<Question> {
    vec![
        question("overfit", "什么是过拟合？", &[], &["泛化"], &["早停"], "模型记住了噪声。可以用随机失活。"),
        question(
            "stopping-rule",
            "When do you stop training?",
            &["early stopping"],
            &["training"],
            &[],
            "Watch the loss.",
        ),
        question(
            "dropout-effect",
            "Dropout的作用",
            &[],
            &["泛化"],
            &["神经元"],
            "训练时随机关掉一些神经元，减轻过拟合。",
        ),
        question(
            "warmup",
            "Why warm up the learning rate?",
            &["warm-up"],
            &["training"],
            &["stability"],
            "Early steps are noisy.",
        ),
        question("label-noise", "标签有噪声时怎么训练", &[], &[], &[], "清洗数据，或者换更稳健的损失。"),
    ]
}

fn search(query: &str, limit: usize) -> (Vec<String>, Found) {
    let bank = bank();
    let found = Index::build(&bank, &glossary()).search(query, limit);
    (found.hits.iter().map(|hit| bank[hit.question].id.0.clone()).collect(), found)
}

#[test]
fn one_question_is_meant() {
    for (query, id) in [
        ("overfitting", "overfit"),
        ("What is over-fitting?", "overfit"),
        ("過擬合", "overfit"),
        ("过你合", "overfit"),
        ("overfiting", "overfit"),
        ("overfit", "overfit"),
        ("早停", "stopping-rule"),
        ("stopping-rule", "stopping-rule"),
        ("when do you stop training", "stopping-rule"),
        ("ＤＲＯＰＯＵＴ", "dropout-effect"),
        ("随机失活", "dropout-effect"),
        ("warm up", "warmup"),
        ("warmup", "warmup"),
        ("learnng rate", "warmup"),
        ("標籤噪聲", "label-noise"),
    ] {
        let (ids, found) = search(query, 5);
        assert_eq!(
            (ids.first().map(String::as_str), found.kind),
            (Some(id), Kind::Exact),
            "{query:?}: {ids:?}"
        );
    }
}

#[test]
fn several_may_be_meant() {
    for (query, expected) in [
        ("泛化", &["overfit", "dropout-effect"][..]),
        ("training", &["stopping-rule", "warmup"]),
        ("dropout and early stopping", &["dropout-effect", "stopping-rule"]),
    ] {
        let (mut ids, found) = search(query, 2);
        ids.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(
            (ids, found.kind),
            (expected.into_iter().map(str::to_owned).collect(), Kind::Several),
            "{query:?}"
        );
    }
}

#[test]
fn nothing_fits() {
    for query in ["transformer", "quantum chromodynamics", "红烧肉", "xqzjk", "变换器的注意力"] {
        let (ids, found) = search(query, 10);
        assert_eq!(found.kind, Kind::Nearest, "{query:?}: {ids:?}");
        assert!(ids.len() <= 3);
    }
    // One wrong character of two leads nowhere for certain, but somewhere near.
    let (ids, found) = search("杂声", 10);
    assert_eq!((ids, found.kind), (vec!["label-noise".to_owned()], Kind::Nearest));
}

#[test]
fn queries_that_say_nothing_find_nothing() {
    for query in ["", "   ", "the of and what is", "什么是的", "🙂🎉", "\0\0\0", "?!…", "\u{301}\u{301}"]
    {
        let (ids, found) = search(query, 5);
        assert_eq!((ids.len(), found.kind), (0, Kind::Nearest), "{query:?}");
    }
}

#[test]
fn long_queries_are_read_as_far_as_anybody_means_them() {
    for query in
        ["overfitting ".repeat(1_000), "过拟合".repeat(1_000), format!("dropout {}", "🙂\0".repeat(5_000))]
    {
        assert_eq!(search(&query, 5).1.kind, Kind::Exact, "{:?}…", &query[..12]);
    }
    assert!(search(&"x".repeat(10_240), 5).0.is_empty());
}

#[test]
fn scores_fall_from_one_and_limits_hold() {
    for query in ["overfitting", "dropout", "training", "噪声 训练"] {
        let (_, found) = search(query, 5);
        let scores: Vec<f32> = found.hits.iter().map(|hit| hit.score).collect();
        assert!(scores.is_sorted_by(|a, b| a >= b), "{query:?}: {scores:?}");
        assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)), "{query:?}: {scores:?}");
        for limit in 0..3 {
            assert_eq!(
                search(query, limit).1.hits,
                found.hits[..limit.min(found.hits.len())],
                "{query:?} to {limit}"
            );
        }
    }
}

#[test]
fn fields_weigh_in_their_order() {
    let word = "perplexity";
    let bank = [
        question("in-body", "One?", &[], &[], &["b"], word),
        question("in-points", "Two?", &[], &[], &[word], "a"),
        question("in-topics", "Three?", &[], &[word], &[], "a"),
        question("in-aliases", "Four?", &["measured perplexity"], &[], &[], "a"),
        question("in-title", "How is perplexity found?", &[], &[], &[], "a"),
    ];
    let found = Index::build(&bank, &glossary()).search(word, 5);
    let order: Vec<usize> = found.hits.iter().map(|hit| hit.question).collect();
    assert_eq!(order, [4, 3, 2, 1, 0]);
}

#[test]
fn no_bank_is_searched_in_vain() {
    let found = Index::build(&[], &glossary()).search("overfitting", 5);
    assert_eq!(found, Found { hits: Vec::new(), kind: Kind::Nearest });
}
