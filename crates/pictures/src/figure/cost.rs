//! How long an SVG takes to draw. Drawing can't be stopped once it runs, so this module adds up
//! beforehand how many pixels will be painted, and refuses what would be too many.

use resvg::tiny_skia::PathSegment;
use resvg::usvg::{Group, Node, Paint, Path, Rect, Tree};

use crate::NotDrawn;

/// The most pixels painted, over and over: about a second.
const MAX_PAINTED: f64 = 300e6;

/// The most groups, shapes and texts that are looked at.
const MAX_VISITS: usize = 200_000;

/// The most dashes of dashed lines.
const MAX_DASHES: f64 = 20_000.0;

/// What a segment of a path costs, in painted pixels.
const SEGMENT: f64 = 100.0;

/// Refuses `tree` if drawing it at `scale` would take too long.
pub(super) fn check(tree: &Tree, scale: f32) -> Result<(), NotDrawn> {
    let canvas = f64::from(tree.size().width() * scale) * f64::from(tree.size().height() * scale);
    let mut bill = Bill { scale: f64::from(scale), canvas, painted: 0.0, visits: 0, dashes: 0.0 };
    bill.group(tree.root())
}

struct Bill {
    scale: f64,
    /// The most that one layer can paint.
    canvas: f64,
    painted: f64,
    visits: usize,
    dashes: f64,
}

impl Bill {
    fn group(&mut self, group: &Group) -> Result<(), NotDrawn> {
        self.visit()?;
        if group.should_isolate() {
            // A layer is cleared, painted and put on the one below.
            self.paint(group.abs_layer_bounding_box().to_rect(), 3.0);
        }
        let mut clip = group.clip_path();
        while let Some(path) = clip {
            self.group(path.root())?;
            clip = path.clip_path();
        }
        let mut mask = group.mask();
        while let Some(inner) = mask {
            self.painted += self.canvas;
            self.group(inner.root())?;
            mask = inner.mask();
        }
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group)?,
                Node::Path(path) => self.path(path)?,
                Node::Text(text) => self.group(text.flattened())?,
                // None is ever loaded.
                Node::Image(_) => {}
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &Path) -> Result<(), NotDrawn> {
        self.visit()?;
        self.painted += SEGMENT * path.data().len() as f64;
        let paints = path
            .fill()
            .map(|fill| fill.paint())
            .into_iter()
            .chain(path.stroke().map(|stroke| stroke.paint()));
        for paint in paints {
            let weight = if matches!(paint, Paint::Color(_)) { 1.0 } else { 4.0 };
            self.paint(path.abs_stroke_bounding_box(), weight);
            if let Paint::Pattern(pattern) = paint {
                self.painted += self.canvas;
                self.group(pattern.root())?;
            }
        }
        if let Some(dashes) = path.stroke().and_then(|stroke| stroke.dasharray()) {
            let period: f32 = dashes.iter().sum();
            self.dashes += length(path) / f64::from(period).max(1e-9);
        }
        if self.dashes > MAX_DASHES {
            return Err(NotDrawn::TooCostly("its lines have too many dashes"));
        }
        Ok(())
    }

    fn paint(&mut self, bounds: Rect, weight: f64) {
        let pixels = f64::from(bounds.width()) * f64::from(bounds.height()) * self.scale * self.scale;
        self.painted += weight * pixels.min(self.canvas);
    }

    fn visit(&mut self) -> Result<(), NotDrawn> {
        self.visits += 1;
        if self.visits > MAX_VISITS || self.painted > MAX_PAINTED {
            return Err(NotDrawn::TooCostly("it paints too much"));
        }
        Ok(())
    }
}

/// At least how long `path` is: curves are shorter than the lines between their handles.
fn length(path: &Path) -> f64 {
    let mut at = (0.0_f32, 0.0_f32);
    let mut start = at;
    let mut length = 0.0;
    for segment in path.data().segments() {
        let points = match segment {
            PathSegment::MoveTo(p) => {
                (at, start) = ((p.x, p.y), (p.x, p.y));
                continue;
            }
            PathSegment::LineTo(p) => vec![p],
            PathSegment::QuadTo(a, p) => vec![a, p],
            PathSegment::CubicTo(a, b, p) => vec![a, b, p],
            PathSegment::Close => {
                length += f64::from((start.0 - at.0).hypot(start.1 - at.1));
                at = start;
                continue;
            }
        };
        for p in points {
            length += f64::from((p.x - at.0).hypot(p.y - at.1));
            at = (p.x, p.y);
        }
    }
    length
}
