//! Building an index of 100,000 questions, and a rare and a common search in it.
//!
//! The bank is made up but shaped like notes: words by Zipf's law, half of the questions in English
//! and half in Chinese, terms of the bundled glossary among them, some 300 bytes each.

use std::sync::LazyLock;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use viva_core::bank::{Question, QuestionId, Text};
use viva_core::document::{Block, Document, Inline, plain};
use viva_core::glossary::Glossary;
use viva_core::language::Language;
use viva_core::search::Index;

const QUESTIONS: usize = 100_000;

static BANK: LazyLock<Vec<Question>> = LazyLock::new(|| bank(QUESTIONS));
static INDEX: LazyLock<Index> = LazyLock::new(|| Index::build(&BANK, Glossary::bundled()));

#[expect(clippy::print_stdout, reason = "a benchmark reports to the terminal")]
fn main() {
    let bytes: usize = BANK.iter().flat_map(|question| &question.texts).map(text_bytes).sum();
    let before = resident_kib();
    LazyLock::force(&INDEX);
    let mib = |bytes: usize| bytes as f64 / f64::from(1 << 20);
    println!("{QUESTIONS} questions of {} bytes on average", bytes / QUESTIONS);
    println!("the index holds {:.0} MiB", mib(INDEX.memory_bytes()));
    if let (Some(before), Some(after)) = (before, resident_kib()) {
        println!("resident memory grew by {} MiB while it was built", (after - before) / 1024);
    }
    for query in [RARE, RARE_CHINESE, COMMON, COMMON_CHINESE, TYPO] {
        println!("{query:?} finds {:?} first", INDEX.search(query, 3));
    }
    divan::main();
}

const RARE: &str = "zyzzogeton";
const RARE_CHINESE: &str = "饕餮";
const COMMON: &str = "how to prevent overfitting of the gradient";
const COMMON_CHINESE: &str = "如何防止模型过拟合";
const TYPO: &str = "zyzogeton";

#[divan::bench(sample_count = 10, sample_size = 1)]
fn build(bencher: Bencher<'_, '_>) {
    let bytes: usize = BANK.iter().flat_map(|question| &question.texts).map(text_bytes).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(QUESTIONS))
        .bench_local(|| Index::build(black_box(&BANK), Glossary::bundled()));
}

#[divan::bench(args = [RARE, RARE_CHINESE, COMMON, COMMON_CHINESE, TYPO])]
fn search(bencher: Bencher<'_, '_>, query: &str) {
    bencher.bench_local(|| INDEX.search(black_box(query), 10));
}

fn text_bytes(text: &Text) -> usize {
    plain(&text.title).len() + text.answer.plain().len()
}

fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().strip_suffix(" kB")?.parse().ok()
}

/// The same bank at every run.
fn bank(questions: usize) -> Vec<Question> {
    let mut random = Random(0x5eed);
    let mut vocabulary = Vocabulary::new(&mut random);
    let mut bank: Vec<Question> = (0..questions).map(|i| vocabulary.question(i, &mut random)).collect();
    // A term of each script that is named once.
    bank[questions / 2].texts[0].answer.blocks.push(paragraph(RARE));
    bank[questions / 2 + 1].texts[0].answer.blocks.push(paragraph(RARE_CHINESE));
    bank
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(text.to_owned())])
}

/// Words by rank, the most common first.
struct Vocabulary {
    english: Vec<String>,
    chinese: Vec<String>,
}

const COMMON_ENGLISH: &str = "the of a to is and in for model data with training gradient network overfitting loss \
    learning how what why rate weights layer prevent regularization dropout function sample feature distribution";
const COMMON_CHINESE_WORDS: &str = "的 是 模型 训练 数据 在 过拟合 方法 如何 梯度 网络 学习 防止 损失 函数 正则化 参数 特征 \
    样本 什么 权重 问题";

impl Vocabulary {
    fn new(random: &mut Random) -> Self {
        let syllables = [
            "al", "be", "co", "dra", "en", "fi", "gor", "hy", "in", "ka", "lo", "mer", "no", "per", "ri",
            "ta",
        ];
        let english = COMMON_ENGLISH.split_whitespace().map(str::to_owned).chain((0..40_000).map(|_| {
            (0..2 + random.below(3)).map(|_| syllables[random.below(syllables.len())]).collect::<String>()
        }));
        let english = english.collect();
        // The common characters of Chinese lie all over the block, some thousands in all.
        let characters: Vec<char> =
            ('\u{4e00}'..'\u{9fa5}').step_by(7).filter(|c| !"饕餮".contains(*c)).collect();
        let chinese =
            COMMON_CHINESE_WORDS.split_whitespace().map(str::to_owned).chain((0..20_000).map(|_| {
                (0..2 + random.below(2))
                    .map(|_| characters[random.below(characters.len())])
                    .collect::<String>()
            }));
        Self { english, chinese: chinese.collect() }
    }

    fn question(&mut self, i: usize, random: &mut Random) -> Question {
        let language = Language::ALL[i % 2];
        let (words, gap, title, answer) = match language {
            Language::En => (&self.english, " ", 7, 40),
            Language::Zh => (&self.chinese, "", 6, 40),
        };
        let mut say = |count: usize| {
            let said: Vec<&str> = (0..count).map(|_| words[random.zipf(words.len())].as_str()).collect();
            said.join(gap)
        };
        let text = Text {
            language,
            title: vec![Inline::Text(say(title))],
            body: Document::default(),
            answer: Document::from(vec![paragraph(&say(answer / 2)), paragraph(&say(answer / 2))]),
            aliases: Vec::new(),
            topics: Vec::new(),
            difficulty: None,
            frequency: None,
            key_points: Vec::new(),
            choices: Vec::new(),
        };
        Question { id: QuestionId(format!("made-up-{i}")), texts: vec![text] }
    }
}

/// A generator that is the same everywhere (`SplitMix64`, by Vigna, public domain).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// A rank below `bound`, where rank r comes up in proportion to 1 / (r + 1).
    fn zipf(&mut self, bound: usize) -> usize {
        let uniform = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((bound as f64 + 1.0).powf(uniform) - 1.0) as usize
    }
}
