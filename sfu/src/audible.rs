//! Which microphones one listener hears: the loudest few.

use crate::id::PeerId;

/// Who is heard already counts as louder by this many decibels, so that two who are alike do not take turns.
const BONUS: f32 = 3.0;

/// The `most` loudest of these microphones (with their levels in dBov), those of `before` preferred.
pub(crate) fn select(microphones: &[(PeerId, f32)], before: &[PeerId], most: usize) -> Vec<PeerId> {
    let mut ranked: Vec<(PeerId, f32)> = microphones.to_vec();
    if ranked.len() > most {
        for (peer, level) in &mut ranked {
            if before.contains(peer) {
                *level += BONUS;
            }
        }
        ranked.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        ranked.truncate(most);
    }
    ranked.into_iter().map(|(peer, _)| peer).collect()
}

#[cfg(test)]
mod tests {
    use super::select;
    use crate::id::PeerId;

    const LEVELS: [(PeerId, f32); 4] =
        [(PeerId(1), -60.0), (PeerId(2), -30.0), (PeerId(3), -20.0), (PeerId(4), -127.0)];

    fn ids(selected: Vec<PeerId>) -> Vec<u64> {
        let mut ids: Vec<u64> = selected.into_iter().map(|peer| peer.0).collect();
        ids.sort_unstable();
        ids
    }

    #[test]
    fn everybody_is_heard_in_a_small_room() {
        assert_eq!(ids(select(&LEVELS, &[], 4)), [1, 2, 3, 4]);
    }

    #[test]
    fn the_loudest_are_heard_in_a_large_one() {
        assert_eq!(ids(select(&LEVELS, &[], 2)), [2, 3]);
    }

    #[test]
    fn who_is_heard_is_not_replaced_by_somebody_alike() {
        let alike = [(PeerId(1), -30.0), (PeerId(2), -28.0)];
        assert_eq!(ids(select(&alike, &[PeerId(1)], 1)), [1]);
        let louder = [(PeerId(1), -30.0), (PeerId(2), -20.0)];
        assert_eq!(ids(select(&louder, &[PeerId(1)], 1)), [2]);
    }
}
