//! Which question comes next: what the venue has never seen, at random; once the bank is through,
//! what it has not seen for longest. It refuses to read a clock or a generator of its own.

use jiff::Timestamp;
use rand::Rng;
use rand::seq::IteratorRandom;
use rustc_hash::FxHashMap;

use crate::bank::QuestionId;

/// Picks one of `candidates` for a venue that was asked `asked`, or nothing if there are none.
///
/// No question is picked twice while another candidate was never asked, and after that none twice
/// before all the others: each is picked once a turn.
pub fn pick<'a>(
    candidates: impl IntoIterator<Item = &'a QuestionId>,
    asked: &[(QuestionId, Timestamp)],
    rng: &mut impl Rng,
) -> Option<&'a QuestionId> {
    let last: FxHashMap<&QuestionId, Timestamp> = asked.iter().map(|(id, at)| (id, *at)).collect();
    let (seen, unseen): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|id| last.contains_key(id));
    unseen.into_iter().choose(rng).or_else(|| seen.into_iter().min_by_key(|id| (last[id], *id)))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn each_question_comes_once_a_turn() {
        let bank: Vec<_> = ["a", "b", "c", "d", "e"].map(|id| QuestionId(id.to_owned())).into();
        let mut rng = StdRng::seed_from_u64(7);
        let mut asked: Vec<(QuestionId, Timestamp)> = Vec::new();
        let mut turns = Vec::new();
        for second in 0..15 {
            let id = pick(&bank, &asked, &mut rng).expect("the bank is not empty").clone();
            asked.retain(|(seen, _)| *seen != id);
            asked.push((id.clone(), Timestamp::from_second(second).expect("a small number")));
            turns.push(id);
        }
        for turn in turns.chunks(5) {
            let mut turn = turn.to_vec();
            turn.sort();
            assert_eq!(turn, bank);
        }
        assert_eq!(turns[..5], turns[5..10], "the second turn follows the first: least recent first");
    }

    #[test]
    fn first_turns_differ_by_chance() {
        let bank: Vec<_> = (0..50).map(|n| QuestionId(n.to_string())).collect();
        let first = |seed| pick(&bank, &[], &mut StdRng::seed_from_u64(seed));
        assert!((1..20).any(|seed| first(seed) != first(0)));
        assert_eq!(pick(&[], &[], &mut StdRng::seed_from_u64(0)), None);
    }
}
