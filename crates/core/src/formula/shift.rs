//! Raised and lowered text, as far as Unicode has it.

/// Which way a script goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    Up,
    Down,
}

/// Characters and their raised forms.
const RAISED: &[(&str, &str)] = &[
    ("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    ("+−=()", "⁺⁻⁼⁽⁾"),
    ("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"),
    ("ABDEGHIJKLMNOPRTUVW", "ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ"),
    ("βγδθφϕχ", "ᵝᵞᵟᶿᵠᶲᵡ"),
    ("⊤∗*′†‡", "ᵀ**′†‡"),
];

/// Characters and their lowered forms.
const LOWERED: &[(&str, &str)] = &[
    ("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
    ("+−=()", "₊₋₌₍₎"),
    ("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"),
    ("βγρφχ", "ᵦᵧᵨᵩᵪ"),
];

impl Shift {
    fn table(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Up => RAISED,
            Self::Down => LOWERED,
        }
    }

    /// The sign that stands for the shift where Unicode has none.
    fn sign(self) -> char {
        match self {
            Self::Up => '^',
            Self::Down => '_',
        }
    }
}

/// `text` in shifted characters, if Unicode has them all.
pub(super) fn shifted(text: &str, shift: Shift) -> Option<String> {
    match (text, shift) {
        ("∘", Shift::Up) => return Some("°".to_owned()),
        ("′′", Shift::Up) => return Some("″".to_owned()),
        ("′′′", Shift::Up) => return Some("‴".to_owned()),
        _ => {}
    }
    text.chars().map(|c| shifted_char(c, shift)).collect()
}

/// `text` behind a `^` or `_`, in parentheses unless it is a single column.
pub(super) fn spelled(text: &str, shift: Shift) -> String {
    let fenced = text.starts_with('(') && text.find(')') == Some(text.len() - 1)
        || text.starts_with('[') && text.find(']') == Some(text.len() - 1);
    if fenced || text.chars().count() == 1 {
        format!("{}{text}", shift.sign())
    } else {
        format!("{}({text})", shift.sign())
    }
}

/// Whether `text` ends in a raised character, so that nothing more can be raised behind it.
pub(super) fn ends_raised(text: &str) -> bool {
    text.chars().next_back().is_some_and(|last| RAISED.iter().any(|(_, raised)| raised.contains(last)))
}

/// Whether `c` is a lowered or raised character.
pub(super) fn is_script(c: char) -> bool {
    RAISED.iter().chain(LOWERED).any(|(_, shifted)| shifted.contains(c))
}

fn shifted_char(c: char, shift: Shift) -> Option<char> {
    shift.table().iter().find_map(|(plain, shifted)| {
        let index = plain.chars().position(|plain| plain == c)?;
        shifted.chars().nth(index)
    })
}
