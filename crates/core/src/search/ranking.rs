//! The questions that name most of what is wanted.

use super::Hit;
use super::query::Wanted;

/// The score of every question that names anything wanted.
pub(super) enum Scores {
    /// For few: by question.
    Sparse(Vec<(u32, f32)>),
    /// For many: one for each question of the bank.
    Dense(Vec<f32>),
}

/// If one question in this many is named, a score for each of the bank is cheaper than sorting.
const SPARSE: usize = 32;

pub(super) fn add_up(wanted: &[Wanted<'_>], questions: usize) -> Scores {
    let named: usize = wanted.iter().map(|wanted| wanted.questions.len()).sum();
    let scored = |wanted: &Wanted<'_>, i: usize| wanted.impacts[i].weight() * wanted.weight;
    if named * SPARSE < questions {
        let mut scores = Vec::with_capacity(named);
        for wanted in wanted {
            scores.extend(
                wanted.questions.iter().enumerate().map(|(i, &question)| (question, scored(wanted, i))),
            );
        }
        scores.sort_unstable_by_key(|&(question, _)| question);
        scores.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        return Scores::Sparse(scores);
    }
    let mut scores = vec![0.0; questions];
    for wanted in wanted {
        for (&question, impact) in wanted.questions.iter().zip(wanted.impacts) {
            scores[question as usize] += impact.weight() * wanted.weight;
        }
    }
    Scores::Dense(scores)
}

/// The `count` best; of equals the first in the bank.
pub(super) fn best_of(scores: &Scores, count: usize) -> Vec<Hit> {
    let mut best = Best { hits: Vec::new(), count, least: 0.0 };
    match scores {
        Scores::Sparse(scores) => {
            scores.iter().for_each(|&(question, score)| best.offer(question as usize, score))
        }
        Scores::Dense(scores) => {
            scores.iter().enumerate().for_each(|(question, &score)| best.offer(question, score))
        }
    }
    best.settle();
    best.hits
}

/// The best hits so far, and up to as many again that may be.
struct Best {
    hits: Vec<Hit>,
    count: usize,
    /// What a hit has to exceed.
    least: f32,
}

impl Best {
    fn offer(&mut self, question: usize, score: f32) {
        if score > self.least {
            self.hits.push(Hit { question, score });
            if self.hits.len() >= self.count.saturating_mul(2).max(16) {
                self.settle();
                self.least = self.hits.last().map_or(self.least, |hit| hit.score);
            }
        }
    }

    fn settle(&mut self) {
        self.hits.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.question.cmp(&b.question)));
        self.hits.truncate(self.count);
    }
}
