//! Puts a laid-out formula on a panel. Owns the step from em to pixels and the look for glyphs;
//! refuses formulas with a glyph that no face has.

use ratex_types::color::Color;
use ratex_types::display_item::{DisplayItem, DisplayList};
use ratex_types::path_command::PathCommand;
use resvg::tiny_skia::{
    self as skia, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, StrokeDash, Transform,
};

use super::{EM, ink};
use crate::panel::Panel;
use crate::{NotDrawn, faces};

/// What is left free around a formula, in pixels.
const PADDING: f64 = 28.0;

/// How thick the lines of drawn paths are, in em; the same as in `ratex-svg`.
const STROKE: f32 = 0.0375;

/// The thinnest a rule may be, in pixels: thinner ones fade away.
const THINNEST: f32 = 2.0;

/// Something to put on the panel, in em.
struct Shape {
    path: Path,
    stroke: Option<Stroke>,
    color: Color,
}

/// Draws `list`.
pub(super) fn paint(list: &DisplayList) -> Result<Pixmap, NotDrawn> {
    // Where the author put colour under something, light ink may be meant.
    let has_ground = list.items.iter().any(|item| matches!(item, DisplayItem::Rect { .. }));
    let mut shapes = Vec::with_capacity(list.items.len());
    for item in &list.items {
        shape(item, &mut shapes)?;
    }
    let ink = shapes.iter().filter_map(Shape::bounds).reduce(|a, b| union(&a, &b)).ok_or(NotDrawn::Blank)?;
    // A formula's own box leaves room beside letters; what overlaps it is not to be cut off.
    let nominal = Rect::from_ltrb(0.0, 0.0, list.width as f32, (list.height + list.depth) as f32);
    let bounds = nominal.map_or(ink, |nominal| union(&nominal, &ink));
    let (width, height) = (f64::from(bounds.width()) * EM, f64::from(bounds.height()) * EM);
    let mut panel = Panel::around(width, height, PADDING)?;
    let em = EM as f32;
    let to_pixels = Transform::from_translate(-bounds.left(), -bounds.top())
        .post_scale(em, em)
        .post_translate(panel.origin.0.round(), panel.origin.1.round());
    for shape in &shapes {
        let color = if has_ground { shape.color } else { ink::legible(shape.color) };
        shape.put(&mut panel.pixmap, color, to_pixels);
    }
    if panel.is_blank() { Err(NotDrawn::Blank) } else { Ok(panel.pixmap) }
}

impl Shape {
    fn bounds(&self) -> Option<Rect> {
        let reach = self.stroke.as_ref().map_or(0.0, |stroke| stroke.width / 2.0);
        let bounds = self.path.bounds();
        Rect::from_ltrb(
            bounds.left() - reach,
            bounds.top() - reach,
            bounds.right() + reach,
            bounds.bottom() + reach,
        )
    }

    fn put(&self, pixmap: &mut Pixmap, color: Color, transform: Transform) {
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        let [r, g, b, a] = [color.r, color.g, color.b, color.a].map(|channel| channel.clamp(0.0, 1.0));
        paint.set_color(skia::Color::from_rgba(r, g, b, a).unwrap_or(skia::Color::BLACK));
        match &self.stroke {
            Some(stroke) => pixmap.stroke_path(&self.path, &paint, stroke, transform, None),
            None => pixmap.fill_path(&self.path, &paint, FillRule::Winding, transform, None),
        }
    }
}

/// Adds what `item` looks like to `shapes`; nothing for spaces.
fn shape(item: &DisplayItem, shapes: &mut Vec<Shape>) -> Result<(), NotDrawn> {
    match item {
        DisplayItem::GlyphPath { x, y, scale, font, char_code, color } => {
            let c = char::from_u32(*char_code).unwrap_or(char::REPLACEMENT_CHARACTER);
            let (face, glyph) = faces::formula_glyph(font, c).ok_or(NotDrawn::MissingGlyph(c))?;
            let scale = *scale as f32;
            let place = Transform::from_scale(scale, scale).post_translate(*x as f32, *y as f32);
            let path = face.outline(glyph).and_then(|path| path.transform(place));
            shapes.extend(path.map(|path| Shape { path, stroke: None, color: *color }));
        }
        DisplayItem::Line { x, y, width, thickness, color, dashed } => {
            let thickness = (*thickness as f32).max(THINNEST / EM as f32);
            let (x, y, width) = (*x as f32, *y as f32, *width as f32);
            if *dashed {
                let mut path = PathBuilder::new();
                path.move_to(x, y);
                path.line_to(x + width, y);
                let dash = StrokeDash::new(vec![3.0 * thickness, 3.0 * thickness], 0.0);
                let stroke = Stroke { width: thickness, dash, ..Stroke::default() };
                shapes.extend(path.finish().map(|path| Shape { path, stroke: Some(stroke), color: *color }));
            } else {
                shapes.extend(rect(x, y - thickness / 2.0, width, thickness, *color));
            }
        }
        DisplayItem::Rect { x, y, width, height, color } => {
            shapes.extend(rect(*x as f32, *y as f32, *width as f32, *height as f32, *color));
        }
        DisplayItem::Path { x, y, commands, fill, color } => {
            let stroke = (!fill).then(|| Stroke { width: STROKE, ..Stroke::default() });
            // Overlapping parts of a brace turn either way: filled together they would cancel out.
            let parts = commands.chunk_by(|_, next| !fill || !matches!(next, PathCommand::MoveTo { .. }));
            shapes.extend(parts.filter_map(|part| path(*x, *y, part)).map(|path| Shape {
                path,
                stroke: stroke.clone(),
                color: *color,
            }));
        }
    }
    Ok(())
}

fn rect(x: f32, y: f32, width: f32, height: f32, color: Color) -> Option<Shape> {
    let rect = Rect::from_xywh(x, y, width, height)?;
    Some(Shape { path: PathBuilder::from_rect(rect), stroke: None, color })
}

fn path(x: f64, y: f64, commands: &[PathCommand]) -> Option<Path> {
    let at = |px: f64, py: f64| ((px + x) as f32, (py + y) as f32);
    let mut path = PathBuilder::new();
    for command in commands {
        match *command {
            PathCommand::MoveTo { x, y } => {
                let (x, y) = at(x, y);
                path.move_to(x, y);
            }
            PathCommand::LineTo { x, y } => {
                let (x, y) = at(x, y);
                path.line_to(x, y);
            }
            PathCommand::QuadTo { x1, y1, x, y } => {
                let ((x1, y1), (x, y)) = (at(x1, y1), at(x, y));
                path.quad_to(x1, y1, x, y);
            }
            PathCommand::CubicTo { x1, y1, x2, y2, x, y } => {
                let ((x1, y1), (x2, y2), (x, y)) = (at(x1, y1), at(x2, y2), at(x, y));
                path.cubic_to(x1, y1, x2, y2, x, y);
            }
            PathCommand::Close => path.close(),
        }
    }
    path.finish()
}

fn union(a: &Rect, b: &Rect) -> Rect {
    Rect::from_ltrb(
        a.left().min(b.left()),
        a.top().min(b.top()),
        a.right().max(b.right()),
        a.bottom().max(b.bottom()),
    )
    .unwrap_or(*a)
}
