//! The form of an English word that its inflections share: `gradients` → `gradient`, `pruned` and
//! `pruning` → `prun`, `regularisation` → `regularization`.
//!
//! It removes endings of number and tense only. Suffixes that make another word stay, because
//! `token` and `tokenizer`, or `general` and `generalization`, are different concepts. What comes
//! out is a key to compare, not a word to show.

use std::borrow::Cow;

/// Appends the key of `word`, which must be in lower case, to `out`.
pub(super) fn push_key(word: &str, out: &mut String) {
    if !word.is_ascii() {
        out.push_str(word);
        return;
    }
    let start = out.len();
    out.push_str(&american(word));
    while let Some((keep, ending)) = shorten(&out[start..]) {
        out.truncate(start + keep);
        out.push_str(ending);
    }
}

/// `word` with the American endings for British ones: -ize, -yze, -or, -ter, -log.
///
/// It errs where that is harmless, on words that have no twin to be confused with.
pub(crate) fn american(word: &str) -> Cow<'_, str> {
    const OUR: [&str; 10] = ["", "s", "ed", "ing", "al", "ally", "able", "ite", "hood", "hoods"];
    const ISE: [&str; 9] = ["e", "ed", "es", "er", "ers", "ing", "able", "ation", "ations"];

    // A quick look for what all of these have in them spares most words the searches.
    let end = &word.as_bytes()[word.len().saturating_sub("isations".len())..];
    let suspect = |pair: &[u8]| matches!(pair, b"ou" | b"is" | b"ys" | b"tr" | b"og");
    if word.len() < 6 || !end.windows(2).any(suspect) || !word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let respelt = |british: &str, american: &str, endings: &[&str]| {
        let at = word.rfind(british).filter(|&at| at >= 3)?;
        let ending = &word[at + british.len()..];
        endings.contains(&ending).then(|| format!("{}{american}{ending}", &word[..at]))
    };
    let from_latin = |word: &String| {
        // supervise, precise, otherwise, denoise, praise and surprise have no twin in -ize.
        let at = word.rfind('z').map_or(0, |z| z - 1);
        !word[..at].ends_with(['v', 'c', 'w', 'o', 'a']) && !word[..at].ends_with("pr")
    };
    respelt("our", "or", &OUR)
        .or_else(|| respelt("is", "iz", &ISE).filter(from_latin))
        .or_else(|| respelt("ys", "yz", &ISE))
        .or_else(|| respelt("tre", "ter", &["", "s"]))
        .or_else(|| respelt("tred", "tered", &[""]))
        .or_else(|| respelt("logue", "log", &["", "s"]))
        .map_or(Cow::Borrowed(word), Cow::Owned)
}

/// One ending less: how many bytes of `word` to keep and what to put behind them.
fn shorten(word: &str) -> Option<(usize, &'static str)> {
    let len = word.len();
    match word {
        "matrices" => return Some((4, "ix")),
        "vertices" => return Some((4, "ex")),
        "indices" => return Some((3, "ex")),
        _ => {}
    }
    if len >= 5 && (word.ends_with("ies") || word.ends_with("ied")) {
        return Some((len - 3, "y"));
    }
    if len >= 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return Some((len - 1, ""));
    }
    if !word.ends_with("eed")
        && let Some(stem) = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed"))
        && stem.len() >= 3
        && stem.contains(['a', 'e', 'i', 'o', 'u', 'y'])
    {
        return Some((without_double(stem), ""));
    }
    if (len >= 4 && word.ends_with('e')) || (len >= 6 && word.ends_with("ll")) {
        return Some((len - 1, ""));
    }
    None
}

/// The length of `stem` without the consonant that was doubled before `-ing` or `-ed`.
fn without_double(stem: &str) -> usize {
    let bytes = stem.as_bytes();
    match bytes {
        [.., a, b @ (b'b' | b'd' | b'g' | b'm' | b'n' | b'p' | b'r' | b't')] if a == b => stem.len() - 1,
        _ => stem.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(word: &str) -> String {
        let mut out = String::new();
        push_key(word, &mut out);
        out
    }

    #[test]
    fn inflections_share_a_key() {
        for family in [
            &["gradient", "gradients"][..],
            &["overfit", "overfits", "overfitted", "overfitting"],
            &["prune", "prunes", "pruned", "pruning"],
            &["embedding", "embeddings", "embed"],
            &["matrix", "matrices"],
            &["loss", "losses"],
            &["bias", "biases", "biased"],
            &["activity", "activities"],
            &["modelling", "modeling", "modelled", "model", "models"],
            &["regularisation", "regularization", "regularizations"],
            &["regularise", "regularize", "regularised", "regularizing"],
            &["behaviour", "behavior", "behaviours"],
            &["centre", "center", "centres", "centred", "centered"],
            &["analyse", "analyze", "analysing"],
            &["dialogue", "dialog"],
            &["gan", "gans"],
        ] {
            for word in family {
                assert_eq!(key(word), key(family[0]), "{word} beside {}", family[0]);
            }
        }
    }

    #[test]
    fn other_words_keep_their_own() {
        for (one, other) in [
            ("token", "tokenizer"),
            ("general", "generalization"),
            ("transform", "transformer"),
            ("encoder", "encoding"),
            ("norm", "normal"),
            ("need", "ne"),
            ("string", "str"),
            ("hour", "hor"),
            ("noise", "noize"),
            ("cnn", "cn"),
            ("pass", "pas"),
        ] {
            assert_ne!(key(one), key(other));
        }
    }
}
