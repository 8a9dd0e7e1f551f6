//! Figures as a line of a table and as data.

use serde_json::{Value, json};

/// Prints the median, the 90th percentile and the greatest of `values`, rounded, and returns
/// them with their number and the 99th percentile.
pub(crate) fn print(name: &str, unit: &str, values: &[f64]) -> Value {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let index = (values.len() as f64 * share) as usize;
        values.get(index.min(values.len().saturating_sub(1))).copied().unwrap_or(0.0)
    };
    let [p50, p90, p99, max] = [at(0.5), at(0.9), at(0.99), at(1.0)];
    let places = usize::from(max < 100.0);
    println!(
        "{name:<34} p50 {p50:>7.places$}  p90 {p90:>7.places$}  max {max:>7.places$} {unit}"
    );
    json!({
        "count": values.len(), "unit": unit, "p50": p50, "p90": p90, "p99": p99, "max": max,
    })
}
