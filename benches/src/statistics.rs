//! Medians and percentiles: means would let one bad moment of a shared machine speak for all.

/// The value below which a share of all values lies; zero of none.
#[must_use]
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let count = u32::try_from(sorted.len()).unwrap_or(u32::MAX);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
    let place = (f64::from(count) * share).ceil().max(1.0) as usize - 1;
    sorted.get(place).or(sorted.last()).copied().unwrap_or(0.0)
}

/// The middle value; of an even number the mean of the two in the middle.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.get(middle), sorted.len() % 2) {
        (None, _) => 0.0,
        (Some(upper), 1) => *upper,
        (Some(upper), _) => sorted.get(middle - 1).map_or(*upper, |lower| f64::midpoint(*lower, *upper)),
    }
}

/// The median of one figure over all rounds.
pub fn median_of<T>(rounds: &[T], figure: impl FnMut(&T) -> f64) -> f64 {
    median(&rounds.iter().map(figure).collect::<Vec<_>>())
}

/// A count as a number to divide by.
#[must_use]
pub fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_middle_and_the_ends() {
        let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(percentile(&values, 0.99).to_string(), "99");
        assert_eq!(median(&values).to_string(), "50.5");
        assert_eq!(median(&[3.0, 1.0, 2.0]).to_string(), "2");
        assert_eq!(median(&[]).to_string(), "0");
        assert_eq!(percentile(&[7.0], 0.5).to_string(), "7");
    }
}
