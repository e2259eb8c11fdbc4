//! Who sits in which slot of one client.

use crate::source::Occupant;

/// Gives slots to those who come first in `demand`, which is in the order of importance. Whoever has a slot keeps it, so that
/// a tile never moves because somebody else joined.
pub(crate) fn seat(slots: &[Option<Occupant>], demand: &[Occupant]) -> Vec<Option<Occupant>> {
    let seated = &demand[..demand.len().min(slots.len())];
    let mut next: Vec<Option<Occupant>> =
        slots.iter().map(|occupant| occupant.filter(|occupant| seated.contains(occupant))).collect();
    for occupant in seated {
        if next.contains(&Some(*occupant)) {
            continue;
        }
        if let Some(free) = next.iter_mut().find(|slot| slot.is_none()) {
            *free = Some(*occupant);
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::seat;
    use crate::id::PeerId;
    use crate::source::{Content, Occupant};

    fn person(id: u64) -> Occupant {
        Occupant { peer: PeerId(id), content: Content::Person }
    }

    #[test]
    fn whoever_has_a_slot_keeps_it() {
        let slots = [Some(person(1)), None, Some(person(3))];
        assert_eq!(seat(&slots, &[person(2), person(3), person(1)]), [1, 2, 3].map(|id| Some(person(id))));
    }

    #[test]
    fn a_slot_that_is_left_goes_to_the_next() {
        let slots = [Some(person(1)), Some(person(2))];
        assert_eq!(seat(&slots, &[person(2), person(3)]), [Some(person(3)), Some(person(2))]);
    }

    #[test]
    fn too_few_slots_are_for_the_most_important() {
        let slots = [Some(person(9)), Some(person(2))];
        assert_eq!(seat(&slots, &[person(1), person(2), person(9)]), [Some(person(1)), Some(person(2))]);
    }
}
