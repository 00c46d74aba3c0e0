//! Colours that authors give to parts of formulas. Owns whether they can be read on the panel.

use ratex_types::color::Color;

use crate::panel::PAPER_RGB;

/// The contrast that large letters need at least, by WCAG 2
/// (<https://www.w3.org/TR/WCAG21/#contrast-minimum>).
const MIN_CONTRAST: f32 = 3.0;

/// `color` as it is, or as much darker as it takes to be read on the panel.
pub(super) fn legible(color: Color) -> Color {
    let mut legible = color;
    // Twenty steps turn white into black.
    for _ in 0..20 {
        if contrast(legible) >= MIN_CONTRAST {
            break;
        }
        (legible.r, legible.g, legible.b) = (legible.r * 0.85, legible.g * 0.85, legible.b * 0.85);
    }
    legible
}

/// The contrast of `color` with the panel, from 1 to 21.
fn contrast(color: Color) -> f32 {
    let [r, g, b] = PAPER_RGB.map(|channel| f32::from(channel) / 255.0);
    let alpha = color.a.clamp(0.0, 1.0);
    let over = |channel: f32, paper: f32| channel * alpha + paper * (1.0 - alpha);
    let seen = luminance(over(color.r, r), over(color.g, g), over(color.b, b));
    (luminance(r, g, b) + 0.05) / (seen + 0.05)
}

fn luminance(r: f32, g: f32, b: f32) -> f32 {
    let linear = |channel: f32| match channel.clamp(0.0, 1.0) {
        dark if dark <= 0.04045 => dark / 12.92,
        light => ((light + 0.055) / 1.055).powf(2.4),
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}
