//! Which of the latest packets of a stream were seen, as in the replay list of RFC 3711, section 3.3.2.

/// Numbers that are remembered: at 250 packets a second about four seconds, longer than anybody asks for a lost packet.
const SIZE: u64 = 1024;

/// Bits for the latest [`SIZE`] numbers, none of them before the first.
#[derive(Debug)]
pub(crate) struct Window {
    first: u64,
    highest: u64,
    bits: [u64; (SIZE / 64) as usize],
}

impl Window {
    pub(crate) fn new(first: u64) -> Self {
        Window { first, highest: first, bits: [0; (SIZE / 64) as usize] }
    }

    /// Whether this number is new. One that is too old to know counts as seen.
    pub(crate) fn insert(&mut self, number: u64) -> bool {
        if number < self.first || number + SIZE <= self.highest {
            return false;
        }
        if number > self.highest {
            // Each number that comes into the window takes the bit of the one that leaves it.
            for passed in (self.highest + 1..=number).take(SIZE as usize) {
                self.set(passed, false);
            }
            self.set(number, false);
            self.highest = number;
        }
        let is_new = !self.get(number);
        self.set(number, true);
        is_new
    }

    fn get(&self, number: u64) -> bool {
        let bit = number % SIZE;
        self.bits[(bit / 64) as usize] & (1 << (bit % 64)) != 0
    }

    fn set(&mut self, number: u64, seen: bool) {
        let bit = number % SIZE;
        let word = &mut self.bits[(bit / 64) as usize];
        *word = if seen { *word | 1 << (bit % 64) } else { *word & !(1 << (bit % 64)) };
    }
}

#[cfg(test)]
mod tests {
    use super::{SIZE, Window};

    #[test]
    fn each_number_is_new_once() {
        let mut window = Window::new(10);
        assert!(window.insert(10));
        assert!(window.insert(12));
        assert!(window.insert(11));
        for number in 10..=12 {
            assert!(!window.insert(number));
        }
    }

    #[test]
    fn numbers_before_the_first_and_too_old_ones_count_as_seen() {
        let mut window = Window::new(10);
        assert!(!window.insert(9));
        assert!(window.insert(10 + SIZE));
        assert!(!window.insert(10));
        assert!(window.insert(11));
    }

    #[test]
    fn a_jump_over_the_whole_window_clears_it() {
        let mut window = Window::new(0);
        for number in 0..SIZE {
            assert!(window.insert(number));
        }
        assert!(window.insert(10 * SIZE));
        for number in 9 * SIZE + 1..10 * SIZE {
            assert!(window.insert(number));
        }
    }
}
