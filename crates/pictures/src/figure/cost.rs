//! What it takes to draw an SVG. Drawing can't be stopped once it runs, so this module adds up
//! beforehand how many pixels will be painted and held, and refuses what would be too many; and
//! what reaches so far that the arithmetic of the drawing library overflows, which ends the process.

use resvg::tiny_skia::{PathSegment, Transform};
use resvg::usvg::{Group, Node, Paint, Path, Pattern, Rect, Tree};

use crate::NotDrawn;

/// The most pixels painted, over and over: about a second.
const MAX_PAINTED: f64 = 300e6;

/// The most pixels in layers that lie on one another: 64 MB.
const MAX_HELD: f64 = 16e6;

/// How far from its edge a picture may have shapes, in pixels. The library counts sixteenths of
/// pixels in 32 bits, of which it takes half for the fraction.
const MAX_REACH: f32 = 8000.0;

/// The most groups, shapes and texts that are looked at.
const MAX_VISITS: usize = 200_000;

/// The most dashes, if all lines were dashed.
const MAX_DASHES: f64 = 50_000.0;

/// What a segment of a path costs, in painted pixels.
const SEGMENT: f64 = 100.0;

/// How many times as large as the picture the library makes a layer at most.
const LAYER: f64 = 25.0;

/// Refuses `tree` if drawing it at `scale` would take too much.
pub(super) fn check(tree: &Tree, scale: f32) -> Result<(), NotDrawn> {
    bill(tree, scale).map(drop)
}

fn bill(tree: &Tree, scale: f32) -> Result<Bill, NotDrawn> {
    let canvas = f64::from(tree.size().width() * scale) * f64::from(tree.size().height() * scale);
    let mut bill = Bill { canvas, painted: 0.0, held: 0.0, visits: 0, length: 0.0 };
    bill.group(tree.root(), Transform::from_scale(scale, scale))?;
    Ok(bill)
}

/// Refuses `tree`, whose lines are still solid, if they would make too many dashes, each and its gap
/// as long as the shortest of `periods`.
pub(super) fn check_dashes(
    tree: &Tree,
    scale: f32,
    periods: impl Iterator<Item = f64>,
) -> Result<(), NotDrawn> {
    let bill = bill(tree, scale)?;
    // False also when one is no number.
    if periods.into_iter().all(|period| bill.length <= MAX_DASHES * period) {
        return Ok(());
    }
    Err(NotDrawn::TooCostly("its lines have too many dashes"))
}

struct Bill {
    /// The pixels of the picture.
    canvas: f64,
    painted: f64,
    /// The pixels of the layers around what is being looked at.
    held: f64,
    visits: usize,
    /// How long all outlines are, in their own units.
    length: f64,
}

impl Bill {
    /// Adds `group`; `space` makes pixels of its coordinates.
    fn group(&mut self, group: &Group, space: Transform) -> Result<(), NotDrawn> {
        self.visit()?;
        let mut layers = 0.0;
        if group.should_isolate() {
            let layer = pixels(group.abs_layer_bounding_box().to_rect(), space).min(LAYER * self.canvas);
            // A layer is cleared, painted and put on the one below; a mask has one of its own.
            layers = layer * if group.mask().is_some() { 2.0 } else { 1.0 };
            self.painted += 3.0 * layers;
        }
        self.held += layers;
        if self.held > MAX_HELD {
            return Err(NotDrawn::TooCostly("it has too many layers"));
        }
        let inside = space.pre_concat(group.abs_transform());
        let mut clip = group.clip_path();
        while let Some(path) = clip {
            self.painted += layers;
            self.group(path.root(), inside.pre_concat(path.transform()))?;
            clip = path.clip_path();
        }
        let mut mask = group.mask();
        while let Some(inner) = mask {
            self.painted += layers;
            self.group(inner.root(), inside)?;
            mask = inner.mask();
        }
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group, space)?,
                Node::Path(path) => self.path(path, space)?,
                Node::Text(text) => self.group(text.flattened(), space)?,
                // None is ever loaded.
                Node::Image(_) => {}
            }
        }
        self.held -= layers;
        Ok(())
    }

    fn path(&mut self, path: &Path, space: Transform) -> Result<(), NotDrawn> {
        self.visit()?;
        self.painted += SEGMENT * path.data().len() as f64;
        let bounds = path.abs_stroke_bounding_box();
        reaches(bounds, space)?;
        let paints = path
            .fill()
            .map(|fill| fill.paint())
            .into_iter()
            .chain(path.stroke().map(|stroke| stroke.paint()));
        for paint in paints {
            let weight = if matches!(paint, Paint::Color(_)) { 1.0 } else { 4.0 };
            self.painted += weight * pixels(bounds, space).min(LAYER * self.canvas);
            if let Paint::Pattern(pattern) = paint {
                self.pattern(pattern, space.pre_concat(path.abs_transform()))?;
            }
        }
        self.length += length(path);
        Ok(())
    }

    /// Adds the tile of `pattern`, which is drawn in pixels of its own.
    fn pattern(&mut self, pattern: &Pattern, space: Transform) -> Result<(), NotDrawn> {
        let (x, y) = space.pre_concat(pattern.transform()).get_scale();
        let tile = Transform::from_scale(x, y);
        let pixels = pixels(pattern.rect().to_rect(), tile);
        self.painted += pixels;
        self.held += pixels;
        self.group(pattern.root(), tile)?;
        self.held -= pixels;
        Ok(())
    }

    fn visit(&mut self) -> Result<(), NotDrawn> {
        self.visits += 1;
        // False also when it is no number.
        if self.visits <= MAX_VISITS && self.painted <= MAX_PAINTED {
            return Ok(());
        }
        Err(NotDrawn::TooCostly("it paints too much"))
    }
}

/// How many pixels `bounds` has; more than there can be if they can't be counted.
fn pixels(bounds: Rect, space: Transform) -> f64 {
    bounds
        .transform(space)
        .map_or(f64::INFINITY, |bounds| f64::from(bounds.width()) * f64::from(bounds.height()))
}

/// Refuses a shape that is too far away or too large.
fn reaches(bounds: Rect, space: Transform) -> Result<(), NotDrawn> {
    let far = |edge: f32| edge.abs() > MAX_REACH;
    match bounds.transform(space) {
        Some(at) if ![at.left(), at.top(), at.right(), at.bottom()].into_iter().any(far) => Ok(()),
        Some(at) => Err(NotDrawn::TooLarge { width: at.width().into(), height: at.height().into() }),
        None => Err(NotDrawn::TooLarge { width: f64::INFINITY, height: f64::INFINITY }),
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
