//! stub
use crate::{bank::Question, glossary::Glossary};
#[derive(Debug)]
pub struct Index;
pub struct Found;
impl Index {
    pub fn build(_q: &[Question], _g: &Glossary) -> Self {
        Index
    }
    pub fn search(&self, _q: &str, _l: usize) -> Found {
        Found
    }
}
