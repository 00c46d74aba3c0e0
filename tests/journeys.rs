//! Journeys through the whole program: the real binary, a real store, a person at the keyboard.

mod journeys {
    mod check;
    mod console;
    mod discord;
    mod reload;
    mod seeds;
    mod telegram;
    mod terminal;
    mod texts;

    /// The lines of the README's picture that begins with `start`, without the frame and without what it begins with.
    fn readme(start: &str) -> Vec<String> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
        let readme = std::fs::read_to_string(path).expect("the README");
        let (_, picture) = readme.split_once(start).expect("a picture");
        let (picture, _) = picture.split_once("```").expect("its end");
        let lines = picture.lines().map(|line| line.trim_start_matches('┃').trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    }
}
