//! The fuzzer's entry: `VITRINE_FUZZ_TARGET` names the function of `vitrine_fuzz::TARGETS`.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vitrine_fuzz::Target;

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("VITRINE_FUZZ_TARGET").unwrap_or_default();
    vitrine_fuzz::target(&name)
});

fuzz_target!(|data: &[u8]| (TARGET.run)(data));
