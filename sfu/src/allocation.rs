//! Which layer of each video one client gets: what its tiles need, within what its connection carries.

/// A layer that could be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Its index in the track.
    pub layer: usize,
    /// In pixels.
    pub height: u32,
    /// In bits per second.
    pub bitrate: u64,
}

/// A video that is on the client's screen.
#[derive(Debug, Clone)]
pub(crate) struct Demand {
    /// Height of its tile in pixels.
    pub height: u32,
    /// From the smallest layer to the largest, at least one.
    pub choices: Vec<Choice>,
}

/// What each video gets, and what the connection would have to carry.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Allocation {
    /// Position in its choices for each demand.
    pub levels: Vec<usize>,
    /// Bits per second to raise one more video by one step; 0 when nothing is to be raised.
    pub next_step: u64,
    /// Bits per second for all that the tiles need.
    pub ideal: u64,
}

/// Divides `budget` (bits per second) among videos, which are in the order of importance. Each gets at least its smallest
/// layer, whatever the budget is: an estimate that is too low would else never grow, since nothing is sent that could be
/// measured. Then each is raised by one step in turn.
pub(crate) fn allocate(demands: &[Demand], budget: u64) -> Allocation {
    let ideals: Vec<usize> = demands.iter().map(Demand::ideal).collect();
    let mut levels = vec![0; demands.len()];
    let mut total: u64 = demands.iter().map(|demand| demand.choices[0].bitrate).sum();
    loop {
        let mut raised = false;
        for (index, demand) in demands.iter().enumerate() {
            if levels[index] < ideals[index] && total + demand.step(levels[index]) <= budget {
                total += demand.step(levels[index]);
                levels[index] += 1;
                raised = true;
            }
        }
        if !raised {
            break;
        }
    }
    let waiting = (0..demands.len()).find(|index| levels[*index] < ideals[*index]);
    Allocation {
        next_step: waiting.map_or(0, |index| total + demands[index].step(levels[index])),
        ideal: demands.iter().zip(&ideals).map(|(demand, ideal)| demand.choices[*ideal].bitrate).sum(),
        levels,
    }
}

impl Demand {
    /// The smallest layer that fills the tile; one that is a fifth too small is enlarged without being seen.
    fn ideal(&self) -> usize {
        let enough = self.choices.iter().position(|choice| choice.height * 5 >= self.height * 4);
        enough.unwrap_or(self.choices.len() - 1)
    }

    /// What the step above this level costs. A larger layer may be the cheaper one, as when nothing moves in it.
    fn step(&self, level: usize) -> u64 {
        self.choices[level + 1].bitrate.saturating_sub(self.choices[level].bitrate)
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Demand, allocate};

    fn camera(height: u32) -> Demand {
        let layers = [(180, 150_000), (360, 500_000), (720, 1_500_000)];
        let choices = layers.into_iter().enumerate().map(|(layer, (height, bitrate))| Choice {
            layer,
            height,
            bitrate,
        });
        Demand { height, choices: choices.collect() }
    }

    #[test]
    fn a_tile_gets_the_smallest_layer_that_fills_it() {
        let demands = [100, 180, 220, 360, 400, 720, 2_000].map(camera);
        assert_eq!(allocate(&demands, u64::MAX).levels, [0, 0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn everybody_gets_the_smallest_layer_whatever_the_budget_is() {
        assert_eq!(allocate(&[camera(720), camera(720)], 0).levels, [0, 0]);
    }

    #[test]
    fn who_comes_first_is_raised_first() {
        assert_eq!(allocate(&[camera(720), camera(720)], 700_000).levels, [1, 0]);
        assert_eq!(allocate(&[camera(720), camera(720)], 1_000_000).levels, [1, 1]);
        assert_eq!(allocate(&[camera(720), camera(720)], 2_000_000).levels, [2, 1]);
    }

    #[test]
    fn what_would_be_needed_is_known() {
        let allocation = allocate(&[camera(720), camera(180)], 700_000);
        assert_eq!((allocation.next_step, allocation.ideal), (1_650_000, 1_650_000));
        assert_eq!(allocate(&[camera(180)], u64::MAX).next_step, 0);
    }

    #[test]
    fn nobody_on_the_screen_needs_nothing() {
        let allocation = allocate(&[], 0);
        assert_eq!((allocation.levels.len(), allocation.next_step, allocation.ideal), (0, 0, 0));
    }
}
