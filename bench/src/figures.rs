//! What a heap of measurements says.

/// The one in the middle; with an even number of them, between the two. 0 when there are none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.get(middle.wrapping_sub(1)), sorted.get(middle)) {
        (Some(low), Some(high)) if sorted.len().is_multiple_of(2) => low.midpoint(*high),
        (_, Some(value)) => *value,
        _ => 0.0,
    }
}

/// The median of what each round says for itself, so that a machine that is slow for a while is so for both.
pub(crate) fn ratio(over: &[f64], under: &[f64]) -> f64 {
    let ratios: Vec<f64> = over.iter().zip(under).map(|(over, under)| over / under).collect();
    median(&ratios)
}

/// How a cost grows with a size: the slope of a straight line through the logarithms of both. 0 is no growth, 1 is twice
/// the cost for twice the size.
pub(crate) fn exponent(points: &[(f64, f64)]) -> f64 {
    let logs: Vec<(f64, f64)> = points.iter().map(|(size, cost)| (size.ln(), cost.ln())).collect();
    let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / logs.len() as f64;
    let (mean_size, mean_cost) = (mean(|log| log.0), mean(|log| log.1));
    let both: f64 = logs.iter().map(|(size, cost)| (size - mean_size) * (cost - mean_cost)).sum();
    let sizes: f64 = logs.iter().map(|(size, _)| (size - mean_size).powi(2)).sum();
    if sizes == 0.0 { 0.0 } else { both / sizes }
}

#[cfg(test)]
mod tests {
    use super::{exponent, median, ratio};

    #[test]
    fn a_median_is_not_moved_by_one_slow_round() {
        assert_eq!(median(&[3.0, 1.0, 900.0]), 3.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 900.0]), 3.0);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    fn a_slow_round_that_both_share_does_not_move_their_ratio() {
        assert_eq!(ratio(&[2.0, 200.0, 2.0], &[1.0, 100.0, 1.0]), 2.0);
    }

    #[test]
    fn an_exponent_says_how_a_cost_grows() {
        let sizes = [1e3, 1e4, 1e5, 1e6];
        let grows = |by: f64| exponent(&sizes.map(|size: f64| (size, 7.0 * size.powf(by))));
        for by in [0.0, 0.5, 1.0, 2.0] {
            assert!((grows(by) - by).abs() < 1e-9, "{by}: {}", grows(by));
        }
        assert_eq!(exponent(&[(1e3, 5.0)]), 0.0);
    }
}
