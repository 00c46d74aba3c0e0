//! Answers as people type them, graded as a fair examiner would.

use std::path::Path;

use viva_core::bank::{Bank, QuestionId};
use viva_core::glossary::Glossary;
use viva_core::grade::grade;
use viva_core::language::Language::{self, En, Zh};

#[derive(Debug, PartialEq)]
enum Grade {
    Right,
    Partial,
    Wrong,
}
use Grade::{Partial, Right, Wrong};

const ANSWERS: &[(&str, Language, &str, Grade)] = &[
    // Good answers, in several manners.
    ("overfitting", En, "more data, data augmentation, regularization, dropout, early stopping", Right),
    (
        "overfitting",
        En,
        "I'd get more training data, simplify the model, add an L2 regularizer or dropout, stop early and average an ensemble.",
        Right,
    ),
    (
        "overfitting",
        En,
        "The model learned the noise. Fix: augment the data, use a smaller model, weight decay is regularization, dropout; early-stopping; bagging ensembles",
        Right,
    ),
    ("overfitting", En, "早停，正则化，dropout，数据增强，增加数据，集成学习", Right),
    (
        "overfitting",
        En,
        "MORE DATA!!! DROPOUT!!! EARLY STOPPING!!! REGULARISATION!!! ENSEMBLES!!! AUGMENTATION",
        Right,
    ),
    (
        "overfitting",
        En,
        "- more data\n- simpler model\n- regularisation\n- dropuot\n- early stoping\n- ensembling",
        Right,
    ),
    ("overfitting", Zh, "增加数据，数据增强，降低模型复杂度，正则化，dropout，早停", Right),
    (
        "overfitting",
        Zh,
        "可以增加训练数据、做数据增强、简化模型、加正则项、用随机失活，还有提前停止训练和集成",
        Right,
    ),
    ("overfitting", Zh, "more data, early stopping, dropout, regularization, ensembles, augmentation", Right),
    ("overfitting", Zh, "模型拟合了噪声。解决：數據增強、正則化、Dropout、早停、集成學習", Right),
    (
        "underfitting",
        En,
        "High bias and high training error; use a more complex model, better features, less regularization, train longer",
        Right,
    ),
    ("underfitting", Zh, "训练误差高，高偏差。提高模型复杂度，改进特征，减弱正则化，延长训练", Right),
    (
        "regularization",
        En,
        "It encodes prior knowledge. L1/L2 norm penalties, dropout, early stopping, data augmentation, adversarial training",
        Right,
    ),
    ("regularization", Zh, "先验知识；范数惩罚、dropout、早停、数据增强、对抗训练", Right),
    (
        "dropout",
        En,
        "It randomly zeroes units while training, rescales them, is inactive at inference, acts as an implicit ensemble and gives less co-adaptation",
        Right,
    ),
    ("dropout", Zh, "训练时随机失活神经元，缩放补偿，推理时关闭，相当于隐式集成，减少共适应", Right),
    (
        "l1-sparsity",
        En,
        "the corners on the axes, constant pull towards zero versus proportional shrinkage, soft thresholding, Laplace prior",
        Right,
    ),
    // Part of it.
    ("overfitting", En, "L2 weight decay, bagging, augment it, smaller network", Partial),
    ("overfitting", Zh, "权重衰减、把网络变小、多收集数据", Partial),
    ("overfitting", En, "use dropout", Partial),
    ("overfitting", En, "dropout and early stopping", Partial),
    ("overfitting", En, "dropout dropout dropout dropout dropout dropout", Partial),
    ("overfitting", Zh, "早停", Partial),
    ("overfitting", Zh, "正则化和数据增强", Partial),
    ("underfitting", En, "use a bigger model", Partial),
    ("underfitting", Zh, "换更复杂的模型", Partial),
    ("regularization", En, "weight penalties such as norm penalties", Partial),
    ("regularization", Zh, "对抗训练", Partial),
    ("dropout", Zh, "随机失活", Partial),
    ("l1-sparsity", En, "because of the Laplace prior", Partial),
    ("l1-sparsity", Zh, "软阈值", Partial),
    // Wrong, also where the words look right.
    ("overfitting", En, "train a deeper network for longer", Wrong),
    ("overfitting", En, "do not use dropout", Wrong),
    ("overfitting", En, "overfitting is when a model overfits", Wrong),
    ("overfitting", En, "I don't know", Wrong),
    ("overfitting", Zh, "不知道", Wrong),
    ("overfitting", Zh, "过拟合就是过度拟合", Wrong),
    ("overfitting", Zh, "减少数据", Wrong),
    ("overfitting", Zh, "不要用dropout", Wrong),
    ("underfitting", En, "more regularization", Wrong),
    ("underfitting", Zh, "增强正则化", Wrong),
    ("regularization", En, "make the learning rate larger", Wrong),
    ("dropout", En, "it deletes rows of the data set", Wrong),
    ("l1-sparsity", En, "because L1 is L1", Wrong),
    // Nothing, and noise.
    ("overfitting", En, "", Wrong),
    ("overfitting", En, "   \n\t ", Wrong),
    ("overfitting", En, "?", Wrong),
    ("overfitting", En, "asdf asdf asdf", Wrong),
    ("overfitting", En, "👶👶👶🚀", Wrong),
    ("overfitting", Zh, "哈哈哈哈哈哈", Wrong),
    ("overfitting", En, "<script>alert('dropout')", Partial),
    ("overfitting", En, "the the the of of of and and and", Wrong),
];

#[test]
fn answers_get_the_grade_they_deserve() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let (bank, _) = Bank::open(&[content], Glossary::bundled());
    let mut unfair = Vec::new();
    for (id, language, answer, expected) in ANSWERS {
        let question = bank.question(&QuestionId((*id).to_owned())).expect("a bundled question");
        let text = question.text(*language);
        let coverage = grade(answer, text, Glossary::bundled());
        let grade = match (coverage.is_right(), coverage.hit.is_empty()) {
            (true, _) => Right,
            (false, true) => Wrong,
            (false, false) => Partial,
        };
        if grade != *expected {
            let phrases = |list: &[usize]| {
                list.iter().map(|&at| text.key_points[at].phrase.as_str()).collect::<Vec<_>>().join(", ")
            };
            unfair.push(format!(
                "{id} {language} {answer:?}: {grade:?} instead of {expected:?}; hit {}; missed {}",
                phrases(&coverage.hit),
                phrases(&coverage.missed)
            ));
        }
    }
    assert!(unfair.is_empty(), "{} of {} are unfair:\n{}", unfair.len(), ANSWERS.len(), unfair.join("\n"));
}

#[test]
fn a_flood_of_words_is_graded_at_once() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let (bank, _) = Bank::open(&[content], Glossary::bundled());
    let text = bank.question(&QuestionId("overfitting".to_owned())).expect("a bundled question").text(En);
    let started = std::time::Instant::now();
    let coverage = grade(&"zzz dropout, ".repeat(1_000_000), text, Glossary::bundled());
    assert_eq!(coverage.hit.len(), 1);
    assert!(started.elapsed().as_secs() < 5);
}
