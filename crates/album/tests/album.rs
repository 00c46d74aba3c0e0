//! What is drawn, how often, and what happens to what can't be.

use std::sync::Arc;
use std::time::Duration;

use viva_album::{Album, Fallen, Limits, Subject, wanted};
use viva_core::bank::Bank;
use viva_core::glossary::Glossary;
use viva_core::language::Language;
use viva_core::texts::Texts;

const LIMITS: Limits = Limits { bytes: 1 << 20, side: 2_000 };
const LONG: Duration = Duration::from_secs(60);

const NOTES: &str = r"## What is a saddle point?

Where $\nabla f = 0$ and neither a minimum nor a maximum is, as $\begin{cases}a\\b\end{cases}$ says:

![the shape](figures/shape.svg)

$$
f(x, y) = x^2 - y^2
$$

| a | b |
| --- | --- |
| 1 | 2 |

| 方法 | 作用 |
| --- | --- |
| 早停 | 防止过拟合 |

Once more:

$$
f(x, y) = x^2 - y^2
$$

![gone](figures/gone.png) ![elsewhere](https://example.org/a.png)
";

const SHAPE: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20' fill='#08c'/></svg>";

fn bank() -> (tempfile::TempDir, Arc<Bank>) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("figures")).expect("a folder");
    std::fs::write(folder.path().join("figures/shape.svg"), SHAPE).expect("a figure");
    std::fs::write(folder.path().join("notes.md"), NOTES).expect("notes");
    let (bank, _) = Bank::open(&[folder.path().to_owned()], Glossary::bundled());
    (folder, Arc::new(bank))
}

fn said(fallen: &Fallen) -> String {
    Texts::of(Language::En).saying(&fallen.reason)
}

fn subjects(bank: &Bank) -> Vec<Subject> {
    wanted(&bank.questions()[0].texts[0].answer, 42)
}

#[test]
fn a_text_wants_pictures_of_what_text_can_not_say() {
    let (_folder, bank) = bank();
    let kinds: Vec<_> = subjects(&bank).iter().map(|subject| (subject.kind(), subject.source())).collect();
    let said: Vec<_> = kinds.iter().map(|(kind, source)| format!("{kind} {source}")).collect();
    assert_eq!(
        said,
        [
            "formula \\begin{cases}a\\\\b\\end{cases}",
            "figure figures/shape.svg",
            "formula f(x, y) = x^2 - y^2",
            "table 方法 │ 作用\n早停 │ 防止过拟合",
            "figure figures/gone.png",
        ],
        "in reading order, each once, and neither the short formula, the small table nor what is on the web"
    );
}

#[tokio::test]
async fn everything_is_drawn_that_can_be() {
    let (_folder, bank) = bank();
    let album = Album::new(LIMITS);
    let drawn = album.draw(&bank, subjects(&bank), LONG).await;
    assert!(!drawn.is_late());
    let there: Vec<bool> = subjects(&bank).iter().map(|subject| drawn.of(subject).is_some()).collect();
    assert_eq!(there, [true, true, true, true, false], "what is not in the bank is left out");
    let plate = drawn.formula("f(x, y) = x^2 - y^2", true).expect("a picture");
    assert!(plate.bytes.starts_with(b"\x89PNG") && plate.width > 100);
    assert!(plate.name().starts_with("formula-") && plate.name().ends_with(".png"), "{}", plate.name());
    let fallen = album.draw_now(&bank, &subjects(&bank)[4]).expect_err("it is not there");
    assert_eq!(said(&fallen), "it is not in the bank");
}

#[tokio::test]
async fn nobody_waits_for_a_picture_and_it_is_there_the_next_time() {
    let (_folder, bank) = bank();
    let album = Album::new(LIMITS);
    let first = album.draw(&bank, subjects(&bank), Duration::ZERO).await;
    assert!(first.is_late(), "nothing is drawn in no time");
    let whole = album.draw(&bank, subjects(&bank), LONG).await;
    assert!(!whole.is_late());
    let formulas: Vec<Subject> =
        subjects(&bank).into_iter().filter(|subject| subject.kind() == "formula").collect();
    let again = album.draw(&bank, formulas.clone(), Duration::ZERO).await;
    assert!(!again.is_late(), "it is drawn once");
    for formula in &formulas {
        let (first, again) = (whole.of(formula).expect("a picture"), again.of(formula).expect("a picture"));
        assert!(Arc::ptr_eq(first, again), "and kept");
    }
}

#[tokio::test]
async fn a_figure_that_changes_is_drawn_anew() {
    let (folder, bank) = bank();
    let album = Album::new(LIMITS);
    let figure = vec![Subject::Figure("figures/shape.svg".to_owned())];
    let before = album.draw(&bank, figure.clone(), LONG).await;
    std::fs::write(folder.path().join("figures/shape.svg"), SHAPE.replace("#08c", "#c80")).expect("a figure");
    let after = album.draw(&bank, figure.clone(), LONG).await;
    let content = |drawn: &viva_album::Drawn| drawn.of(&figure[0]).expect("a picture").content().to_owned();
    assert_ne!(content(&before), content(&after));
    let evil = SHAPE.replace("<rect", "<script>alert(1)</script><rect");
    std::fs::write(folder.path().join("figures/shape.svg"), evil).expect("a figure");
    let fallen = album.draw_now(&bank, &figure[0]).expect_err("scripts are not drawn");
    assert!(said(&fallen).contains("script"), "{}", said(&fallen));
}
