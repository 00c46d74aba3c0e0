//! try
fn main() {
    let p: Vec<_> = std::env::args().skip(1).map(Into::into).collect();
    let (pages, d) = viva_core::notes::folder::read(&p);
    for d in d {
        println!("{d}");
    }
    for p in pages {
        println!("{} {} {} {}", p.deck.path, p.deck.read_as, p.deck.language, p.entries.len());
        for s in &p.deck.skipped {
            println!("  skip {} {}", s.line, s.reason);
        }
        for d in &p.diagnostics {
            println!("{d}");
        }
        for e in &p.entries {
            println!(
                "{} {} {:?}\n   {:?}",
                e.line,
                e.id,
                viva_core::document::plain(&e.text.title),
                e.text.key_points.iter().map(|k| &k.phrase).collect::<Vec<_>>()
            );
            if std::env::var("V").is_ok() {
                println!("{:#?}", e.text.answer);
            }
        }
    }
}
