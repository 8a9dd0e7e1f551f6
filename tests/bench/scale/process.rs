//! What this process takes, where the system says it: memory and time of the processor.

use std::fs;

/// Forgets the peak so far, so that the next is that of one measurement.
pub(super) fn reset_peak() {
    drop(fs::write("/proc/self/clear_refs", "5"));
}

/// Returns the most megabytes since the last reset; 0 where the system does not say.
pub(super) fn peak_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

/// Returns the seconds that the processors have worked for this process; 0 where the system
/// does not say.
pub(super) fn processor_seconds() -> f64 {
    let status = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program is in parentheses and may have spaces.
    let fields = status.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
    // A tick of this file is a hundredth of a second on every Linux.
    ticks / 100.0
}
